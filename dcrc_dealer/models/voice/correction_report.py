from odoo import fields, models
from odoo.tools import SQL

AGES = [("day", "Same day"), ("next", "Next day"), ("week", "2 to 6 days"), ("old", "7 days or more")]


class CorrectionReport(models.Model):
    """Corrections by month, department, item and age: cleared daily, summed up monthly (COR-2)."""

    _name = "dcrc.correction.report"
    _description = "Corrections: Monthly Summary"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("same_day_rate",)
    _order = "date desc, id desc"
    _depends = {
        "dcrc.correction": [
            "company_id",
            "date",
            "department_id",
            "item",
            "source",
            "state",
            "repeat",
            "closed_on",
            "partner_id",
            "vehicle_id",
            "user_id",
        ],
        "res.company": ["dcrc_tz"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    correction_id = fields.Many2one("dcrc.correction", readonly=True)
    date = fields.Date("Received", readonly=True)
    department_id = fields.Many2one("dcrc.department", readonly=True)
    item = fields.Selection(
        lambda self: self.env["dcrc.correction"]._fields["item"]._description_selection(self.env), readonly=True
    )
    source = fields.Selection(
        lambda self: self.env["dcrc.correction"]._fields["source"]._description_selection(self.env), readonly=True
    )
    state = fields.Selection(
        lambda self: self.env["dcrc.correction"]._fields["state"]._description_selection(self.env), readonly=True
    )
    age = fields.Selection(
        AGES, "Cleared Within", readonly=True, help="Days until it was settled; open ones: until now."
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    user_id = fields.Many2one("res.users", "Taken By", readonly=True)
    opened = fields.Integer("Corrections", readonly=True)
    waiting = fields.Integer("Not Settled Yet", readonly=True)
    repeated = fields.Integer("Wrong Again", readonly=True)
    same_day_rate = fields.Float(
        "Cleared the Same Day (%)",
        readonly=True,
        aggregator="avg",
        help="Settled by the evening of the day it came in.",
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT s.*, CASE WHEN s.days = 0 THEN 'day' WHEN s.days = 1 THEN 'next'
                                WHEN s.days < 7 THEN 'week' ELSE 'old' END AS age,
                      CASE WHEN s.waiting = 0 OR s.days > 0
                           THEN 100.0 * (s.waiting = 0 AND s.days = 0)::integer END AS same_day_rate
                 FROM (SELECT c.id, c.id AS correction_id, c.company_id, %(received)s AS date, c.department_id, c.item,
                              c.source, c.state, c.partner_id, c.vehicle_id, c.user_id, 1 AS opened,
                              (c.closed_on IS NULL)::integer AS waiting,
                              (c.repeat IS TRUE)::integer AS repeated,
                              %(settled)s - %(received)s AS days
                         FROM dcrc_correction c JOIN res_company k ON k.id = c.company_id) s""",
            received=self._local_day(SQL("c.date")),
            settled=self._local_day(SQL("COALESCE(c.closed_on, %s)", fields.Datetime.now())),
        )

    def _local_day(self, moment):
        """SQL: the dealer's day of a moment (alias k: the dealer)."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date", moment)
