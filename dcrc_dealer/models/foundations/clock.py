from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

OPEN = ("running", "paused")


class Clock(models.Model):
    """A time limit of any record: how long it has, what has run, since when it stands still.

    What has run is kept in `used` minutes up to `resumed_on`; everything else follows: a pause adds to
    `used`, another rule or level changes what is allowed and leaves `used` alone, and a record that is
    taken up again gets a clock of its own (`run`), while the old one stays as it ended.
    Rooms don't call this model: they declare their clocks in `dcrc.clock.mixin._get_clocks`.
    """

    _name = "dcrc.clock"
    _description = "Running time limit"
    _order = "due_on, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    res_model = fields.Char("Record Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    kind = fields.Selection(
        lambda self: self.env["dcrc.clock.rule"]._fields["kind"]._description_selection(self.env), "Type"
    )
    level = fields.Char(readonly=True)
    rule_id = fields.Many2one("dcrc.clock.rule", readonly=True, index="btree_not_null", ondelete="set null")
    run = fields.Integer(default=1, required=True, readonly=True, help="Counts how often the record was taken up.")
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("met", "Met"), ("ended", "Ended")],
        default="running",
        required=True,
        readonly=True,
    )
    # What has run
    started_on = fields.Datetime(required=True, readonly=True)
    resumed_on = fields.Datetime(readonly=True)
    used = fields.Float("Minutes used", readonly=True)
    minutes = fields.Float("Minutes allowed", readonly=True)
    given_on = fields.Datetime("Limit that the matter names", readonly=True)
    pause_ids = fields.One2many("dcrc.clock.pause", "clock_id", "Pauses", readonly=True)
    # What comes
    due_on = fields.Datetime("Time Is Up On", readonly=True)
    warn_on = fields.Datetime(readonly=True)
    next_on = fields.Datetime("Somebody is told", readonly=True)
    # What came
    warned_on = fields.Datetime(readonly=True)
    met_on = fields.Datetime("Met on", readonly=True)
    ended_why = fields.Char("Ended because", readonly=True)
    step_id = fields.Many2one(
        "dcrc.clock.step", "Last step", readonly=True, index="btree_not_null", ondelete="set null"
    )
    climb_ids = fields.One2many("dcrc.clock.climb", "clock_id", "Told", readonly=True)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")

    _one_open = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE state IN ('running', 'paused')", "This time limit is running already."
    )
    _record_idx = models.Index("(res_model, res_id)")
    _next_idx = models.Index("(company_id, next_on) WHERE state = 'running'")

    @api.depends("due_on", "met_on", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for clock in self:
            clock.is_late = bool(clock.due_on) and (clock.met_on or now) > clock.due_on and clock.state != "paused"

    @api.model
    def _search_is_late(self, operator, value):
        """As computed: met after its time, or still running though the time is up."""
        if operator != "in":
            return NotImplemented

        def to_sql(model, alias, query):
            met, due = (model._field_to_sql(alias, name, query) for name in ("met_on", "due_on"))
            state = model._field_to_sql(alias, "state", query)
            return SQL("COALESCE(%s, %s) > %s AND %s != 'paused'", met, fields.Datetime.now(), due, state)

        late = Domain("due_on", "!=", False) & Domain.custom(to_sql=to_sql)
        return late if True in value else ~late

    # -- starting and stopping ---------------------------------------------------

    @api.model
    def _start(self, records, kind, at=None):
        """Start a clock of `kind` for records that have none running; where no rule counts, nothing starts."""
        at, seen = at or fields.Datetime.now(), {}
        runs = dict(
            self.sudo()._read_group(self._domain_of(records) & Domain("kind", "=", kind), ["res_id"], ["run:max"])
        )
        vals_list = []
        for record in records:
            company, level, given = record.company_id, record._get_clock_level(), record._get_clock_given(kind)
            key = (company, level, given)
            if key not in seen:
                rule = self.env["dcrc.clock.rule"]._get_for(company, kind, level)
                seen[key] = self._prepare_start(rule, at, given) if rule else None
            if seen[key]:
                who = {"res_model": records._name, "res_id": record.id, "company_id": company.id}
                vals_list.append({**seen[key], **who, "kind": kind, "level": level, "run": runs.get(record.id, 0) + 1})
        return self.sudo().create(vals_list)

    def _prepare_start(self, rule, at, given=False):
        vals = {"rule_id": rule.id, "started_on": at, "resumed_on": at, "used": 0.0, "given_on": given}
        return {**vals, **self._prepare_times(rule, vals, at)}

    @api.model
    def _domain_of(self, records):
        return Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)

    def _meet(self, at=None):
        """What the clock waited for has happened."""
        self.sudo().filtered(lambda c: c.state in OPEN).write(
            {"state": "met", "met_on": at or fields.Datetime.now(), "next_on": False}
        )

    def _end(self, why):
        """The clock stops without having been met; `why`: a word for the log (rule, gone …)."""
        self.sudo().filtered(lambda c: c.state in OPEN).write({"state": "ended", "ended_why": why, "next_on": False})

    def _pause(self, reason):
        """Stand still for a reason; several may hold at once, and the last one that ends lets it run on."""
        now = fields.Datetime.now()
        for clock in self.sudo().filtered(lambda c: c.state in OPEN):
            if reason in clock.pause_ids.filtered(lambda p: not p.ended_on).mapped("reason"):
                continue
            if clock.state == "running":
                clock.write({**clock._prepare_settled(now), "state": "paused", "due_on": False, "next_on": False})
            self.env["dcrc.clock.pause"].sudo().create({"clock_id": clock.id, "reason": reason, "started_on": now})

    def _resume(self, reason):
        """A reason to stand still is gone."""
        now = fields.Datetime.now()
        for clock in self.sudo().filtered(lambda c: c.state == "paused"):
            waiting = clock.pause_ids.filtered(lambda p: not p.ended_on)
            waiting.filtered(lambda p: p.reason == reason).ended_on = now
            if all(pause.ended_on for pause in waiting):
                vals = {"state": "running", "resumed_on": now, "used": clock.used}
                clock.write({**vals, **clock._prepare_times(clock.rule_id, vals, clock.started_on)})

    # -- rules ---------------------------------------------------------------------

    @api.model
    def _refresh_rules(self, rules):
        """After a change of rules: the open clocks of their dealers and kinds go by what holds now."""
        for company, group in rules.filtered("company_id").grouped("company_id").items():
            domain = Domain("company_id", "=", company.id) & Domain("state", "in", OPEN)
            self.sudo().search(domain & Domain("kind", "in", group.mapped("kind")))._refresh()

    @api.model
    def _settle_rules(self, rules):
        """Count what has run by `rules` until now, before they count differently."""
        now = fields.Datetime.now()
        for clock in self.sudo().search([("rule_id", "in", rules.ids), ("state", "=", "running")]):
            clock.write(clock._prepare_settled(now))

    def _refresh(self):
        """Find the rule of each open clock anew; what has run, and its pauses, stay."""
        now = fields.Datetime.now()
        for clock in self.sudo().filtered(lambda c: c.state in OPEN):
            record = self.env[clock.res_model].sudo().browse(clock.res_id).exists()
            level = record and record._get_clock_level()
            rule = self.env["dcrc.clock.rule"]._get_for(clock.company_id, clock.kind, level)
            if not record or not rule:
                clock._end("rule" if record else "gone")
                continue
            vals = {"rule_id": rule.id, "level": level, "used": clock.used, "resumed_on": clock.resumed_on}
            vals["given_on"] = record._get_clock_given(clock.kind)
            if clock.state == "running" and clock.rule_id.unit != rule.unit:
                vals.update(clock._prepare_settled(now))
            clock.write({**vals, **clock._prepare_times(rule, vals, clock.started_on)})

    def _prepare_settled(self, now):
        """Count what has run until now."""
        return {"used": self.used + self.rule_id._count(self.resumed_on, now), "resumed_on": now}

    def _prepare_times(self, rule, vals, started_on):
        """When it is due and when somebody is told next, of ``used`` and ``resumed_on`` in `vals`."""
        minutes = rule._get_minutes(started_on, vals.get("given_on", self.given_on))
        if self.state == "paused" and vals.get("state") != "running":
            return {"minutes": minutes}
        left = max(minutes - vals["used"], 0)
        due = rule._add(vals["resumed_on"], left)
        warn = bool(rule.warn_minutes) and not self.warned_on
        warn_on = rule._add(vals["resumed_on"], max(left - rule.warn_minutes, 0)) if warn else False
        step = rule._get_steps_after(self.step_id)[:1]
        step_on = rule._add(due, step.after_minutes) if step else False
        times = [moment for moment in (warn_on, step_on) if moment]
        return {"minutes": minutes, "due_on": due, "warn_on": warn_on, "next_on": min(times, default=False)}

    def _sync_pauses(self, records, pauses):
        """Pause and resume as the domains of `pauses` (``{reason: Domain}``) hold for `records`."""
        for reason, domain in pauses.items():
            still = records.filtered_domain(domain)._ids
            for clock in self:
                if clock.res_id in still:
                    clock._pause(reason)
                else:
                    clock._resume(reason)

    # -- in words --------------------------------------------------------------------

    def _get_record_names(self):
        """``{(model, id): name}`` of what these clocks belong to."""
        names = {}
        for model, clocks in self.grouped("res_model").items():
            for record in self.env[model].sudo().browse(clocks.mapped("res_id")).exists():
                names[model, record.id] = record.display_name
        return defaultdict(str, names)

    def _get_kind_name(self):
        return dict(self.env["dcrc.clock.rule"]._fields["kind"]._description_selection(self.env)).get(self.kind)

    def _get_due_words(self):
        """When it was due, on the dealer's clock."""
        return self.company_id._dcrc_to_local(self.due_on).strftime("%m-%d %H:%M") if self.due_on else ""

    def _get_url(self):
        return f"{self.get_base_url()}/odoo/{self.res_model}/{self.res_id}"
