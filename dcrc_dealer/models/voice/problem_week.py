from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

WEEKS = 26  # kept on the screen


class ProblemWeek(models.Model):
    """A problem's week beside the three before, most frequent first (FUP-11, Pareto).

    Share of problems: of all problems of the week. Share of follow-ups: of those in which the customer gave
    an opinion. Summed up: this and all more frequent ones.
    """

    _name = "dcrc.problem.week"
    _description = "Problems of the Week"
    _auto = False
    _order = "date desc, rank, id"
    _rec_name = "problem_id"
    _depends = {
        "dcrc.problem.hit": ["company_id", "date", "problem_id", "followup_id"],
        "dcrc.followup": ["done_on", "effective", "state", "delivery_id", "visit_id"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    date = fields.Date("Week from", readonly=True, help="The Monday.")
    problem_id = fields.Many2one("dcrc.problem", readonly=True)
    rank = fields.Integer("No.", readonly=True)
    hits = fields.Integer("This Week", readonly=True)
    before_1 = fields.Integer("Week Before", readonly=True)
    before_2 = fields.Integer("2 Weeks Before", readonly=True)
    before_3 = fields.Integer("3 Weeks Before", readonly=True)
    share = fields.Float("Of All Problems (%)", readonly=True, aggregator=None, digits=(5, 1))
    summed = fields.Float("Summed Up (%)", readonly=True, aggregator=None, digits=(5, 1))
    calls = fields.Integer("Effective Follow-ups", readonly=True, aggregator="max")
    call_share = fields.Float("Of Follow-ups (%)", readonly=True, aggregator=None, digits=(5, 1))

    @property
    def _table_query(self):
        monday = self._get_monday()
        begin = monday - timedelta(weeks=WEEKS + 3)
        return SQL(
            """WITH w AS (SELECT h.company_id, h.problem_id, date_trunc('week', h.date)::date AS week, COUNT(*) AS n,
                                 COUNT(h.followup_id) AS talks
                            FROM (%(hits)s) h WHERE h.date >= %(begin)s GROUP BY 1, 2, 3),
                    c AS (SELECT f.company_id, date_trunc('week', %(day)s)::date AS week, COUNT(*) AS n
                            FROM dcrc_followup f JOIN res_company k ON k.id = f.company_id
                           WHERE f.done_on >= %(begin)s AND f.state = 'done' AND f.effective
                             AND (f.delivery_id IS NOT NULL OR f.visit_id IS NOT NULL) GROUP BY 1, 2),
                    g AS (SELECT DISTINCT w.company_id, w.problem_id, w.week + 7 * s.n AS week
                            FROM w CROSS JOIN generate_series(0, 3) AS s(n)),
                    r AS (SELECT g.*, COALESCE(a.n, 0) AS hits, COALESCE(a.talks, 0) AS talks,
                                 COALESCE(b.n, 0) AS before_1, COALESCE(d.n, 0) AS before_2,
                                 COALESCE(e.n, 0) AS before_3, COALESCE(c.n, 0) AS calls
                            FROM g LEFT JOIN w a USING (company_id, problem_id, week)
                            %(joins)s
                            LEFT JOIN c ON c.company_id = g.company_id AND c.week = g.week
                           WHERE g.week BETWEEN %(first)s AND %(monday)s)
               SELECT r.problem_id::bigint * 100000 + (r.week - DATE '2000-01-01') AS id, r.company_id, r.week AS date,
                      r.problem_id, r.hits, r.before_1, r.before_2, r.before_3, r.calls,
                      ROW_NUMBER() OVER pareto AS rank,
                      100.0 * r.hits / NULLIF(SUM(r.hits) OVER week, 0) AS share,
                      100.0 * SUM(r.hits) OVER pareto / NULLIF(SUM(r.hits) OVER week, 0) AS summed,
                      100.0 * r.talks / NULLIF(r.calls, 0) AS call_share
                 FROM r WINDOW week AS (PARTITION BY r.company_id, r.week),
                      pareto AS (PARTITION BY r.company_id, r.week
                                 ORDER BY r.hits DESC, r.before_1 DESC, r.problem_id
                                 ROWS UNBOUNDED PRECEDING)""",
            hits=self.env["dcrc.problem.hit"]._table_query,
            begin=begin,
            first=monday - timedelta(weeks=WEEKS),
            monday=monday,
            day=self.env["dcrc.problem.hit"]._local_day(SQL("f.done_on")),
            joins=SQL(" ").join(self._join_before(alias, weeks) for alias, weeks in (("b", 1), ("d", 2), ("e", 3))),
        )

    def _join_before(self, alias, weeks):
        """SQL: the same problem so many weeks before."""
        return SQL(
            "LEFT JOIN w %(a)s ON %(a)s.company_id = g.company_id AND %(a)s.problem_id = g.problem_id"
            " AND %(a)s.week = g.week - %(days)s",
            a=SQL.identifier(alias),
            days=7 * weeks,
        )

    def _get_monday(self):
        today = self.env.company._dcrc_today()
        return today - timedelta(days=today.weekday())

    def action_open_hits(self):
        """Button: what is behind the figure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.problem_hit_action")
        week = [("date", ">=", self.date), ("date", "<=", self.date + timedelta(days=6))]
        domain = [("problem_id", "=", self.problem_id.id), ("company_id", "=", self.company_id.id), *week]
        return {**action, "domain": domain, "context": {}}

    def action_prevent(self):
        """Button: a measure against it, with this week's figures."""
        self.ensure_one()
        action = self.problem_id.action_prevent()
        figures = {"default_frequency": self.hits, "default_share": self.share, "default_week": str(self.date)}
        return {**action, "context": {**action["context"], **figures}}
