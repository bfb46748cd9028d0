from odoo import models


class Complaint(models.Model):
    """What a department answers by the link of its digest."""

    _inherit = "dcrc.complaint"

    def _take_department_answer(self, text, name):
        """Note the answer; it becomes the department's answer where that is still empty (called as root)."""
        self.ensure_one()
        self.message_post(body=self.env._("%(name)s answers: %(text)s", name=name, text=text))
        if not self.answer and not self.closed_on:
            self.answer = text
