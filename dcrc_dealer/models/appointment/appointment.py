import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .appointment_kind import HOLDING

EXPECTED = ("booked", "confirmed", "late")
PLACING = {"start", "kind_id", "adviser_id", "state", "waiting", "wanted_from", "wanted_to"}
STATES = [
    ("draft", "No time yet"),
    ("booked", "Booked"),
    ("confirmed", "Confirmed"),
    ("late", "Late"),
    ("arrived", "Arrived"),
    ("served", "Served"),
    ("no_show", "No-show"),
    ("cancelled", "Cancelled"),
]


class Appointment(models.Model):
    """A customer's appointment in the workshop (handbook APT-1 … APT-6).

    Whatever sets or changes the time, a dialog, the calendar, the customer's link or an
    import, goes through `create` and `write`, which take the places (`_take_places`).
    """

    _name = "dcrc.appointment"
    _description = "Appointment"
    _inherit = ["mail.thread", "dcrc.reveal.mixin", "dcrc.case.mixin", "dcrc.matter.mixin", "dcrc.listed.mixin"]
    _order = "start desc, id desc"
    _check_company_auto = True
    _number_prefix = "Y%(y)s-"
    _moves = {
        "draft": ("booked", "cancelled"),
        "booked": ("confirmed", "late", "arrived", "no_show", "served", "cancelled"),
        "confirmed": ("booked", "late", "arrived", "no_show", "served", "cancelled"),
        "late": ("booked", "confirmed", "arrived", "no_show", "served", "cancelled"),
        "arrived": ("booked", "confirmed", "late", "served", "no_show"),
        "no_show": ("booked", "confirmed", "late", "arrived", "served"),
        "served": ("arrived",),
    }
    _stamps = {
        "confirmed": ("confirmed_on",),
        "arrived": ("arrived_on",),
        "served": ("served_on",),
        "cancelled": ("cancelled_on",),
    }

    # who
    plate = fields.Char(related="vehicle_id.license_plate", string="Plate")
    vehicle_name = fields.Char(related="vehicle_id.model_id.name", string="Model")
    phone = fields.Char(
        "Phone on the day",
        compute="_compute_phone",
        store=True,
        readonly=False,
        groups="dcrc_dealer.group_dcrc_reader",
        help="Where the customer can be reached on the day.",
        dcrc_personal="number",
    )
    # what
    kind_id = fields.Many2one(
        "dcrc.appointment.kind",
        "Service type",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('company_id', '=', company_id), ('is_template', '=', False)]",
    )
    items = fields.Text("What is to be done")
    benefits = fields.Text("Promised benefits", help="What the customer was promised for coming (APT-1).")
    papers = fields.Text(related="kind_id.papers")
    # when and where
    start = fields.Datetime(tracking=True)
    stop = fields.Datetime("Until", readonly=True)
    day = fields.Date(compute="_compute_day", store=True, precompute=True, help="On the dealer's calendar.")
    hour = fields.Integer(compute="_compute_day", store=True, precompute=True, aggregator=None)
    clock = fields.Char("Time", compute="_compute_clock", help="On the dealer's clock.")
    adviser_id = fields.Many2one(
        "dcrc.appointment.resource",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id), ('kind', '=', 'adviser')]",
    )
    adviser_wanted = fields.Boolean("Asked for this adviser")
    bay_id = fields.Many2one(
        "dcrc.appointment.resource", index="btree_not_null", ondelete="restrict", readonly=True, check_company=True
    )
    department_id = fields.Many2one(
        "dcrc.department", compute="_compute_department", store=True, precompute=True, index="btree_not_null"
    )
    seat_ids = fields.One2many("dcrc.appointment.seat", "appointment_id", "Slots Taken", readonly=True)
    # how it came about
    channel = fields.Selection(
        [
            ("inbound", "Customer called"),
            ("active", "Called by the center"),
            ("campaign", "Campaign"),
            ("link", "By the customer's link"),
        ],
        required=True,
        default="inbound",
    )
    followup_id = fields.Many2one(
        "dcrc.followup", "Booked in", readonly=True, index="btree_not_null", ondelete="set null", check_company=True
    )
    user_id = fields.Many2one(
        "res.users", "Booked by", default=lambda self: self.env.user, required=True, readonly=True, index=True
    )
    booked_on = fields.Datetime(readonly=True, copy=False)
    agreed_day = fields.Date(readonly=True, copy=False, help="When the present time was agreed.")
    walk_in = fields.Boolean(
        "Walk-in",
        compute="_compute_walk_in",
        store=True,
        precompute=True,
        help="Made so shortly before that it does not count as an appointment (APT-1).",
    )
    # state
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
        index=True,
        copy=False,
        group_expand="_group_expand_states",
        help="No time yet: invited or waiting.\nLate: should be here, is not.\n"
        "Did not come: the day is over; a call asks why.\nServed: the work is done.",
    )
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    arrived_on = fields.Datetime(readonly=True, copy=False)
    served_on = fields.Datetime(readonly=True, copy=False)
    cancelled_on = fields.Datetime(readonly=True, copy=False)
    cancel_note = fields.Char("Why cancelled", copy=False, dcrc_personal="words")
    # the customer's own link
    access_token = fields.Char(
        default=lambda self: secrets.token_urlsafe(32), copy=False, readonly=True, groups="dcrc_dealer.group_dcrc_user"
    )
    link_until = fields.Datetime(
        "Link valid until", copy=False, help="Once a time is booked the link lasts until that day is over."
    )
    # waiting list
    waiting = fields.Boolean("Waits for a place", copy=False)
    wanted_from = fields.Date("Preferred From")
    wanted_to = fields.Date("Preferred Until")
    offered_start = fields.Datetime("Offered", readonly=True, copy=False)
    offered_until = fields.Datetime("Offer stands until", readonly=True, copy=False)
    offered_day = fields.Date(readonly=True, copy=False)
    visit_id = fields.Many2one(
        "dcrc.service.visit",
        "Repair order",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
    )

    _timed = models.Constraint("CHECK (state IN ('draft', 'cancelled') OR start IS NOT NULL)", "Choose a time.")
    _in_order = models.Constraint("CHECK (stop IS NULL OR stop > start)", "It ends after it begins.")
    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _token_once = models.UniqueIndex("(access_token) WHERE access_token IS NOT NULL")
    _waiting_idx = models.Index("(company_id, wanted_to) WHERE waiting AND state = 'draft'")
    _wanted_in_order = models.Constraint(
        "CHECK (wanted_from IS NULL OR wanted_to IS NULL OR wanted_from <= wanted_to)",
        "The wanted days begin before they end.",
    )
    _visit_once = models.UniqueIndex(
        "(visit_id) WHERE visit_id IS NOT NULL", "This repair order belongs to another appointment."
    )
    _day_idx = models.Index("(company_id, day) WHERE day IS NOT NULL")
    _start_idx = models.Index("(company_id, start) WHERE start IS NOT NULL")
    _written_idx = models.Index("(company_id, write_date)")
    _car_day_idx = models.Index("(vehicle_id, day) WHERE visit_id IS NULL")
    _expected_idx = models.Index("(start) WHERE state IN ('booked', 'confirmed')")

    @api.depends("partner_id")
    def _compute_phone(self):
        for appointment in self:
            phone = appointment.partner_id and appointment.partner_id._dcrc_best_phone().number
            appointment.phone = phone or False

    @api.depends("start", "company_id")
    def _compute_day(self):
        for appointment in self:
            local = appointment.start and appointment.company_id._dcrc_to_local(appointment.start)
            appointment.day = local and local.date()
            appointment.hour = local.hour if local else 0

    @api.depends("start", "company_id")
    def _compute_clock(self):
        for appointment in self:
            local = appointment.start and appointment.company_id._dcrc_to_local(appointment.start)
            appointment.clock = local and f"{local:%H:%M}"

    @api.depends("start", "booked_on", "company_id")
    def _compute_walk_in(self):
        for appointment in self:
            ahead = timedelta(hours=appointment.company_id.dcrc_walk_in_hours)
            start, booked = appointment.start, appointment.booked_on
            appointment.walk_in = bool(start and booked and start - booked < ahead)

    @api.depends("company_id")
    def _compute_department(self):
        departments = self.env["dcrc.department"].sudo()
        for company, appointments in self.grouped("company_id").items():
            appointments.department_id = departments._get_for("service", company)

    def _group_expand_states(self, states, domain):
        """Columns of the day's board, empty ones too, in the order of the day."""
        return ["booked", "confirmed", "late", "arrived", "served", "no_show"]

    @api.model_create_multi
    def create(self, vals_list):
        appointments = super().create([self._prepare_create(dict(vals)) for vals in vals_list])
        holding = appointments.filtered(lambda a: a.state in HOLDING)
        for appointment in holding:
            appointment._check_time(appointment.start)
        holding._take_places()
        holding._end_other_waiting()
        holding._refresh_reminders()
        holding._confirm_today()
        return appointments

    def write(self, vals):
        """Times and states change only as far as places are free and `_moves` allows."""
        vals = {name: value for name, value in vals.items() if name != "stop"}
        if "state" in vals:
            self._check_state(vals["state"])
        vals = self._prepare_write(vals)
        before = {a: (a.state, a.start, a.offered_until and a.offered_start) for a in self}
        result = super().write(vals)
        if not PLACING.isdisjoint(vals):
            self._after_write(before, vals)
        return result

    def _write_place(self, vals):
        """Note the places that were just taken: no rule has anything more to say about them."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(appointment.state not in ("draft", "cancelled") for appointment in self):
            raise UserError(self.env._("Cancel an appointment instead of deleting it."))

    def _prepare_create(self, vals):
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        vals["company_id"] = company.id
        if vals.get("name", "/") == "/":
            vals["name"] = self._next_number(company)
        state = vals.get("state", "draft")
        if vals.get("start") and (state == "draft" or not self.env.su):
            vals["state"] = "booked"
        elif not self.env.su:
            vals["state"] = "draft"
        if vals.get("start"):
            vals.setdefault("booked_on", fields.Datetime.now())
            vals.setdefault("agreed_day", company._dcrc_today())
        if vals.get("adviser_id"):
            vals.setdefault("adviser_wanted", True)
        return vals
