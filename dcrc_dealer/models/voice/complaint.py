"""Complaints: what a customer is not content with, and what came of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

SEVERITIES = [("1", "Normal"), ("2", "Escalated"), ("3", "Major")]
SOURCES = [
    ("call", "Follow-up call"),
    ("hotline", "Hotline"),
    ("visit", "In person"),
    ("letter", "Letter or e-mail"),
    ("link", "Questionnaire link"),
    ("interview", "On-site interview"),
    ("manufacturer", "Manufacturer"),
    ("social", "Social media"),
    ("authority", "Consumer authority"),
    ("other", "Other"),
]


class Complaint(models.Model):
    """One complaint (CMP-1) on its road to a satisfied customer (CMP-3).

    Where it stands says ``state``; `complaint_steps.py` takes the steps, `complaint_rounds.py` keeps the rounds,
    `complaint_callback.py` has the customer called back, `complaint_closing.py` holds the law of closing (CMP-4),
    `complaint_clocks.py` the time limits.
    """

    _name = "dcrc.complaint"
    _description = "Complaint"
    _inherit = ["dcrc.handed.mixin"]
    _order = "severity desc, date desc, id desc"
    _check_company_auto = True

    _clock_level = "severity"
    _number_prefix = "C%(y)s-"
    _moves = {
        "received": ("investigate", "callback", "closed"),
        "investigate": ("propose", "callback", "closed"),
        "propose": ("approve", "carry", "closed"),
        "approve": ("carry", "propose", "closed"),
        "carry": ("callback", "propose", "closed"),
        "callback": ("received", "investigate", "closed"),
        "closed": ("received", "investigate"),
    }
    _stamps = {"closed": ("closed_on", "closed_by")}

    # What was said
    source_id = fields.Many2one(
        "dcrc.complaint.item",
        "Came through",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('kind', '=', 'source'), ('company_id', '=', company_id)]",
        help="How the complaint reached the center.",
    )
    source = fields.Selection(
        SOURCES, compute="_compute_source", inverse="_inverse_source", store=True, help="How the source is treated."
    )
    kind = fields.Selection(
        [("claim", "Complaint: wants an answer"), ("gripe", "Grievance: wants to be heard")],
        required=True,
        default="claim",
        tracking=True,
    )
    text = fields.Text(
        "What the Customer Says", required=True, help="In the customer's own words.", dcrc_personal="words"
    )
    demand = fields.Text("What the Customer Wants", dcrc_personal="words")
    category_id = fields.Many2one(
        "dcrc.complaint.item",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('kind', '=', 'category'), ('company_id', '=', company_id)]",
    )
    severity = fields.Selection(
        SEVERITIES,
        "Level",
        default="1",
        required=True,
        tracking=True,
        help="Normal: solved within the department.\n"
        "Escalated: came again, or a strong reaction.\n"
        "Major: injury, great loss, press, authority, a crowd. The level sets time limits and ladder.",
    )
    ground_id = fields.Many2one(
        "dcrc.complaint.item",
        "Why this Level",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'ground'), ('company_id', '=', company_id)]",
    )
    call_id = fields.Many2one("dcrc.call", readonly=True, index="btree_not_null", check_company=True)
    followup_id = fields.Many2one(
        "dcrc.followup", "Follow-up", readonly=True, index="btree_not_null", check_company=True
    )
    question_id = fields.Many2one("survey.question", readonly=True)
    # Numbers and deadlines of others
    manufacturer_no = fields.Char("Manufacturer's Number", copy=False, tracking=True)
    manufacturer_due = fields.Datetime("Manufacturer's Deadline", copy=False, tracking=True)
    authority_no = fields.Char("Authority's Number", copy=False, tracking=True)
    authority_accepted_on = fields.Datetime(
        "Accepted by the Authority", copy=False, tracking=True, help="From then on the time for mediation counts."
    )

    state = fields.Selection(
        [
            ("received", "To Judge"),
            ("investigate", "Investigate"),
            ("propose", "Propose"),
            ("approve", "To Approve"),
            ("carry", "Carry Out"),
            ("callback", "Call Back"),
            ("closed", "Closed"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
        help="What is to be done next. Closed: the customer is satisfied, or the general manager has signed.",
    )

    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _manufacturer_once = models.UniqueIndex(
        "(company_id, manufacturer_no) WHERE manufacturer_no IS NOT NULL",
        "There is a complaint with this number of the manufacturer already.",
    )
    _list_idx = models.Index("(company_id, severity DESC, date DESC, id DESC)")
    _open_idx = models.Index("(partner_id) WHERE state != 'closed'")
    _waiting_idx = models.Index("(company_id, severity DESC, date DESC, id DESC) WHERE state != 'closed'")

    @api.depends("source_id.source")
    def _compute_source(self):
        for complaint in self:
            complaint.source = complaint.source_id.source or complaint.source or "other"

    def _inverse_source(self):
        for complaint in self:
            if complaint.source_id.source != complaint.source:
                items = self.env["dcrc.complaint.item"]
                complaint.source_id = items._get_for_source(complaint.source, complaint.company_id)

    @api.constrains("source_id", "category_id", "ground_id", "cause_id", "compensation_id")
    def _check_items(self):
        kinds = {"source_id": "source", "category_id": "category", "ground_id": "ground"}
        for name, kind in {**kinds, "cause_id": "cause", "compensation_id": "compensation"}.items():
            wrong = self[name].filtered(lambda item, kind=kind: item.kind != kind)
            if wrong:
                raise ValidationError(self.env._("“%(name)s” belongs to another list.", name=wrong[0].name))

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._start_round()
        complaints._refresh_followups()
        return complaints

    def write(self, vals):
        vals = self._prepare_write(dict(vals))
        result = super().write(vals)
        self._mirror_round(vals)
        return result

    def _prepare_create(self, vals):
        if not vals.get("partner_id"):
            raise UserError(self.env._("Say whose complaint it is: choose the customer, or create one with a number."))
        vals = super()._prepare_create(vals)
        company = self.env["res.company"].browse(vals["company_id"])
        if not vals.get("source_id"):
            source = vals.pop("source", None) or "hotline"
            item = self.env["dcrc.complaint.item"]._get_for_source(source, company)
            vals.update({"source_id": item.id} if item else {"source": source})
        return self._prepare_write(vals)

    def _prepare_write(self, vals):
        if vals.get("answer"):
            vals["answered_on"] = fields.Datetime.now()
        if "manufacturer_no" in vals:
            vals["manufacturer_no"] = str(vals["manufacturer_no"] or "").strip() or False
            self._check_manufacturer_no(vals)
        ground = self.env["dcrc.complaint.item"].browse(vals.get("ground_id") or ())
        highest = max([vals.get("severity") or "1", *self.mapped("severity")])
        if ground.level and ground.level > highest:
            vals["severity"] = ground.level
        if "severity" in vals:
            self._check_severity(vals["severity"])
        return vals

    def _check_manufacturer_no(self, vals):
        """Name the complaint that has the number already: it goes on there."""
        company = self.company_id.ids or [vals.get("company_id")]
        number = vals["manufacturer_no"]
        known = number and self.sudo().search(
            [("company_id", "in", company), ("manufacturer_no", "=", number), ("id", "not in", self.ids)], limit=1
        )
        if known:
            raise UserError(
                self.env._(
                    "The manufacturer's number %(number)s is that of %(complaint)s: go on there.",
                    number=number,
                    complaint=known.name,
                )
            )

    def _check_severity(self, severity):
        """A lower level gives more time: that is the manager's word."""
        lower = any(complaint.severity > (severity or "1") for complaint in self)
        if lower and not self.env.su and not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise UserError(self.env._("Only a manager lowers the level of a complaint."))

    def _take_over_item(self, name, item):
        """Let the merged entry of a list stand in these cases, closed ones too."""
        self.sudo().write({name: item.id})

    def _department_fields(self):
        return {"answer", "answered_on", "cause_id", "root_cause", "culprit", "promised_on", "proposal_ids"}

    # -- business ------------------------------------------------------------

    @api.model
    def _domains(self):
        """Named lists of the room; tiles, menus and filters use only these."""
        today = self.env.company._dcrc_day_bounds(self.env.company._dcrc_today())
        opened = Domain("state", "!=", "closed")
        waits = Domain("state", "=", "callback")
        planned = self.env["dcrc.followup"].sudo()._search(Domain("state", "in", ("planned", "open")))
        return {
            "open": opened,
            "not_handed": opened & Domain("department_id", "=", False),
            "answered": opened & Domain("answered_on", "!=", False),
            "today": Domain("date", ">=", today[0]) & Domain("date", "<", today[1]),
            "uncalled": opened & Domain("contacted_on", "=", False) & self._domain_late("complaint_contact"),
            "late": opened & Domain("clock_late", "=", True),
            "to_judge": Domain("state", "=", "received"),
            "to_approve": Domain("state", "=", "approve"),
            "to_call_back": waits,
            "callback_today": waits & Domain("callback_due", "<", today[1]),
            "no_callback": waits & Domain("callback_id", "not in", planned),
        }

    def _refresh_followups(self):
        """REM-6: no marketing while a complaint is open; it goes on once the last is closed."""
        self.env["dcrc.followup.planner"]._refresh(self.partner_id)
