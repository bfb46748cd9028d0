from odoo import api, models
from odoo.tools import SQL


class FollowupPlanner(models.AbstractModel):
    _inherit = "dcrc.followup.planner"

    @api.model
    def _block_conditions(self, today):
        """REM-6: a customer with an open complaint gets no marketing."""
        complaint = SQL(
            """f.purpose = 'marketing' AND EXISTS (
                   SELECT 1 FROM dcrc_complaint m
                    WHERE m.partner_id = f.partner_id AND m.state = 'open')"""
        )
        return [*super()._block_conditions(today), ("complaint_open", complaint)]
