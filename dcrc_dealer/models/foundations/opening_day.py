from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OpeningDay(models.Model):
    """Hours of one date that go before those of its weekday.

    A worked weekend (调休) is a date with hours where its weekday has none; a short day (除夕) one with
    fewer. Several lines a date make a break. Closed days are days off of the calendar, and go before both.
    """

    _name = "dcrc.opening.day"
    _description = "Opening of one date"
    _order = "date, hour_from, id"
    _check_company_auto = True

    calendar_id = fields.Many2one("resource.calendar", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="calendar_id.company_id", store=True, required=True, index=True, precompute=True
    )
    date = fields.Date(required=True)
    hour_from = fields.Float("From", required=True, default=8.5, help="In the dealer's time zone.")
    hour_to = fields.Float("To", required=True, default=17.5)
    name = fields.Char("Reason", help="For example: works for the Friday after the holiday.")

    _hours_in_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Opening hours begin before they end, between 0:00 and 24:00.",
    )
    _date_idx = models.Index("(calendar_id, date)")

    @api.constrains("date", "hour_from", "hour_to", "calendar_id")
    def _check_overlap(self):
        for line in self:
            if any(
                other != line and other.hour_from < line.hour_to and line.hour_from < other.hour_to
                for other in line.calendar_id.dcrc_day_ids.filtered(lambda other, day=line.date: other.date == day)
            ):
                raise ValidationError(self.env._("The hours of %(date)s overlap.", date=line.date))
