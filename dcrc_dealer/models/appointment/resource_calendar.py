from datetime import timedelta

from odoo import api, fields, models

from ...tools.slots import Book
from .appointment import EXPECTED


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    dcrc_outside_count = fields.Integer("Appointments outside the opening hours", compute="_compute_dcrc_outside_count")

    @api.depends("dcrc_opening", "attendance_ids", "leave_ids", "dcrc_day_ids")
    def _compute_dcrc_outside_count(self):
        for calendar in self:
            calendar.dcrc_outside_count = len(calendar._origin._dcrc_get_outside())

    def _dcrc_get_outside(self):
        """Appointments to come that shorter hours or a new holiday have left outside (bad input)."""
        appointments = self.env["dcrc.appointment"]
        company = self.company_id
        if not self.dcrc_opening or company.sudo().dcrc_opening_id != self:
            return appointments
        appointments = appointments.search(
            [("company_id", "=", company.id), ("state", "in", EXPECTED), ("start", ">=", fields.Datetime.now())],
            order="start",
        )
        if not appointments:
            return appointments
        day = timedelta(days=1)
        first, last = appointments[0].start - day, appointments[-1].start + day
        book = Book(company._dcrc_openings(first, last), {})
        return appointments.filtered(lambda a: book.quarters(a.start, a.kind_id.duration) is None)

    def action_dcrc_outside(self):
        """Button: the appointments that have to be moved or cancelled."""
        self.ensure_one()
        outside = self._dcrc_get_outside()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.appointment_action")
        return {
            **action,
            "domain": [("id", "in", outside.ids)],
            "context": {},
            "views": [(False, "list"), (False, "form")],
        }
