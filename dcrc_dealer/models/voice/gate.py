from odoo import api, models
from odoo.tools import SQL

from ..foundations.gate import Reason


class Gate(models.AbstractModel):
    """A customer with an open complaint gets no marketing (REM-6)."""

    _inherit = "dcrc.gate"

    @api.model
    def _get_reasons(self, question):
        complaint = SQL(
            """%s = 'marketing' AND EXISTS (
                   SELECT 1 FROM dcrc_complaint gm WHERE gm.partner_id = %s AND gm.state != 'closed')""",
            question.purpose,
            question.partner,
        )
        label = self.env._("Complaint is open")
        return [*super()._get_reasons(question), Reason("complaint_open", label, complaint, excused=True)]
