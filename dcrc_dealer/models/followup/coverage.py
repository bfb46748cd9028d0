from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STATUS = [
    ("in_time", "Called in time"),
    ("late", "Called late"),
    ("tried", "Tried without success"),
    ("missed", "Missed"),
    ("overdue", "Overdue, still to do"),
    ("blocked", "Not possible"),
    ("ended", "Cancelled"),
    ("void", "Void"),
    ("too_late", "List came too late"),
    ("not_due", "Not due yet"),
    ("unplanned", "Not planned"),
]
RULES_PER_TRIGGER = 8  # of a dealer; part of the row's number


class Coverage(models.Model):
    """Was everybody called who is to be called (FUP-1: 100 %)? One row a paper and rule.

    Every delivery, repair order and due day stands here once for each rule about it, whatever became
    of it: the sum of all statuses is the number of papers, and each has its reason.
    """

    _name = "dcrc.coverage"
    _description = "Coverage of calls"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("rate",)
    _CALLED = ("in_time", "late")
    _NOT_DUE = ("void", "not_due")
    _order = "date desc, id desc"
    _depends = {
        "dcrc.followup": [
            "state",
            "base_state",
            "block_reason",
            "cancel_reason_id",
            "date_due",
            "done_on",
            "occurrence",
        ],
        "dcrc.followup.rule": ["trigger", "active", "active_from"],
        "dcrc.delivery": ["date", "void", "partner_id", "vehicle_id"],
        "dcrc.service.visit": ["date", "void", "partner_id", "vehicle_id"],
    }

    date = fields.Date("Day of the paper", readonly=True, help="Delivery, completion, or the day that is due.")
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    rule_id = fields.Many2one("dcrc.followup.rule", "Reason to call", readonly=True)
    trigger = fields.Selection(
        lambda self: self.env["dcrc.followup.rule"]._fields["trigger"]._description_selection(self.env),
        "Occasion",
        readonly=True,
    )
    source_model = fields.Char("Source Data Model", readonly=True)
    source_id = fields.Many2oneReference("Paper", model_field="source_model", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    department = fields.Selection([("sales", "Sales"), ("service", "Service")], readonly=True)
    followup_id = fields.Many2one("dcrc.followup", "Follow-up", readonly=True)
    status = fields.Selection(STATUS, readonly=True)
    block_reason = fields.Selection(
        lambda self: self.env["dcrc.followup"]._fields["block_reason"]._description_selection(self.env),
        "Why not possible",
        readonly=True,
    )
    reason_id = fields.Many2one("dcrc.reason", "Ended because", readonly=True)
    papers = fields.Integer(readonly=True)
    covered = fields.Integer("Called", readonly=True)
    rate = fields.Float("Called (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Called ÷ papers due.")

    @property
    def _table_query(self):
        today = self.env.company._dcrc_today()
        return SQL(
            """SELECT s.*, 1 AS papers, (s.status IN %(called)s)::integer AS covered,
                      CASE WHEN s.status NOT IN %(not_due)s
                           THEN 100.0 * (s.status IN %(called)s)::integer END AS rate
                 FROM (SELECT COALESCE(f.id * 2, (p.source_id * %(places)s + p.place * %(rules)s + r.number) * 2 + 1
                                      ) AS id,
                              p.day AS date,
                              p.company_id, r.id AS rule_id, r.trigger, p.source_model, p.source_id, p.vehicle_id,
                              COALESCE(f.partner_id, p.partner_id) AS partner_id, f.id AS followup_id,
                              f.user_id,
                              CASE WHEN r.trigger = 'delivery' THEN 'sales' ELSE 'service' END AS department,
                              %(status)s AS status, f.block_reason, f.cancel_reason_id AS reason_id
                         FROM (%(papers)s) p
                         JOIN (%(rule)s) r ON r.company_id = p.company_id AND r.trigger = p.trigger
                         JOIN res_company k ON k.id = p.company_id
                         LEFT JOIN dcrc_followup f ON f.rule_id = r.id AND f.source_model = p.source_model
                          AND f.source_id = p.source_id AND f.occurrence = p.occurrence
                         LEFT JOIN dcrc_reason q ON q.id = f.cancel_reason_id
                        WHERE r.active OR f.id IS NOT NULL) s""",
            called=self._CALLED,
            not_due=self._NOT_DUE,
            places=len(self._coverage_parts()) * RULES_PER_TRIGGER,
            rules=RULES_PER_TRIGGER,
            status=self._case_status(today),
            papers=SQL(" UNION ALL ").join(
                SQL("SELECT %s AS place, %s::varchar AS trigger, x.* FROM (%s) x", place, trigger, select)
                for place, (trigger, select) in enumerate(self._coverage_parts().items())
            ),
            rule=self._select_rules(),
        )

    def _select_rules(self):
        return SQL(
            """SELECT r.id, r.company_id, r.trigger, r.active, r.active_from, %s AS delay,
                      (ROW_NUMBER() OVER (PARTITION BY r.company_id, r.trigger ORDER BY r.id) - 1) %% %s AS number
                 FROM dcrc_followup_rule r WHERE NOT r.is_template AND r.trigger IN %s""",
            self._rule_delay(),
            RULES_PER_TRIGGER,
            tuple(self._coverage_parts()),
        )

    def _rule_delay(self):
        """SQL: the time from a paper's day to the first day of calling (alias r: a rule); extension point."""
        return SQL("(r.delay_count || ' ' || r.delay_unit)::interval")

    def _case_status(self, today):
        """SQL: what became of a paper p under rule r and its follow-up f (q: its reason)."""
        closed = SQL("(f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date")
        return SQL(
            """CASE WHEN p.void THEN 'void'
                    WHEN f.id IS NULL AND (p.day IS NULL OR p.day >= %(today)s OR p.day + r.delay >= %(today)s
                                           OR r.active AND r.active_from > p.day) THEN 'not_due'
                    WHEN f.id IS NULL THEN 'unplanned'
                    WHEN f.state = 'done' AND %(closed)s <= f.date_due THEN 'in_time'
                    WHEN f.state = 'done' THEN 'late'
                    WHEN f.state = 'failed' THEN 'tried'
                    WHEN f.state = 'missed' AND q.code = 'came_late' THEN 'too_late'
                    WHEN f.state = 'missed' THEN 'missed'
                    WHEN f.state = 'blocked' THEN 'blocked'
                    WHEN f.state = 'cancelled' THEN 'ended'
                    WHEN f.date_due < %(today)s THEN 'overdue'
                    ELSE 'not_due' END""",
            today=today,
            closed=closed,
        )

    def _coverage_parts(self):
        """What is to be covered, ``{trigger of a rule: SELECT}``; extension point.

        Columns: source_model, source_id, company_id, day, void, occurrence, vehicle_id, partner_id; one row a
        source, trigger and occurrence, and of those without a follow-up one a source and trigger.
        """
        return {
            "delivery": SQL(
                """SELECT 'dcrc.delivery'::varchar AS source_model, d.id AS source_id, d.company_id, d.date AS day,
                          d.void IS TRUE AS void, ''::varchar AS occurrence, d.vehicle_id, d.partner_id
                     FROM dcrc_delivery d"""
            ),
            "visit": SQL(
                """SELECT 'dcrc.service.visit'::varchar AS source_model, w.id AS source_id, w.company_id, w.date AS day,
                          w.void IS TRUE AS void, ''::varchar AS occurrence, w.vehicle_id, w.partner_id
                     FROM dcrc_service_visit w WHERE w.date IS NOT NULL OR w.void"""
            ),
        }

    def action_open_paper(self):
        """Button: the paper itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.source_id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_coverage_domain(self, company, start, stop, triggers=None):
        """Rows of `company` whose paper is of the days `start` to `stop`, both counted."""
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", start) & Domain("date", "<=", stop)
        return domain & Domain("trigger", "in", triggers) if triggers else domain

    @api.model
    def _measure(self, company, start, stop, triggers=None):
        """Every status of a period's papers, for the print; the share alone is the measure ``coverage``.

        :return: ``{"numerator": called, "denominator": papers that are due and count, "rate" (None: too few),
            "papers": all, "reasons": [{"key", "label", "count", "domain"}] for every status, "domains": {"all",
            "numerator", "denominator"}}``; the counts of `reasons` add up to `papers`.
        """
        domain = self._get_coverage_domain(company, start, stop, triggers)
        counts = dict(self._read_group(domain, ["status"], ["__count"]))
        called = sum(counts.get(status, 0) for status in self._CALLED)
        due = sum(count for status, count in counts.items() if status not in self._NOT_DUE)
        labels = self._fields["status"]._description_selection(self.env)
        return {
            "numerator": called,
            "denominator": due,
            "rate": company._dcrc_rate(called, due),
            "papers": sum(counts.values()),
            "reasons": [
                {"key": key, "label": label, "count": counts.get(key, 0), "domain": domain & Domain("status", "=", key)}
                for key, label in labels
            ],
            "domains": {
                "all": domain,
                "numerator": domain & Domain("status", "in", self._CALLED),
                "denominator": domain & Domain("status", "not in", self._NOT_DUE),
            },
        }
