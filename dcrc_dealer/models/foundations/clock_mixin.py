from odoo import api, fields, models
from odoo.fields import Domain

PEOPLE = {"responsible": "user_id", "department": "department_id"}


class ClockMixin(models.AbstractModel):
    """Records with time limits: say when which clock runs, everything else follows.

    ::

        _inherit = ["dcrc.clock.mixin"]

        def _get_clocks(self):
            return {**super()._get_clocks(), "correction": Domain("state", "in", OPEN_STATES)}

        def _get_clock_pauses(self):
            return {"correction": {"customer": Domain("waits_for", "=", "customer")}}

    A clock starts when a record begins to fulfil its kind's domain (and a `dcrc.clock.rule` of the dealer
    counts that kind), is met when it no longer does, stands still while a pause's domain holds, and starts
    anew, as another run, when the record is taken up again. ``_clock_level`` names the field whose value is
    the level. Domains are of stored fields of the record itself. The model has a ``company_id``; the
    ladder's people are found by ``user_id`` and ``department_id`` where it has them.
    """

    _name = "dcrc.clock.mixin"
    _description = "Has time limits"

    _clock_level = None

    clock_ids = fields.One2many(
        "dcrc.clock",
        "res_id",
        "Time limits",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
        bypass_search_access=True,
        groups="dcrc_dealer.group_dcrc_reader",
    )
    clock_due_on = fields.Datetime(
        "Limit", compute="_compute_clock_due_on", compute_sudo=True, help="The first of all limits that run."
    )
    clock_late = fields.Boolean(
        "Limit exceeded", compute="_compute_clock_due_on", search="_search_clock_late", compute_sudo=True
    )

    @api.depends("clock_ids.due_on", "clock_ids.state")
    def _compute_clock_due_on(self):
        now = fields.Datetime.now()
        for record in self:
            due = [clock.due_on for clock in record.clock_ids if clock.state == "running"]
            record.clock_due_on = min(due, default=False)
            record.clock_late = bool(due) and min(due) < now

    @api.model
    def _search_clock_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("res_model", "=", self._name) & Domain("state", "=", "running") & Domain("due_on", "<", "now")
        found = self.env["dcrc.clock"].sudo()._search(late)
        return Domain("id", "in", found.subselect("res_id"))

    # -- to be declared ------------------------------------------------------------

    @api.model
    def _get_clocks(self):
        """Which clock runs when: ``{kind of rule: Domain}``."""
        return {}

    @api.model
    def _get_clock_pauses(self):
        """What makes a clock stand still: ``{kind: {reason: Domain}}``."""
        return {}

    def _get_clock_given(self, kind):
        """The moment that the record itself names as the limit of a clock (False: the rule says how long)."""
        return False

    def _get_clock_level(self):
        return self[self._clock_level] if self._clock_level else False

    @api.model
    def _get_clock_people(self, target, ids):
        """``{record id: user ids}`` of a ladder's ``responsible`` or ``department``."""
        path = PEOPLE[target]
        if path not in self._fields:
            return {}
        groups = self._read_group([("id", "in", ids)], [path], ["id:array_agg"])
        found = {}
        for person, record_ids in groups:
            users = person.responsible_id if target == "department" else person
            found.update(dict.fromkeys(record_ids, users.ids))
        return found

    @api.model
    def _has_clock_people(self, kind, target):
        """Whether a record with a clock of `kind` can have anybody for a ladder's ``responsible`` or ``department``."""
        path = PEOPLE[target]
        empty = (path, "=", False)  # what the clock waits for is that somebody gets it
        conditions = {(c.field_expr, c.operator, c.value) for c in Domain(self._get_clocks()[kind]).iter_conditions()}
        return path in self._fields and empty not in conditions

    # -- keeping them --------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._sync_clocks()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not self._get_clock_fields().isdisjoint(vals):
            self._sync_clocks()
        return result

    def unlink(self):
        clocks = self.env["dcrc.clock"].sudo().search(self.env["dcrc.clock"]._domain_of(self))
        result = super().unlink()
        clocks.unlink()
        return result

    @api.model
    def _get_clock_fields(self):
        domains = [*self._get_clocks().values()]
        for pauses in self._get_clock_pauses().values():
            domains += pauses.values()
        names = {condition.field_expr for domain in domains for condition in Domain(domain).iter_conditions()}
        return names | {"active", self._clock_level} - {None}

    def _sync_clocks(self):
        """Start, pause, resume and meet the clocks of these records as their fields say now."""
        kinds = self._get_clocks()
        if not kinds or not self:
            return
        model = self.env["dcrc.clock"].sudo()
        opened = model.search(model._domain_of(self) & Domain("state", "in", ("running", "paused")))
        by_kind = opened.grouped("kind")
        for kind, domain in kinds.items():
            self.sudo()._sync_clock(kind, domain, by_kind.get(kind, model))

    def _sync_clock(self, kind, domain, opened):
        """The same for one kind; `opened` are its running and paused clocks."""
        wanted = self.filtered_domain(domain)
        if "active" in self._fields:
            wanted = wanted.filtered("active")
        stays = opened.filtered(lambda clock: clock.res_id in wanted._ids)
        (opened - stays)._meet()
        stays.filtered(lambda clock: not self.browse(clock.res_id)._is_clock_right(clock))._refresh()
        have = set(stays.mapped("res_id"))
        started = opened._start(wanted.filtered(lambda record: record.id not in have), kind)
        (stays | started)._sync_pauses(self, self._get_clock_pauses().get(kind, {}))

    def _is_clock_right(self, clock):
        """Whether a clock of this record goes by what the record says now."""
        return (clock.level, clock.given_on) == (self._get_clock_level(), self._get_clock_given(clock.kind))

    @api.model
    def _search_clocked(self, kind, ids):
        """Ids, of those given, whose clock of `kind` still has something to wait for (set-based)."""
        domain = self._get_clocks().get(kind)
        return set(self.sudo().search(domain & Domain("id", "in", ids)).ids) if domain else set()
