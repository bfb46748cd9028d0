from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.fields import Command

SERVICE_HOURS = (8.5, 17.5)
HORIZON_MAX = 366
UTC = ZoneInfo("UTC")


class ResCompany(models.Model):
    """What a dealer can set about appointments (handbook APT-1, APT-2)."""

    _inherit = "res.company"

    dcrc_opening_id = fields.Many2one(
        "resource.calendar",
        "Opening hours of the service",
        help="When cars are taken in; holidays are its days off. In the dealer's time zone.",
    )
    dcrc_slot_minutes = fields.Selection(
        [("15", "15 minutes"), ("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour")],
        "A slot every",
        default="30",
        required=True,
    )
    dcrc_walk_in_hours = fields.Float(
        "Booked ahead (hours)", default=3.0, help="What is booked later than this before its start counts as a walk-in."
    )
    dcrc_booking_days = fields.Integer("Bookable ahead (days)", default=60)
    dcrc_late_minutes = fields.Integer(
        "Late after (minutes)", default=15, help="Then the board shows the customer as late."
    )
    dcrc_visit_match_days = fields.Integer(
        "Repair order matches (days)",
        default=1,
        help="A repair order of the DMS belongs to the appointment of the same car when their"
        " days are not further apart.",
    )
    dcrc_offer_hours = fields.Integer(
        "Freed place is kept (hours)",
        default=24,
        help="So long a freed place stays offered to the one who waits, before the next is asked.",
    )

    _dcrc_appointment_figures_sane = models.Constraint(
        f"CHECK (dcrc_walk_in_hours >= 0 AND dcrc_booking_days BETWEEN 1 AND {HORIZON_MAX}"
        " AND dcrc_late_minutes >= 0 AND dcrc_visit_match_days BETWEEN 0 AND 30 AND dcrc_offer_hours > 0)",
        "Hours, minutes and days in the settings of appointments cannot be negative;"
        " appointments can be made up to one year ahead.",
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
            company._dcrc_open_appointment_sequence()
            for model in ("dcrc.appointment.kind", "dcrc.appointment.resource"):
                self.env[model]._copy_templates_to(company)
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

    def _dcrc_open_appointment_sequence(self):
        sequence = self.env["ir.sequence"].sudo()
        domain = [("code", "=", "dcrc.appointment"), ("company_id", "=", self.id)]
        if not sequence.search_count(domain, limit=1):
            sequence.create(
                {
                    "name": self.env._("Appointments (%(dealer)s)", dealer=self.name),
                    "code": "dcrc.appointment",
                    "prefix": "Y%(y)s-",
                    "padding": 5,
                    "company_id": self.id,
                    "use_date_range": True,
                }
            )

    def _dcrc_openings(self, start, stop):
        """Opening hours between two moments, holidays taken out.

        :param start, stop: naive UTC.
        :return: ``[(start, stop)]`` in naive UTC; empty without opening hours.
        """
        self.ensure_one()
        calendar = self.sudo().dcrc_opening_id
        if not calendar:
            return []
        holidays = [("time_type", "=", "leave"), ("company_id", "in", [False, self.id])]
        spans = calendar._work_intervals_batch(start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC), domain=holidays)[
            False
        ]
        return [
            (a.astimezone(UTC).replace(tzinfo=None), b.astimezone(UTC).replace(tzinfo=None))
            for a, b, _attendance in spans
        ]

    def _dcrc_closed_days(self, start, stop):
        """Days without service hours: holidays and the weekly day off."""
        closed = super()._dcrc_closed_days(start, stop)
        if not self.sudo().dcrc_opening_id:
            return closed
        spans = self._dcrc_openings(self._dcrc_day_bounds(start)[0], self._dcrc_day_bounds(stop)[1])
        opened = {self._dcrc_to_local(begin).date() for begin, _end in spans}
        days = {start + timedelta(days=n) for n in range((stop - start).days + 1)}
        return closed | (days - opened)

    def _dcrc_has_work_on(self, day):
        """Whether the service is open on a day of the dealer."""
        return bool(self._dcrc_openings(*self._dcrc_day_bounds(day)))
