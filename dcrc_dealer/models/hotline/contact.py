from odoo import models


class Contact(models.Model):
    _inherit = "dcrc.contact"

    def _apply_outcome(self, call, effective):
        """The first attempt keeps the promise, reached or not (HOT-3)."""
        records = call.followup_ids._get_hotline()
        messages = super()._apply_outcome(call, effective)
        records._note_called()
        return messages
