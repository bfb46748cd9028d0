from odoo import models


class Followup(models.Model):
    _inherit = "dcrc.followup"

    def _has_complaint(self):
        """FUP-7: whether what dissatisfied the customer is written down already."""
        if super()._has_complaint():
            return True
        # Whoever took it: the question is only whether it exists.
        domain = [("followup_id", "=", self.id)]
        return bool(self.env["dcrc.complaint"].sudo().search_count(domain, limit=1))
