"""The record of a call to the hotline (HOT-1)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.mask import mask_phone
from ...tools.phone import normalise_phone

PURPOSES = [
    ("consultation", "Consultation"),
    ("appointment", "Appointment"),
    ("complaint", "Complaint"),
    ("roadside", "Roadside Help"),
    ("lead", "Sales Lead"),
    ("other", "Other"),
]
URGENCIES = [("1", "Normal"), ("2", "Pressing"), ("3", "Emergency")]
MOODS = [("calm", "Calm"), ("upset", "Upset"), ("angry", "Angry")]
STATES = [
    ("open", "Not Settled"),
    ("handed", "With the Department"),
    ("callback", "To Call Back"),
    ("unreached", "Not Reached"),
    ("done", "Done"),
]
OWED = ("open", "handed", "callback")  # states in which somebody may owe the caller a call


class Hotline(models.Model):
    """One call: when, who, number, car, purpose, words, urgency, mood, who took it, what came of it.

    open → (answered at once) → done, or handed to a department, or to be called back: a promise, with a
    time limit, that ends with the first attempt to keep it. The customer may be unknown.
    """

    _name = "dcrc.hotline"
    _description = "Hotline Record"
    _inherit = ["dcrc.handed.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _clock_level = "urgency"
    _number_prefix = "H%(y)s-"
    _moves = {
        "open": ("handed", "callback", "done"),
        "handed": ("callback", "open", "done"),
        "callback": ("handed", "unreached", "open", "done"),
        "unreached": ("handed", "callback", "done"),
        "done": ("open",),
    }
    _stamps = {"done": ("closed_on", "closed_by")}

    # Who calls
    partner_id = fields.Many2one(required=False, help="Empty as long as nobody knows who calls.")
    user_id = fields.Many2one(required=False, help="Empty: a call that nobody took.")
    number = fields.Char("Caller's Number", groups="dcrc_dealer.group_dcrc_reader", copy=False, dcrc_personal="number")
    hidden_number = fields.Boolean(readonly=True, copy=False)
    caller = fields.Char(
        "Caller's Name", copy=False, help="As given, when the caller is no customer.", dcrc_personal="name"
    )
    who = fields.Char("Caller", compute="_compute_who", compute_sudo=True, dcrc_personal="name")
    rings = fields.Integer(aggregator="avg", help="How often it rang before it was answered (HOT-1).")
    ring_ids = fields.One2many("dcrc.hotline.ring", "hotline_id", "Telephone Log", readonly=True)
    missed = fields.Boolean("Nobody Answered", readonly=True, copy=False)
    missed_count = fields.Integer("Rang in Vain", readonly=True, copy=False, help="How often this number rang in vain.")
    in_rings = fields.Selection(
        [("yes", "In Time"), ("no", "Too Late")],
        "Answered Within the Rings",
        compute="_compute_in_rings",
        store=True,
        help="By the dealer's number of rings, as it was set when the rings were entered. Empty: nobody counted.",
    )
    hour = fields.Char("Hour of Day", compute="_compute_hour", store=True, help="On the dealer's clock.")

    # What about
    purpose = fields.Selection(PURPOSES, "Purpose of the Call", required=True, default="consultation", tracking=True)
    text = fields.Text("Matter", help="Who, what, when, where, why, how.", dcrc_personal="words")
    urgency = fields.Selection(URGENCIES, required=True, default="1", tracking=True)
    mood = fields.Selection(MOODS, required=True, default="calm")
    typed_at = fields.Float("Typed at", readonly=True, copy=False, help="The browser's clock, in milliseconds.")

    # What came of it
    state = fields.Selection(
        STATES,
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="Not settled: being written, or nobody has decided yet.\n"
        "With the department: it answers the caller.\n"
        "To call back: a call of the queue.\n"
        "Not reached: all attempts were in vain.\n"
        "Done: the caller has the answer.",
    )
    answer = fields.Text("Department's Answer", copy=False, help="What the caller was told.", dcrc_personal="words")
    answer_kind = fields.Selection(
        [("at_once", "At Once"), ("called_back", "Called Back")], "Answered", readonly=True, copy=False
    )
    callback_at = fields.Datetime(
        "Call Back at", copy=False, help="The time that the caller named. Empty: within the time limit."
    )
    callback_no = fields.Integer(readonly=True, copy=False, help="Counts the calls promised.")
    waits_named = fields.Boolean("Waits for the Named Time", readonly=True, copy=False)
    promised_on = fields.Datetime(readonly=True, copy=False)
    called_on = fields.Datetime("First Called Back", readonly=True, copy=False)
    callback_result = fields.Selection(
        [("in_time", "In Time"), ("late", "After the Limit")], "Call Back Result", readonly=True, copy=False
    )
    complaint_ids = fields.One2many("dcrc.complaint", "hotline_id", "Complaints", readonly=True)
    correction_ids = fields.One2many("dcrc.correction", "hotline_id", "Corrections", readonly=True)
    appointment_ids = fields.One2many("dcrc.appointment", "hotline_id", "Appointments", readonly=True)
    lead_model = fields.Char(readonly=True, copy=False)
    lead_id = fields.Many2oneReference(model_field="lead_model", readonly=True, copy=False)

    _rings_sane = models.Constraint("CHECK (rings BETWEEN 0 AND 99)", "Rings are counted from 0 to 99.")
    _done_is_stamped = models.Constraint(
        "CHECK ((state = 'done') = (closed_on IS NOT NULL))", "What is done has the time when it was."
    )
    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _list_idx = models.Index("(company_id, date DESC, id DESC)")
    _open_idx = models.Index("(company_id, state) WHERE state <> 'done'")
    _named_idx = models.Index("(company_id, callback_at) WHERE waits_named")
    _unknown_idx = models.Index("(number) WHERE partner_id IS NULL AND number IS NOT NULL")

    @api.depends("partner_id.name", "caller", "number", "hidden_number")
    def _compute_who(self):
        for record in self:
            unknown = self.env._("Hidden Number") if record.hidden_number else self.env._("Unknown Caller")
            record.who = record.partner_id.name or record.caller or mask_phone(record.number) or unknown

    @api.depends("rings", "missed")
    def _compute_in_rings(self):
        for record in self:
            limit = record.company_id.sudo().dcrc_hotline_rings
            in_time = not record.missed and record.rings <= limit
            record.in_rings = ("yes" if in_time else "no") if record.rings or record.missed else False

    @api.depends("date", "company_id")
    def _compute_hour(self):
        for record in self:
            local = record.company_id._dcrc_to_local(record.date) if record.date and record.company_id else None
            record.hour = f"{local:%H}" if local else False

    @api.depends("name", "who")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.name} {record.who}"

    # -- ORM -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._prepare_caller(dict(vals)) for vals in vals_list])
        records.filtered("department_id")._promise("handed")
        return records

    def write(self, vals):
        result = super().write(self._prepare_caller(dict(vals)))
        if vals.get("department_id"):
            self.filtered(lambda record: record.state not in ("handed", "done"))._promise("handed")
        return result

    @api.model
    def _prepare_caller(self, vals):
        """A number is kept as it is dialled; what can't be dialled as it was given."""
        if vals.get("number"):
            text = str(vals["number"]).strip()
            number, _kind, error = normalise_phone(text)
            vals["number"] = text[:64] if error else number
        return vals

    def _department_fields(self):
        return {"answer"}

    def _dcrc_revealed_number(self):
        return self.number or super()._dcrc_revealed_number()

    def _handed_text(self):
        return self.env._(
            "%(number)s of %(customer)s was handed to %(department)s.",
            number=self.name,
            customer=self.who,
            department=self.department_id.display_name,
        )

    @api.model
    def _domains(self):
        """Named lists of the room; tiles, menus, figures and filters use only these."""
        company = self.env.company
        today = company._dcrc_day_bounds(company._dcrc_today())
        waiting = Domain("state", "in", OWED)
        return {
            "open": waiting,
            "late": waiting & Domain("clock_late", "=", True),
            "missed": waiting & Domain("missed", "=", True),
            "mine": waiting & Domain("user_id", "=", self.env.uid),
            "today": Domain("date", ">=", today[0]) & Domain("date", "<", today[1]),
        }

    # -- what was opened and left ----------------------------------------------

    def _forget_empty(self):
        """A screen that was opened and left without a word is no call."""
        empty = self.sudo().filtered(
            lambda record: (
                record.state == "open"
                and not (record.text or record.partner_id or record.number or record.caller or record.ring_ids)
                and not (record.hidden_number or record.missed or record.answer)
            )
        )
        empty.unlink()

    @api.autovacuum
    def _gc_empty(self):
        """Screens that were closed with the browser's window."""
        before = fields.Datetime.now() - timedelta(hours=8)
        domain = Domain("state", "=", "open") & Domain("text", "=", False) & Domain("write_date", "<", before)
        self.sudo().search(domain & Domain("partner_id", "=", False) & Domain("number", "=", False))._forget_empty()
