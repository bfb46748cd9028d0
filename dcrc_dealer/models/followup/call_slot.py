from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.schedule import FAR, Slot


class CallSlot(models.Model):
    """A stretch of the day in which customers may be called; all other time is their rest (FUP-4)."""

    _name = "dcrc.call.slot"
    _description = "Calling Window"
    _inherit = ["dcrc.template.mixin"]
    _order = "hour_from, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    hour_from = fields.Float(
        "From", required=True, help="In the dealer's time zone. Attempts are spread over the slots."
    )
    hour_to = fields.Float("To", required=True)

    _hours_in_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Calling hours begin before they end, between 0:00 and 24:00.",
    )

    @api.constrains("hour_from", "hour_to", "company_id", "active")
    def _check_overlap(self):
        for slot in self.filtered(lambda s: s.active and s.company_id):
            others = self.search_count(
                [
                    ("company_id", "=", slot.company_id.id),
                    ("id", "!=", slot.id),
                    ("hour_from", "<", slot.hour_to),
                    ("hour_to", ">", slot.hour_from),
                ]
            )
            if others:
                raise ValidationError(self.env._("“%(slot)s” overlaps other calling hours.", slot=slot.name))

    @api.model
    def _get_slots(self, company):
        """Return the dealer's calling hours as `tools.schedule.Slot`, ordered; key = record id."""
        slots = self.sudo().search([("company_id", "=", company.id)])
        return [Slot(slot.id, slot.hour_from, slot.hour_to) for slot in slots]

    @api.model
    def _get_limits(self, company):
        """Days to come on which nobody is called or not at all hours (see `tools.schedule`).

        Calling hours hold on the days that the house is open; the hours of a single date, say of a short
        day, limit them. Weekly opening hours don't: the center calls in the evening, too.
        """
        today = company._dcrc_today()
        hours = company._dcrc_day_hours(today, today + timedelta(days=FAR))
        dated = set(company.sudo().dcrc_opening_id.dcrc_day_ids.mapped("date"))
        return {day: spans for day, spans in hours.items() if not spans or day in dated}
