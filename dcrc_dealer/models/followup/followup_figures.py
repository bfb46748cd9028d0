from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain


class Followup(models.Model):
    """Named lists of follow-ups: every tile, filter and figure takes its domain here."""

    _inherit = "dcrc.followup"

    @api.model
    def _get_lists(self):
        return {**super()._get_lists(), **self._followup_domains()}

    @api.model
    def _get_success_triggers(self):
        """Triggers whose follow-ups are the base of the success rate: sales and service calls (FUP-10)."""
        return ("delivery", "visit")

    @api.model
    def _followup_domains(self):
        """Keys: today, late, blocked, missed, missed_yesterday, exit_pending, exits (of the dealer's day)."""
        company = self.env.company
        today = company._dcrc_today()
        mine = Domain("company_id", "=", company.id)
        is_open = Domain("state", "=", "open")
        missed = Domain("state", "=", "missed") & Domain("base_state", "=", "in")
        return {
            "today": mine & is_open & Domain("date_due", "=", today),
            "late": mine & is_open & Domain("date_due", "<", today),
            "blocked": mine & Domain("state", "=", "blocked") & Domain("date_expiry", ">=", today),
            "missed": mine & missed & self._closed_on(today),
            "missed_yesterday": mine & missed & self._closed_on(today - timedelta(days=1)),
            "exit_pending": mine & Domain("base_state", "=", "pending") & Domain("exit_source", "=", "person"),
            "exits": mine & Domain("base_state", "!=", "in"),
        }

    @api.model
    def _closed_on(self, day):
        """Domain of what was closed on a day of the dealer."""
        start, end = self.env.company._dcrc_day_bounds(day)
        return Domain("done_on", ">=", start) & Domain("done_on", "<", end)
