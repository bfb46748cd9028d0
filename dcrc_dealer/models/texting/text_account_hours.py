from datetime import datetime, timedelta

from odoo import api, fields, models

COUNTED = ("process", "pending", "sent", "dcrc_recorded", "dcrc_unknown")
LOOK_AHEAD = 60  # days in which an open one is looked for


class TextAccount(models.Model):
    """When and how many texts may go out, and what they wait for, in words.

    The hours are those of the account, longer than the house is open. Of its calendar the days count, and for
    marketing alone: an answer to it should find somebody. Care is of the customer's day, not of the house's: a
    greeting goes on the holiday itself, a reminder before its date (SMS-1).
    """

    _inherit = "dcrc.text.account"

    status = fields.Char(compute="_compute_status")

    @api.depends("provider", "paused_until", "pause_reason", "hour_from", "hour_to")
    def _compute_status(self):
        for account in self:
            account.status = account._get_status()

    def _get_status(self, purpose="care"):
        """Where sending stands, in words; with `purpose` of texts of that purpose."""
        now = fields.Datetime.now()
        if self.paused_until and self.paused_until > now:
            return self.env._(
                "Paused: %(reason)s. Next try at %(time)s.",
                reason=self.pause_reason or "",
                time=self._say_when(self.paused_until),
            )
        if self.provider == "record":
            return self.env._("Texts are written down, not sent: choose a provider.")
        opening = self._next_opening(purpose)
        if opening and purpose == "marketing" and self._is_closed_today():
            return self.env._("The house is closed: marketing waits until %(time)s.", time=self._say_when(opening))
        if opening:
            return self.env._("Outside the hours for texts: they wait until %(time)s.", time=self._say_when(opening))
        if self._is_used_up():
            return self.env._(
                "Today's limit of %(count)s texts is used up: the rest waits until %(time)s.",
                count=self.daily_cap,
                time=self._say_when(self._next_day()),
            )
        return self.env._("Sending.")

    def _say_when(self, moment):
        """A UTC moment on the dealer's clock, with its day."""
        return f"{self.company_id._dcrc_to_local(moment):%m-%d %H:%M}"

    def _is_used_up(self):
        """Whether the dealer's own limit for today is reached."""
        return bool(self.daily_cap) and self._count_today() >= self.daily_cap

    def _count_today(self):
        """Texts of the dealer that were handed over today, or may have been."""
        start, _stop = self.company_id._dcrc_day_bounds(self.company_id._dcrc_today())
        domain = [("dcrc_company_id", "=", self.company_id.id), ("dcrc_claimed_at", ">=", start)]
        return self.env["sms.sms"].sudo().search_count([*domain, ("state", "in", COUNTED)])

    def _is_closed_today(self):
        """Whether marketing waits for another day."""
        return not self.company_id._dcrc_is_open(self.company_id._dcrc_today())

    def _next_opening(self, purpose="care"):
        """UTC moment from which texts may go out, or False when they may now."""
        local = self.company_id._dcrc_now().replace(tzinfo=None)
        midnight = datetime.combine(local.date(), datetime.min.time())
        if local >= midnight + timedelta(hours=self.hour_to):
            midnight += timedelta(days=1)
        if purpose == "marketing":
            midnight += self._days_until_open(midnight.date())
        start = midnight + timedelta(hours=self.hour_from)
        return self.company_id._dcrc_to_utc(start) if start > local else False

    def _days_until_open(self, day):
        """How long after `day` the house is open (0: on that day)."""
        closed = self.company_id._dcrc_closed_days(day, day + timedelta(days=LOOK_AHEAD))
        count = next((n for n in range(LOOK_AHEAD) if day + timedelta(days=n) not in closed), LOOK_AHEAD)
        return timedelta(days=count)

    def _next_day(self):
        """UTC moment from which texts may go out on the dealer's next day."""
        midnight = self.company_id._dcrc_now().replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        return self.company_id._dcrc_to_utc(midnight + timedelta(days=1, hours=self.hour_from))
