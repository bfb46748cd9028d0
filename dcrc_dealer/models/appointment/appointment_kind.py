from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

HOLDING = ("booked", "confirmed", "late", "arrived")  # states that keep their places
BAY_KINDS = [
    ("service", "Quick service"),
    ("repair", "Repair"),
    ("inspection", "Inspection lane"),
    ("body", "Body and paint"),
]


class AppointmentKind(models.Model):
    """A kind of work that customers make appointments for: how long, where, with which papers."""

    _name = "dcrc.appointment.kind"
    _description = "Service type"
    _inherit = ["dcrc.template.mixin", "dcrc.appointment.limit"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    duration = fields.Integer("Takes (minutes)", required=True, default=60, help="Counted in quarters of an hour.")
    reception_minutes = fields.Integer(
        "Adviser needed for (minutes)",
        required=True,
        default=30,
        help="How long an adviser has time for nobody else; 0: no adviser needed.",
    )
    bay_kind = fields.Selection(BAY_KINDS, "Needs a bay", help="Empty: the work needs no bay.")
    max_parallel = fields.Integer(
        "At most at a time", help="So many of this kind at the same time, whatever is free; 0: no limit of its own."
    )
    online = fields.Boolean("By the customer's link", default=True)
    papers = fields.Text("Papers to bring", translate=True, help="Said at the confirmation call (APT-3).")
    problem = fields.Char("Cannot be booked", compute="_compute_problem")

    _minutes_sane = models.Constraint(
        "CHECK (duration BETWEEN 15 AND 1440 AND reception_minutes >= 0"
        " AND reception_minutes <= duration AND max_parallel >= 0)",
        "Work takes between 15 minutes and a day, the adviser is needed for a part of it,"
        " and a limit cannot be negative.",
    )

    @api.depends("bay_kind", "duration", "reception_minutes", "company_id", "max_parallel")
    def _compute_problem(self):
        for kind in self:
            kind.problem = kind.company_id and kind._get_problem() or False

    def write(self, vals):
        """Lowering the limit is refused while more is booked than would fit."""
        if not vals.get("max_parallel"):
            return super().write(vals)
        self._lock_limit()
        result = super().write(vals)
        seats = self.env["dcrc.appointment.seat"]
        for kind in self:
            kind._count_booked()
            seats._check_capacity(kind, kind.max_parallel)
        return result

    def _select_bookings(self):
        return SQL(
            """SELECT id, write_date FROM dcrc_appointment
                WHERE kind_id = ANY(%(ids)s) AND (stop > %(now)s AND state NOT IN ('draft', 'cancelled')
                                                  OR state = 'draft' AND offered_until > %(now)s)""",
            ids=self.ids,
            now=fields.Datetime.now(),
        )

    def _count_booked(self):
        """Number what was booked while this kind had no limit of its own."""
        now = fields.Datetime.now()
        held = Domain("state", "=", "draft") & Domain("offered_until", ">", now)
        booked = Domain("state", "in", HOLDING) & Domain("stop", ">", now)
        appointments = (
            self.env["dcrc.appointment"]
            .sudo()
            .search(
                Domain("kind_id", "=", self.id)
                & (held | booked)
                & Domain("seat_ids", "not any", [("kind_id", "=", self.id)])
            )
        )
        if not appointments:
            return
        starts = {appointment: appointment.start or appointment.offered_start for appointment in appointments}
        day = timedelta(days=1)
        book = appointments._get_book(self.company_id, min(starts.values()) - day, max(starts.values()) + day)
        key = ("kind", self.id)
        for appointment, start in starts.items():
            quarters = book.quarters(start, self.duration) or ()
            rows = [(key, quarter, book.place(key, quarter, 10**6)) for quarter in quarters]
            if rows:
                self.env["dcrc.appointment.seat"]._take(appointment, rows)
            for _key, quarter, number in rows:
                book.taken.setdefault((key, quarter), set()).add(number)

    def _get_problem(self):
        """Why nobody can book this kind at all, in words (empty when somebody can)."""
        self.ensure_one()
        resources = self._get_resources()
        if not self.sudo().company_id.dcrc_opening_id:
            return self.env._("The service has no opening hours yet.")
        if self.reception_minutes and not resources.filtered(lambda r: r.kind == "adviser" and r.capacity):
            return self.env._("No adviser takes this kind of work.")
        if self.bay_kind and not resources.filtered(lambda r: r.kind == "bay" and r.capacity):
            return self.env._("No bay can take this kind of work.")
        return ""

    def _get_resources(self):
        """Advisers and bays that can do this work, in order."""
        self.ensure_one()
        resources = self.env["dcrc.appointment.resource"].sudo().search([("company_id", "=", self.company_id.id)])
        return resources.filtered(lambda resource: resource._can_do(self))
