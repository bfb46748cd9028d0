from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.interval import wilson


class FileCheck(models.Model):
    """Files that were looked at, and whether something in them was wrong: one row a customer, month and department.

    A file is looked at when its customer is reached, or when something in it is found wrong. Whose data
    it is: sales' after a delivery, service's after a visit (FUP-2). The share is one of a sample: it says
    as much as its interval (CUS-8).
    """

    _name = "dcrc.file.check"
    _description = "Files Found Wrong"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("wrong_rate",)
    _order = "date desc, id desc"
    _depends = {
        "dcrc.followup": ["company_id", "partner_id", "state", "effective", "done_on", "delivery_id", "visit_id"],
        "dcrc.correction": ["company_id", "partner_id", "date", "department_id"],
        "dcrc.department": ["kind", "company_id"],
        "res.company": ["dcrc_tz"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    date = fields.Date("Month", readonly=True, help="First day of the month in which the file was looked at.")
    department_id = fields.Many2one("dcrc.department", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    files = fields.Integer("Files Looked At", readonly=True)
    wrong = fields.Integer("Files Found Wrong", readonly=True)
    wrong_rate = fields.Float("Files Found Wrong (%)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """SELECT MIN(x.id) AS id, x.company_id, x.date, x.department_id, x.partner_id, 1 AS files,
                      MAX(x.wrong) AS wrong, 100.0 * MAX(x.wrong) AS wrong_rate
                 FROM (%s UNION ALL %s) x
                GROUP BY x.company_id, x.date, x.department_id, x.partner_id""",
            self._select_reached(),
            self._select_corrections(),
        )

    def _select_reached(self):
        """Who was reached in a call about a delivery or a visit."""
        return SQL(
            """SELECT f.id * 2::bigint AS id, f.company_id, %s AS date, d.id AS department_id, f.partner_id, 0 AS wrong
                 FROM dcrc_followup f
                 JOIN res_company k ON k.id = f.company_id
                 LEFT JOIN LATERAL (
                      SELECT e.id FROM dcrc_department e
                       WHERE e.company_id = f.company_id AND e.active
                         AND e.kind = CASE WHEN f.delivery_id IS NOT NULL THEN 'sales' ELSE 'service' END
                       ORDER BY e.sequence, e.id LIMIT 1) d ON TRUE
                WHERE f.state = 'done' AND f.effective AND (f.delivery_id IS NOT NULL OR f.visit_id IS NOT NULL)""",
            self._month(SQL("f.done_on")),
        )

    def _select_corrections(self):
        return SQL(
            """SELECT c.id * 2::bigint + 1, c.company_id, %s, c.department_id, c.partner_id, 1
                 FROM dcrc_correction c JOIN res_company k ON k.id = c.company_id""",
            self._month(SQL("c.date")),
        )

    def _month(self, moment):
        return SQL("date_trunc('month', %s AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date", moment)

    @api.model
    def _measure(self, company, start, stop, department=None):
        """Share of files found wrong in the months that begin from `start` to `stop`: what a measure takes.

        :return: ``{"numerator": files found wrong, "denominator": files looked at, "rate" (None: too few),
            "low", "high": 95 % interval in percent, "domains": {"denominator", "numerator"}}``
        """
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", start) & Domain("date", "<=", stop)
        if department is not None:
            domain &= Domain("department_id", "=", department.id)
        files, wrong = self._read_group(domain, [], ["files:sum", "wrong:sum"])[0]
        files, wrong = files or 0, wrong or 0
        low, high = wilson(wrong, files)
        return {
            "numerator": wrong,
            "denominator": files,
            "rate": company._dcrc_rate(wrong, files),
            "low": low,
            "high": high,
            "domains": {"denominator": domain, "numerator": domain & Domain("wrong", "=", 1)},
        }
