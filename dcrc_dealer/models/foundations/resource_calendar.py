from datetime import datetime, timedelta

from pytz import timezone

from odoo import fields, models
from odoo.tools.date_utils import float_to_time
from odoo.tools.intervals import Intervals


class ResourceCalendar(models.Model):
    """A dealer's working time: Odoo's weekly hours and days off, and hours of single dates."""

    _inherit = "resource.calendar"

    dcrc_opening = fields.Boolean(
        "Opening hours of a service", readonly=True, copy=False, help="A manager may change them."
    )
    dcrc_day_ids = fields.One2many("dcrc.opening.day", "calendar_id", "Openings of single dates")

    def _attendance_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False):
        """Hours of a date replace those of its weekday, in calendars of ours alone."""
        result = super()._attendance_intervals_batch(start_dt, end_dt, resources, domain, tz, lunch)
        if not self.dcrc_opening:
            return result
        dated = self.sudo().dcrc_day_ids.grouped("date")
        if not dated:
            return result
        zones = {resource.id: timezone(resource.tz) for resource in resources or ()}
        return {
            resource_id: self._dcrc_date_hours(
                spans, dated, start_dt, end_dt, tz or zones.get(resource_id) or timezone(self.tz), lunch
            )
            for resource_id, spans in result.items()
        }

    def _dcrc_date_hours(self, spans, dated, start, stop, zone, lunch):
        start, stop = start.astimezone(zone), stop.astimezone(zone)
        nobody = self.env["resource.calendar.attendance"]
        days, hours = [], []
        for date, lines in dated.items():
            if not start.date() <= date <= stop.date():
                continue
            days.append((_moment(zone, date, 0), _moment(zone, date, 24), nobody))
            hours += [(_moment(zone, date, line.hour_from), _moment(zone, date, line.hour_to)) for line in lines]
        hours = [(max(a, start), min(b, stop), nobody) for a, b in hours if a < stop and b > start]
        spans -= Intervals(days, keep_distinct=True)
        return spans if lunch else spans | Intervals(hours, keep_distinct=True)


def _moment(zone, date, hour):
    """The aware moment `hour` (a float, 24: midnight after) of a date."""
    if hour >= 24:
        return zone.localize(datetime.combine(date + timedelta(days=1), datetime.min.time()))
    return zone.localize(datetime.combine(date, float_to_time(hour)))
