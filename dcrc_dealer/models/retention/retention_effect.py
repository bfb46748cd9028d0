from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .lifecycle_rule import STAGES


class RetentionEffect(models.Model):
    """What win-back plans change (handbook RET-2): each case beside comparable cars without one.

    Comparable are cars of the dealer that entered the same stage, in the same region and
    state of warranty, and had no case in the days in which the effect is judged. A mean says
    something only of enough cases on both sides: the dealer's minimum of rates, and of comparable cars.
    """

    _name = "dcrc.retention.effect"
    _description = "Effect of win-back plans"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("came_rate", "expected_rate", "effect")
    _order = "opened_on desc, id desc"
    _depends = {
        "dcrc.retention.case": [
            "vehicle_id",
            "plan_id",
            "state",
            "opened_on",
            "stage",
            "region",
            "warranty",
            "cost",
            "company_id",
            "user_id",
            "reason_id",
        ],
        "dcrc.lifecycle.change": ["vehicle_id", "date", "stage", "region", "warranty", "company_id"],
        "dcrc.service.visit": ["vehicle_id", "date_in"],
        "res.company": ["dcrc_effect_days", "dcrc_effect_cars", "dcrc_rate_minimum", "dcrc_tz"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    case_id = fields.Many2one("dcrc.retention.case", readonly=True)
    plan_id = fields.Many2one("dcrc.retention.plan", "Win-back plan", readonly=True)
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    reason_id = fields.Many2one("dcrc.reason", "Reason of loss", readonly=True)
    opened_on = fields.Date("Opened", readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    region = fields.Selection([("local", "Local"), ("other", "Other region")], readonly=True)
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty")], readonly=True)
    cases = fields.Integer(readonly=True)
    cost = fields.Float(readonly=True, digits=(12, 2))
    judged = fields.Integer("Old enough to judge", readonly=True)
    came_rate = fields.Float("Came back (%)", readonly=True, aggregator="avg", digits=(5, 1))
    expected_rate = fields.Float(
        "Comparable cars (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Came back without a case."
    )
    effect = fields.Float(
        "Effect (points)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Percent of cars that came back with the plan, less those without.",
    )
    comparable = fields.Integer(
        "Number of comparable cars", readonly=True, aggregator="max", help="Few cars prove little."
    )
    compared = fields.Integer("Cases compared", readonly=True, help="With enough comparable cars.")
    reason_empty = fields.Char("Why nothing is said", compute="_compute_reason_empty")

    @api.depends("judged", "comparable", "opened_on", "company_id")
    @api.depends_context("lang")
    def _compute_reason_empty(self):
        for row in self:
            company = row.company_id.sudo()
            row.reason_empty = False
            if not row.judged:
                day = fields.Date.add(row.opened_on, days=company.dcrc_effect_days)
                row.reason_empty = self.env._("– to be judged on %(day)s", day=format_date(self.env, day))
            elif row.comparable < company.dcrc_effect_cars:
                row.reason_empty = self.env._(
                    "– %(count)s comparable cars, %(needed)s needed",
                    count=row.comparable,
                    needed=company.dcrc_effect_cars,
                )

    @property
    def _table_query(self):
        today = self.env.company._dcrc_today()
        return SQL(
            """WITH control AS (%(control)s)
               SELECT c.id, c.company_id, c.id AS case_id, c.plan_id, c.user_id, c.reason_id, c.opened_on,
                      c.stage, c.region, c.warranty, 1 AS cases, c.cost, c.old::integer AS judged,
                      CASE WHEN c.old THEN c.came END AS came_rate,
                      CASE WHEN c.old AND o.cars >= c.needed THEN o.rate END AS expected_rate,
                      CASE WHEN c.old AND o.cars >= c.needed THEN c.came - o.rate END AS effect,
                      COALESCE(o.cars, 0) AS comparable,
                      (c.old AND COALESCE(o.cars, 0) >= c.needed)::integer AS compared
                 FROM (%(cases)s) c
                 LEFT JOIN control o ON o.company_id = c.company_id AND o.stage = c.stage
                       AND o.region IS NOT DISTINCT FROM c.region
                       AND o.warranty IS NOT DISTINCT FROM c.warranty""",
            control=self._select_control(today),
            cases=self._select_cases(today),
        )

    def _select_cases(self, today):
        """Cases with `came` (0 or 100) and whether enough days have gone by to judge."""
        return SQL(
            """SELECT c.*, k.dcrc_effect_cars AS needed, c.opened_on + k.dcrc_effect_days <= %s AS old,
                      100.0 * (%s)::integer AS came
                 FROM dcrc_retention_case c JOIN res_company k ON k.id = c.company_id
                WHERE c.state != 'cancelled'""",
            today,
            self._has_visit(SQL("c.vehicle_id"), SQL("c.opened_on")),
        )

    def _select_control(self, today):
        """Share of comparable cars that came back by themselves, by stage, region and warranty."""
        return SQL(
            """SELECT h.company_id, h.stage, h.region, h.warranty, COUNT(*) AS cars,
                      AVG(100.0 * (%s)::integer) AS rate
                 FROM dcrc_lifecycle_change h JOIN res_company k ON k.id = h.company_id
                WHERE h.stage IN ('at_risk', 'lost', 'gone') AND h.date + k.dcrc_effect_days <= %s
                  AND NOT EXISTS (SELECT 1 FROM dcrc_retention_case x WHERE x.vehicle_id = h.vehicle_id
                                     AND x.state != 'cancelled'
                                     AND x.opened_on BETWEEN h.date - k.dcrc_effect_days
                                                         AND h.date + k.dcrc_effect_days)
                GROUP BY h.company_id, h.stage, h.region, h.warranty""",
            self._has_visit(SQL("h.vehicle_id"), SQL("h.date")),
            today,
        )

    def _has_visit(self, vehicle, day):
        came = SQL("(s.date_in AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)")
        return SQL(
            """EXISTS (SELECT 1 FROM dcrc_service_visit s WHERE s.vehicle_id = %s AND s.void IS NOT TRUE
                          AND %s >= %s AND %s < %s + k.dcrc_effect_days + 1)""",
            vehicle,
            came,
            day,
            came,
            day,
        )
