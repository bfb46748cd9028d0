from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .complaint import SEVERITIES

CLOCKS = ("contact", "solution", "callback")


class ComplaintReport(models.Model):
    """How complaints are handled (CMP-4, CMP-6): one row a complaint, by the day it was received.

    The handling rate is closed ÷ received; beside it, whether each of its time limits was kept (of all its rounds),
    whether it came again, what it cost and how long it took.
    """

    _name = "dcrc.complaint.report"
    _description = "Handling of complaints"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("rate", "contact_rate", "solution_rate", "callback_rate", "again_rate", "founded_rate")
    _order = "date desc, id desc"
    _depends = {
        "dcrc.complaint": [
            "date",
            "state",
            "closing",
            "founded",
            "severity",
            "category_id",
            "cause_id",
            "culprit",
            "department_id",
            "handler_id",
            "source_id",
            "round_no",
            "reopened",
            "closed_on",
        ],
        "dcrc.complaint.round": ["cost", "approved_on"],
        "dcrc.clock": ["state", "due_on", "met_on"],
        "res.company": ["dcrc_complaint_target", "dcrc_rate_minimum"],
    }

    complaint_id = fields.Many2one("dcrc.complaint", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    date = fields.Date("Received", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    department_id = fields.Many2one("dcrc.department", readonly=True)
    handler_id = fields.Many2one("res.users", "Person in Charge", readonly=True)
    culprit = fields.Char("Person Concerned", readonly=True)
    source_id = fields.Many2one("dcrc.complaint.item", "Came through", readonly=True)
    category_id = fields.Many2one("dcrc.complaint.item", readonly=True)
    category_group_id = fields.Many2one("dcrc.complaint.item", readonly=True)
    cause_id = fields.Many2one("dcrc.complaint.item", readonly=True)
    cause_group_id = fields.Many2one("dcrc.complaint.item", readonly=True)
    severity = fields.Selection(SEVERITIES, "Level", readonly=True)
    closing = fields.Selection(
        lambda self: self.env["dcrc.complaint"]._fields["closing"]._description_selection(self.env), readonly=True
    )
    received = fields.Integer("Complaints Received", readonly=True)
    closed = fields.Integer(readonly=True)
    rate = fields.Float("Handled (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Closed ÷ received.")
    target = fields.Float("Target (%)", readonly=True, aggregator="avg", digits=(5, 1))
    founded_rate = fields.Float("Founded (%)", readonly=True, aggregator="avg", digits=(5, 1))
    contact_rate = fields.Float("First Contact in Time (%)", readonly=True, aggregator="avg", digits=(5, 1))
    solution_rate = fields.Float("Solution in Time (%)", readonly=True, aggregator="avg", digits=(5, 1))
    callback_rate = fields.Float("Callback in Time (%)", readonly=True, aggregator="avg", digits=(5, 1))
    again_rate = fields.Float(
        "Came Again (%)", readonly=True, aggregator="avg", digits=(5, 1), help="More than one round, of all received."
    )
    rounds = fields.Float("Rounds per Complaint", readonly=True, aggregator="avg", digits=(5, 1))
    cost = fields.Float("Compensation", readonly=True, digits=(12, 2))
    days = fields.Float("Days until Closed", readonly=True, aggregator="avg", digits=(8, 1))

    @property
    def _table_query(self):
        return SQL(
            """SELECT c.id, c.id AS complaint_id, c.company_id,
                      (c.date AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS date,
                      c.partner_id, c.vehicle_id, c.department_id, c.handler_id, c.culprit, c.source_id, c.severity,
                      c.category_id, COALESCE(g.parent_id, c.category_id) AS category_group_id,
                      c.cause_id, COALESCE(s.parent_id, c.cause_id) AS cause_group_id, c.closing,
                      1 AS received, (c.state = 'closed')::integer AS closed,
                      100.0 * (c.state = 'closed')::integer AS rate, k.dcrc_complaint_target AS target,
                      100.0 * (c.founded = 'yes')::integer AS founded_rate,
                      100.0 * (c.round_no > 1)::integer AS again_rate, c.round_no::float AS rounds,
                      (SELECT SUM(r.cost) FROM dcrc_complaint_round r
                        WHERE r.complaint_id = c.id AND r.approved_on IS NOT NULL) AS cost,
                      EXTRACT(EPOCH FROM c.closed_on - c.date) / 86400 AS days, %(clocks)s
                 FROM dcrc_complaint c
                 JOIN res_company k ON k.id = c.company_id
                 LEFT JOIN dcrc_complaint_item g ON g.id = c.category_id
                 LEFT JOIN dcrc_complaint_item s ON s.id = c.cause_id
                 LEFT JOIN LATERAL (
                      SELECT %(kept)s FROM dcrc_clock w WHERE w.res_model = 'dcrc.complaint' AND w.res_id = c.id) t
                   ON TRUE""",
            clocks=SQL(", ").join(SQL("t.%s", SQL.identifier(f"{name}_rate")) for name in CLOCKS),
            kept=SQL(", ").join(self._select_kept(name) for name in CLOCKS),
        )

    def _select_kept(self, name):
        """SQL: 100 when each clock of a kind was met in time, 0 when one was or is late, empty when none ended."""
        now = fields.Datetime.now()
        return SQL(
            """100.0 * MIN((COALESCE(w.met_on, %(now)s) <= w.due_on)::integer) FILTER (
                   WHERE w.kind = %(kind)s AND w.due_on IS NOT NULL
                     AND (w.state = 'met' OR w.state = 'running' AND w.due_on < %(now)s)) AS %(name)s""",
            now=now,
            kind=f"complaint_{name}",
            name=SQL.identifier(f"{name}_rate"),
        )

    def action_open_complaint(self):
        """Button: the complaint itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dcrc.complaint",
            "res_id": self.complaint_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _measure(self, company, start, stop, by=None):
        """Handling of what was received from `start` to `stop` (days, both counted): what a measure takes.

        :param by: a field to tell apart by: category_id, cause_id, culprit, department_id, handler_id …
        :return: ``{"numerator": closed, "denominator": received, "rate" (None: too few cases), "target",
            "contact_rate", "solution_rate", "callback_rate", "again_rate" (None: too few), "groups": [{"label",
            "received", "closed", "again", "cost", "domain"}] (the most first; empty without `by`), "domain"}``
        """
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", start) & Domain("date", "<=", stop)
        rates = [f"{name}_rate" for name in (*CLOCKS, "again")]
        aggregates = ["received:sum", "closed:sum", *(f"{name}:avg" for name in rates)]
        received, closed, *values = self._read_group(domain, [], aggregates)[0]
        return {
            "numerator": closed or 0,
            "denominator": received or 0,
            "rate": company._dcrc_rate(closed or 0, received or 0),
            "target": company.dcrc_complaint_target,
            **{name: None if value is False else value for name, value in zip(rates, values, strict=True)},
            "groups": self._get_groups(domain, by) if by else [],
            "domain": domain,
        }

    @api.model
    def _get_groups(self, domain, by):
        found = self._read_group(domain, [by], ["received:sum", "closed:sum", "cost:sum"])
        again = dict(self._read_group(domain & Domain("rounds", ">", 1), [by], ["__count"]))
        rows = [
            {
                "label": (value.display_name if isinstance(value, models.BaseModel) else value)
                or self.env._("Not said"),
                "received": received,
                "closed": closed,
                "again": again.get(value, 0),
                "cost": cost or 0.0,
                "domain": domain & Domain(by, "=", value.id if isinstance(value, models.BaseModel) else value),
            }
            for value, received, closed, cost in found
        ]
        return sorted(rows, key=lambda row: (-row["received"], row["label"]))
