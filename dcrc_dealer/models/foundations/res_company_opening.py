from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.fields import Command

from ...tools import worktime

SERVICE_HOURS = (8.5, 17.5)
UTC = ZoneInfo("UTC")
REACH = timedelta(days=60)  # of openings looked at first; doubled until a deadline lies within


class ResCompany(models.Model):
    """A dealer has one calendar of working time; whatever waits, calls, texts or counts asks it here.

    What differs is a limit within it: calling hours on the days that the house is open, text hours, the
    time of an appointment. A dealer without a calendar is taken to be always open.
    """

    _inherit = "res.company"

    dcrc_opening_id = fields.Many2one(
        "resource.calendar",
        "Opening hours of the service",
        help="When cars are taken in, customers called and deadlines counted; holidays are its days off."
        " In the dealer's time zone.",
    )

    def write(self, vals):
        result = super().write(vals)
        openings = self.sudo().dcrc_opening_id.filtered("dcrc_opening")
        if vals.get("dcrc_tz"):
            openings.tz = vals["dcrc_tz"]
        if vals.get("name"):
            openings.name = self._dcrc_opening_name(vals["name"])
        return result

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self.sudo():
            company._dcrc_open_hours()
        return result

    def _dcrc_open_hours(self):
        """Give the dealer opening hours to start from: every day of the week."""
        self.ensure_one()
        if self.dcrc_opening_id:
            return
        opened, closed = SERVICE_HOURS
        days = self.env["resource.calendar.attendance"]._fields["dayofweek"].get_values(self.env)
        hours = [
            {
                "name": f"{int(day) + 1}",
                "dayofweek": day,
                "day_period": "morning",
                "hour_from": opened,
                "hour_to": closed,
            }
            for day in days
        ]
        self.dcrc_opening_id = self.env["resource.calendar"].create(
            {
                "name": self._dcrc_opening_name(self.name),
                "company_id": self.id,
                "tz": self._dcrc_tz(),
                "dcrc_opening": True,
                "attendance_ids": [Command.clear(), *map(Command.create, hours)],
            }
        )

    def _dcrc_opening_name(self, name):
        return self.env._("Service hours: %(dealer)s", dealer=name)

    # -- asking ----------------------------------------------------------------

    def _dcrc_openings(self, start, stop):
        """Working time between two moments, closed days taken out.

        :param start, stop: naive UTC.
        :return: ``[(start, stop)]`` in naive UTC; empty without opening hours.
        """
        self.ensure_one()
        calendar = self.sudo().dcrc_opening_id
        return self._dcrc_get_spans(calendar, start, stop) if calendar else []

    def _dcrc_get_spans(self, calendar, start, stop):
        """Working time of a calendar, the closed days of this company taken out."""
        holidays = [("time_type", "=", "leave"), ("company_id", "in", [False, self.id])]
        spans = calendar._work_intervals_batch(start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC), domain=holidays)[
            False
        ]
        return [
            (a.astimezone(UTC).replace(tzinfo=None), b.astimezone(UTC).replace(tzinfo=None))
            for a, b, _attendance in spans
        ]

    def _dcrc_day_hours(self, first, last):
        """Working hours of the dealer's days: ``{day: [(from, to)]}`` in hours since midnight.

        Every day from `first` to `last` is there, closed ones with an empty list.
        """
        days = {first + timedelta(days=n): [] for n in range((last - first).days + 1)}
        if not self.sudo().dcrc_opening_id:
            return dict.fromkeys(days, [(0.0, 24.0)])
        for start, stop in self._dcrc_openings(self._dcrc_day_bounds(first)[0], self._dcrc_day_bounds(last)[1]):
            start, stop = self._dcrc_to_local(start), self._dcrc_to_local(stop)
            midnight = datetime.combine(start.date(), datetime.min.time())
            days[start.date()].append(tuple((moment - midnight) / timedelta(hours=1) for moment in (start, stop)))
        return days

    def _dcrc_is_open(self, day):
        """Whether there is working time on a day of the dealer."""
        return bool(self._dcrc_day_hours(day, day)[day])

    def _dcrc_closed_days(self, first, last):
        """Days from `first` to `last`, both counted, without working time: a set."""
        return {day for day, hours in self._dcrc_day_hours(first, last).items() if not hours}

    def _dcrc_add_work(self, start, minutes):
        """The moment (naive UTC) when `minutes` of working time have passed since `start`."""
        if not self.sudo().dcrc_opening_id:
            return start + timedelta(minutes=minutes)
        reach = REACH
        while reach < REACH * 20:
            due = worktime.add(self._dcrc_openings(start, start + reach), start, minutes)
            if due:
                return due
            reach *= 2
        return start + timedelta(minutes=minutes)  # a house that is never open

    def _dcrc_count_work(self, start, stop):
        """Working minutes between two moments (naive UTC)."""
        if not self.sudo().dcrc_opening_id:
            return max((stop - start).total_seconds() / 60, 0)
        return worktime.count(self._dcrc_openings(start, stop), start, stop)

    def _dcrc_at_work(self, user, moment):
        """Whether `user` is at work at a moment (naive UTC): own hours, else the dealer's; not when absent."""
        if user and not user._dcrc_present(self._dcrc_to_local(moment).date()):
            return False
        own = user.sudo().resource_calendar_id if user else self.env["resource.calendar"]
        stop = moment + timedelta(minutes=1)
        if not own:
            return not self.sudo().dcrc_opening_id or bool(self._dcrc_openings(moment, stop))
        return bool(self._dcrc_get_spans(own, moment, stop))
