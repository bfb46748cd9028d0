from odoo import api, fields, models
from odoo.tools import SQL


class FollowupRule(models.Model):
    """Win-back cases contact customers through follow-ups like everybody else (FUP-3, RET-2)."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(
        selection_add=[("retention_case", "A win-back case wants contact"), ("at_risk", "A car is about to be lost")],
        ondelete={"retention_case": "cascade", "at_risk": "cascade"},
    )

    @api.model
    def _get_sources(self):
        return {**super()._get_sources(), "retention_case": "dcrc.retention.case", "at_risk": "fleet.vehicle"}

    def _get_occurrence(self):
        """A car about to be lost is called about once a month, as long as it is (RET-4)."""
        return SQL("TO_CHAR(c.anchor_date, 'YYYY-MM')") if self.trigger == "at_risk" else super()._get_occurrence()

    def _find_candidates_by_at_risk(self, company, days):
        """The customer of each car about to be lost whom no win-back case calls, anew every month (RET-4)."""
        day = SQL("GREATEST(s.dcrc_stage_since, %s::date)", company._dcrc_today().replace(day=1))
        return SQL(
            """SELECT s.id AS source_id, %s AS anchor_date, s.dcrc_contact_id AS partner_id, s.id AS vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM fleet_vehicle s
                WHERE s.company_id = %s AND s.dcrc_kind = 'customer' AND s.active AND s.dcrc_stage = 'at_risk'
                  AND NOT EXISTS (SELECT 1 FROM dcrc_retention_case t
                                   WHERE t.vehicle_id = s.id AND t.state = 'open')
                  AND %s AND %s""",
            day,
            company.id,
            days(day, SQL("s.write_date")),
            self._condition_source("s"),
        )

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
