from odoo import api, fields, models
from odoo.tools import format_date

from .placeholder import say_day

# one follow-up a rule; everything else comes again
PAPERS = ("dcrc.delivery", "dcrc.service.visit")
ACTIVE_STATES = ("planned", "blocked", "open")


class Followup(models.Model):
    """One reason to contact a customer; the unit of the success rate (handbook FUP-10).

    planned → (blocked ⇄) → open → done | failed | missed | cancelled. Rows are made by
    the planner (`dcrc.followup.planner`) and closed by calls (`dcrc.call._finish`).
    """

    _name = "dcrc.followup"
    _description = "Follow-up"
    _inherit = ["dcrc.listed.mixin"]
    _order = "date_due, priority desc, id"
    _check_company_auto = True

    # rule and dealer have no index of their own: `_once` and `_due_idx` begin with them
    rule_id = fields.Many2one("dcrc.followup.rule", "Reason to call", required=True, ondelete="restrict", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", index=True, ondelete="restrict", readonly=True)
    partner_chosen = fields.Boolean("Person chosen in a call", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", index="btree_not_null", ondelete="restrict", readonly=True)
    # what it is about
    source_model = fields.Char("Source Type", required=True, readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", required=True, readonly=True)
    delivery_id = fields.Many2one("dcrc.delivery", index="btree_not_null", ondelete="set null", readonly=True)
    visit_id = fields.Many2one("dcrc.service.visit", index="btree_not_null", ondelete="set null", readonly=True)
    purpose = fields.Selection(
        [("care", "Follow-up or service"), ("marketing", "Marketing")], required=True, readonly=True
    )
    channel = fields.Selection([("phone", "Phone"), ("sms", "SMS"), ("email", "E-mail")], required=True, readonly=True)
    priority = fields.Selection([("0", "Standard"), ("1", "High"), ("2", "Urgent")], required=True, default="0")
    occurrence = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default="",
        help="Which of several times about the same source: empty for a paper, the day or the service before for what"
        " comes again. A follow-up that made room for another has its own number in it.",
    )
    # days
    anchor_date = fields.Date("Counted from", required=True, readonly=True)
    date_start = fields.Date("Start Date", required=True, readonly=True)
    date_due = fields.Date("Due Date", required=True, readonly=True)
    date_expiry = fields.Date("Given up after", required=True, readonly=True)
    # state
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("blocked", "Not possible"),
            ("open", "To do"),
            ("done", "Done"),
            ("failed", "Not reached"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        readonly=True,
        help="Planned: its day has not come.\nNot possible: the reason stands beside it.\n"
        "To do: in the queue.\nNot reached: all attempts used.\nMissed: nobody did it in time.",
    )
    block_reason = fields.Selection(
        lambda self: self.env["dcrc.gate"]._get_labels(), "Why not", readonly=True, help="As the gate said last."
    )
    cancel_reason_id = fields.Many2one("dcrc.reason", "Ended because", readonly=True)
    cancel_note = fields.Char("In words", readonly=True, dcrc_personal="words")
    contact_id = fields.Many2one(
        "dcrc.contact", "Call Task", index="btree_not_null", ondelete="set null", readonly=True
    )
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    # result
    call_ids = fields.Many2many("dcrc.call", string="Call Log", readonly=True)
    outcome_id = fields.Many2one("dcrc.call.outcome", readonly=True)
    effective = fields.Boolean(readonly=True, help="The customer really gave an opinion.")
    dissatisfied = fields.Boolean(readonly=True)
    base_state = fields.Selection(
        [("in", "Counts as due"), ("pending", "Waits for confirmation"), ("out", "Does not count")],
        "Base of the rate",
        required=True,
        default="in",
        readonly=True,
        help="Nothing leaves the base of the success rate by one person's word: a wrong number or a sold car once its"
        " correction is confirmed, what was called off once somebody else has confirmed it.",
    )
    exit_source = fields.Selection(
        [("list", "DMS list"), ("rule", "Follows from the file"), ("person", "A person")],
        "Left the base through",
        readonly=True,
    )
    exit_found_by = fields.Many2one("res.users", "Found by", readonly=True)
    exit_confirmed_by = fields.Many2one("res.users", "Confirmed by", readonly=True)
    exit_on = fields.Datetime("Left the base on", readonly=True)
    done_on = fields.Datetime("Closed at", readonly=True)
    user_input_id = fields.Many2one(
        "survey.user_input", "Answers", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # messages
    sms_state = fields.Selection(
        [("queued", "Waiting"), ("sent", "Handed over"), ("skipped", "Not allowed")], "SMS", readonly=True
    )
    sms_after = fields.Datetime("Text message from", readonly=True)
    link_state = fields.Selection(
        [("due", "To send"), ("sent", "Sent"), ("answered", "Answered"), ("skipped", "Not allowed")],
        "Questionnaire link",
        readonly=True,
    )
    link_sent_on = fields.Datetime("Link sent", readonly=True)
    message_note = fields.Char("Why no message", readonly=True)
    is_late = fields.Boolean("Overdue", compute="_compute_is_late")
    # for message templates
    addressee = fields.Char(compute="_compute_message_parts")
    link_url = fields.Char("Link", compute="_compute_message_parts")

    _once = models.UniqueIndex("(rule_id, source_model, source_id, occurrence)")
    _begin_idx = models.Index("(company_id, date_start) WHERE state = 'planned'")
    _expiry_idx = models.Index("(company_id, date_expiry) WHERE state IN ('planned','blocked','open')")
    _done_idx = models.Index("(company_id, done_on) WHERE done_on IS NOT NULL")
    _due_idx = models.Index("(company_id, date_due)")
    _pending_idx = models.Index("(partner_id) WHERE base_state = 'pending'")
    _exit_idx = models.Index("(company_id, exit_on) WHERE base_state != 'in'")
    _sms_idx = models.Index("(sms_after) WHERE sms_state = 'queued'")
    _link_idx = models.Index("(company_id) WHERE link_state = 'due'")
    _customer_known = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR state NOT IN ('open', 'done'))", "Nobody can be contacted without a customer."
    )
    _days_in_order = models.Constraint(
        "CHECK (date_start <= date_due AND date_due <= date_expiry)",
        "A follow-up begins before it is due, and is due before it is given up.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("occurrence") and vals.get("source_model") not in PAPERS:
                # what comes again is told apart by its day
                vals["occurrence"] = str(fields.Date.to_date(vals["anchor_date"]))
        return super().create(vals_list)

    @api.depends("rule_id", "partner_id")
    def _compute_display_name(self):
        for followup in self:
            names = [followup.rule_id.name, followup.sudo().partner_id.name]
            followup.display_name = " · ".join(filter(None, names))

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        for followup in self:
            today = followup.company_id._dcrc_today()
            followup.is_late = followup.state == "open" and followup.date_due < today

    @api.depends_context("lang")
    def _compute_message_parts(self):
        for followup in self.sudo():
            sheet = followup.user_input_id
            followup.addressee = followup.partner_id and followup.partner_id._dcrc_title_name()
            followup.link_url = sheet and sheet.get_base_url() + sheet.get_start_url()

    def action_open_answers(self):
        """Button: what the customer said."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "survey.user_input.line",
            "view_mode": "list",
            "views": [(self.env.ref("dcrc_dealer.survey_user_input_line_view_list").id, "list")],
            "domain": [("user_input_id", "=", self.user_input_id.id), ("skipped", "=", False)],
            "context": {"create": False},
        }

    def _get_questions(self):
        """What to ask, in order, in the user's language.

        :return: ``[{"id", "code", "title", "type": "level"|"choice"|"text", "overall": bool,
            "department_kind": str|False, "comments": bool, "short": bool (a line is enough),
            "asked_after": ids of answers of which one must be given (none: always asked),
            "answers": [{"id", "label", "level"}]}]``, empty without a questionnaire.
        """
        self.ensure_one()
        survey = self.rule_id._get_survey().with_context(lang=self.env.lang)
        return [
            {
                "id": question.id,
                "code": question.dcrc_code or "",
                "title": question.title,
                "type": question._dcrc_type(),
                "overall": question.dcrc_overall,
                "department_kind": question.dcrc_department_kind,
                "comments": question.comments_allowed,
                "short": question.question_type in ("char_box", "numerical_box"),
                "asked_after": question.triggering_answer_ids.ids,
                "answers": [
                    {"id": answer.id, "label": answer.value, "level": answer.dcrc_level}
                    for answer in question.suggested_answer_ids
                ],
            }
            for question in survey.question_ids
        ]

    def _get_source_label(self):
        """What it is about, in words: "Delivery of 3 May" or the work done."""
        self.ensure_one()
        day = format_date(self.env, self.anchor_date)
        if self.visit_id:
            return self.env._("%(work)s, %(day)s", work=self.visit_id._get_work_label(), day=day)
        if self.delivery_id:
            return self.env._("Delivery, %(day)s", day=day)
        return day

    def _get_placeholders(self):
        """Values for scripts and messages (see `dcrc.placeholder`)."""
        self.ensure_one()
        followup = self.sudo()
        vehicle = followup.vehicle_id
        visit = followup.visit_id
        return {
            "customer": followup.partner_id._dcrc_title_name() if followup.partner_id else "",
            **self.env["dcrc.placeholder"]._get_company_values(followup.company_id),
            "specialist": self.env.user.name,
            "vehicle": vehicle.model_id.name,
            "plate": vehicle.license_plate,
            "date": say_day(self.env, followup.anchor_date),
            "link": followup.link_url,
            "item": visit._get_item() if visit else followup.rule_id.name,
            "first_service": followup.company_id._dcrc_first_service(),
            "within": self._say_promise(),
        }

    def _say_promise(self):
        """How soon a dissatisfied customer hears of the person in charge, as it is said on the phone (CMP-2)."""
        hours = self._get_promised_hours()
        if not hours:
            return self.env._("soon")
        if hours < 1:
            return self.env._("within %(minutes)s minutes", minutes=round(hours * 60))
        return self.env._("within %(hours)s hours", hours=f"{hours:g}")

    def _get_promised_hours(self):
        """Hook: the dealer's own limit for the first contact after a complaint; 0: none is set."""
        return 0

    @api.model
    def _get_inviting_triggers(self):
        """Extension point: triggers whose follow-ups ask a car to come in."""
        return ()

    def _get_department_kind(self):
        """Who gets wrong data back: sales data to sales, service data to service (FUP-2)."""
        self.ensure_one()
        return "sales" if self.delivery_id or self.source_model == "res.partner" else "service"
