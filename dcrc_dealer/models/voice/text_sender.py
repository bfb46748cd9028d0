from odoo import api, models
from odoo.tools import SQL


class TextSender(models.AbstractModel):
    _inherit = "dcrc.text.sender"

    @api.model
    def _refusals(self, partner, number, purpose, followup, today):
        """REM-6: a customer with an open complaint gets no marketing."""
        complaint = SQL(
            """%s = 'marketing' AND EXISTS (
                   SELECT 1 FROM dcrc_complaint m WHERE m.partner_id = %s AND m.state = 'open')""",
            purpose,
            partner,
        )
        return [*super()._refusals(partner, number, purpose, followup, today), ("complaint_open", complaint)]
