from odoo import api, fields, models
from odoo.tools import SQL


class FollowupRule(models.Model):
    """Win-back cases contact customers through follow-ups like everybody else (FUP-3, RET-2)."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(
        selection_add=[("retention_case", "A win-back case wants contact")], ondelete={"retention_case": "cascade"}
    )

    @api.model
    def _get_sources(self):
        return {**super()._get_sources(), "retention_case": "dcrc.retention.case"}

    def _find_candidates_by_retention_case(self, company, days):
        """The customer of each open case on its contact day."""
        return SQL(
            """SELECT s.id AS source_id, s.next_contact_on AS anchor_date, s.partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_retention_case s
                WHERE s.company_id = %s AND s.state = 'open' AND %s AND %s""",
            company.id,
            days(SQL("s.next_contact_on"), SQL("s.write_date")),
            self._condition_source("s"),
        )
