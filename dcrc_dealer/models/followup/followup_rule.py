import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_logger = logging.getLogger(__name__)
UNITS = [("day", "days"), ("week", "weeks"), ("month", "months")]
# what a change of these means for follow-ups that nobody has begun yet
TIMING = {"delay_count", "delay_unit", "window_count", "window_unit", "expiry_days", "vip_days"}
SCOPE = TIMING | {"trigger", "source_domain", "active_from", "active", "company_id"}


class FollowupRule(models.Model):
    """Whom to contact, when and how (handbook FUP-1, FUP-3, FUP-4): the dealer's data.

    Days are counted from the *anchor*, the day of what happened: the call may
    begin `delay` after it, is due `window` after that, and is missed when nobody
    did it `expiry_days` after the due day.
    """

    _name = "dcrc.followup.rule"
    _description = "Follow-up rule"
    _inherit = ["dcrc.template.mixin", "dcrc.domain.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    _dcrc_domain_field = "source_domain"

    name = fields.Char(required=True, translate=True, help="Seen by the specialist as the reason.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    # when
    trigger = fields.Selection(
        [
            ("delivery", "A car was delivered"),
            ("visit", "A service visit was completed"),
            ("new_car_no_visit", "A new car has not come back"),
            ("service_overdue", "A car is past its service"),
            ("assignment", "A customer was assigned to a specialist"),
        ],
        required=True,
        default="delivery",
    )
    delay_count = fields.Integer("Starts after", default=1)
    delay_unit = fields.Selection(UNITS, "Unit of the Start", required=True, default="day")
    window_count = fields.Integer("Time to do it", default=2)
    window_unit = fields.Selection(UNITS, "Unit of the Time Allowed", required=True, default="day")
    expiry_days = fields.Integer(
        "Given up after (days)", default=4, help="Days after the due day; then it counts as missed."
    )
    active_from = fields.Date(
        "In force since",
        default=lambda self: self.env.company._dcrc_today(),
        help="What had to be done before this day is left alone.",
    )
    source_domain = fields.Char("Only for", help="Narrow down the deliveries, visits or customers.")
    source_model = fields.Char("Source Data Model", compute="_compute_source_model")
    # how
    purpose = fields.Selection(
        [("care", "Follow-up or service"), ("marketing", "Marketing")],
        required=True,
        default="care",
        help="Marketing waits for the days between contacts, and while a complaint is open.",
    )
    channel = fields.Selection(
        [("phone", "Phone"), ("sms", "SMS"), ("email", "E-mail")], required=True, default="phone"
    )
    priority = fields.Selection([("0", "Standard"), ("1", "High"), ("2", "Urgent")], required=True, default="0")
    survey_id = fields.Many2one(
        "survey.survey",
        "Questionnaire",
        domain="[('dcrc_kind', '!=', False), ('dcrc_company_id', 'in', [company_id, False])]",
        ondelete="restrict",
        help="The newest version is always used.",
    )
    script_id = fields.Many2one("dcrc.script", check_company=True, ondelete="restrict")
    # attempts
    max_attempts = fields.Integer("Attempts", default=3)
    attempt_days = fields.Integer("Within (days)", default=3)
    distinct_slots = fields.Boolean("Each in another slot", default=True)
    fallback_sms = fields.Boolean("Then a text message", default=True)
    sms_template_id = fields.Many2one("sms.template", "SMS", domain="[('model', '=', 'dcrc.followup')]")
    # who
    responsible = fields.Selection(
        [("specialist", "The customer's specialist"), ("user", "One person"), ("pool", "Everybody")],
        required=True,
        default="specialist",
        help="Without a specialist the contact goes to the pool.",
    )
    user_id = fields.Many2one("res.users", "Person in Charge", domain="[('share', '=', False)]")
    # state of planning
    planned_until = fields.Date("Considered up to", readonly=True, copy=False)
    planned_at = fields.Datetime("Last planned", readonly=True, copy=False)
    problem = fields.Char("Cannot be planned", readonly=True, copy=False)
    warning = fields.Text(compute="_compute_warning")
    preview = fields.Text(compute="_compute_preview")

    _counts_positive = models.Constraint(
        "CHECK (delay_count >= 0 AND window_count >= 0 AND expiry_days >= 0)", "Delays and windows cannot be negative."
    )
    _attempts_sane = models.Constraint(
        "CHECK (max_attempts BETWEEN 1 AND 9 AND attempt_days BETWEEN 1 AND 60)",
        "Between 1 and 9 attempts, within 1 to 60 days.",
    )
    _begin_known = models.Constraint(
        "CHECK (is_template OR active_from IS NOT NULL)",
        "Say since when the rule is in force: everything before is left alone.",
    )
    _person_named = models.Constraint(
        "CHECK (responsible != 'user' OR user_id IS NOT NULL OR is_template)", "Name the person who is responsible."
    )

    @api.depends("trigger")
    def _compute_source_model(self):
        sources = self._get_sources()
        for rule in self:
            rule.source_model = sources.get(rule.trigger)

    @api.depends("survey_id", "company_id", "problem", "active", "sms_template_id", "channel")
    def _compute_warning(self):
        for rule in self:
            rule.warning = "\n".join(rule._get_warnings()) or False

    @api.depends("trigger", "active_from", "source_domain", "company_id", "active", *sorted(TIMING))
    def _compute_preview(self):
        for rule in self:
            rule.preview = rule._get_preview()

    @api.constrains("source_domain", "trigger")
    def _check_source_domain(self):
        for rule in self.filtered("source_domain"):
            try:
                rule._get_source_domain()
            except UserError as error:
                raise ValidationError(str(error)) from error

    def write(self, vals):
        result = super().write(vals)
        if not SCOPE.isdisjoint(vals):
            super().write({"planned_until": False, "planned_at": False, "problem": False})
            self._reschedule_planned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if self.env["dcrc.followup"].sudo().search_count([("rule_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("This rule has planned follow-ups: archive it instead of deleting it."))

    def action_plan_now(self):
        """Button: plan and open what is due at the rules' dealers, without waiting for the night."""
        self.check_access("write")
        companies = self.company_id & self.env.companies
        planned = self.sudo()._plan(companies or self.env.company)
        total = {}
        for figures in planned.values():
            for name, count in figures.items():
                total[name] = total.get(name, 0) + count
        message = self.env._(
            "%(new)s follow-ups planned, %(opened)s opened, %(blocked)s not possible now.",
            new=total.get("planned", 0) + total.get("missed", 0),
            opened=total.get("opened", 0),
            blocked=total.get("blocked", 0),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def action_open_followups(self):
        """Button: the follow-ups of this rule."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.followup_action")
        return {**action, "domain": [("rule_id", "in", self.ids)], "context": {}}

    @api.model
    def _get_sources(self):
        """Extension point: ``{trigger: model whose records call for a contact}``; rooms add theirs."""
        return {
            "delivery": "dcrc.delivery",
            "visit": "dcrc.service.visit",
            "new_car_no_visit": "dcrc.delivery",
            "service_overdue": "dcrc.service.visit",
            "assignment": "res.partner",
        }

    @api.model
    def _get_asked_triggers(self):
        """Extension point: triggers of calls that the customer asked for; no wish against calls stands against them."""
        return ()

    @api.model
    def _plan(self, companies=None, until=None):
        """Plan, open and close follow-ups of `companies` (default: all dealers), in this transaction.

        :param until: last start day to look at (default: today + the dealer's plan-ahead days).
        :return: ``{company: {"planned", "blocked", "missed", "opened", …: count}}``; a dealer
            whom another planner holds right now is left out.
        """
        companies = companies or self.env["res.company"]._dcrc_dealers()
        planner = self.env["dcrc.followup.planner"]
        return {
            company: figures for company in companies if (figures := planner._plan_company(company, until)) is not None
        }

    def _get_survey(self):
        """The questionnaire to ask now: the newest active version (empty when there is none)."""
        self.ensure_one()
        return self.sudo().survey_id._dcrc_newest(self.company_id)

    def _get_source_domain(self):
        """Return the filter on the trigger's records as a `Domain`; UserError when unreadable."""
        self.ensure_one()
        try:
            domain = self._dcrc_get_domain()
            domain.validate(self.env[self._get_sources()[self.trigger]])
        except Exception as error:  # whatever a person can type into a filter
            raise UserError(
                self.env._(
                    "The filter of rule “%(rule)s” cannot be read: %(error)s", rule=self.name or "", error=str(error)
                )
            ) from error
        return domain

    def _prepare_template_copy(self, company):
        values = super()._prepare_template_copy(company)
        return {**values, "active_from": company._dcrc_today(), "script_id": self.script_id._dcrc_copy_for(company).id}

    def _get_dates(self, anchor, vehicle=None):
        """Return (start, due, expiry) counted from the day `anchor`, for a call about `vehicle`."""
        self.ensure_one()
        start = anchor + self._get_offset()
        due = start + relativedelta(**{f"{self.window_unit}s": self.window_count})
        return start, due, due + relativedelta(days=self.expiry_days)

    def _get_offset(self):
        """Time from the anchor to the first day of calling."""
        offset = relativedelta(**{f"{self.delay_unit or 'day'}s": self.delay_count or 0})
        if self.trigger == "service_overdue":
            company = self.company_id or self.env.company
            offset += relativedelta(months=company.dcrc_service_interval_months)
        return offset

    def _get_warnings(self):
        """What a manager should know about the rule, one sentence each."""
        self.ensure_one()
        texts = [self.problem] if self.problem else []
        survey = self.sudo().survey_id
        newest = survey and self._get_survey()
        if survey and not newest:
            texts.append(
                self.env._(
                    "The questionnaire “%(title)s” is archived and has no newer version:"
                    " calls are planned, but nothing is asked.",
                    title=survey.title,
                )
            )
        elif survey and not survey.active:
            texts.append(
                self.env._(
                    "The questionnaire “%(title)s” is archived; version %(version)s is asked instead.",
                    title=survey.title,
                    version=newest.dcrc_version,
                )
            )
        if self.channel == "sms" and not self.sms_template_id:
            texts.append(self.env._("Choose the text message to send."))
        return texts
