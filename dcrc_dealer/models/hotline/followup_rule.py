from odoo import api, fields, models
from odoo.tools import SQL

from .hotline_steps import TRIGGER


class FollowupRule(models.Model):
    """Calls promised on the hotline stand in the queue like every other (HOT-3)."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(
        selection_add=[(TRIGGER, "A caller of the hotline is to be called back")], ondelete={TRIGGER: "cascade"}
    )

    @api.model
    def _get_sources(self):
        return {**super()._get_sources(), TRIGGER: "dcrc.hotline"}

    @api.model
    def _get_asked_triggers(self):
        return (*super()._get_asked_triggers(), TRIGGER)

    def _waits_for_opening(self):
        # the time was promised
        return self.trigger != TRIGGER and super()._waits_for_opening()

    def _get_occurrence(self):
        """Each promise of a record is a call of its own."""
        if self.trigger != TRIGGER:
            return super()._get_occurrence()
        return SQL("(SELECT h.callback_no::varchar FROM dcrc_hotline h WHERE h.id = c.source_id)")

    def _find_candidates_by_hotline_callback(self, company, days):
        """Callers to whom a call was promised, on the day of the promise."""
        day = SQL("(COALESCE(s.callback_at, s.promised_on) AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", company.dcrc_tz)
        return SQL(
            """SELECT s.id AS source_id, %(day)s AS anchor_date, s.partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_hotline s
                WHERE s.company_id = %(company)s AND s.state = 'callback' AND s.called_on IS NULL
                  AND s.partner_id IS NOT NULL AND %(days)s AND %(source)s""",
            day=day,
            company=company.id,
            days=days(day, SQL("s.write_date")),
            source=self._condition_source("s"),
        )
