from odoo import fields, models
from odoo.tools import SQL


class FileReport(models.Model):
    """Was the customer's file there in time (CUS-6)? One row a delivery, and one a car's first repair order."""

    _name = "dcrc.file.report"
    _description = "Files in time"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("rate",)
    _order = "date desc, id desc"
    _depends = {
        "dcrc.delivery": ["date", "void", "partner_id", "vehicle_id", "company_id"],
        "dcrc.service.visit": ["date_in", "void", "partner_id", "vehicle_id", "company_id"],
        "res.partner": ["create_date"],
        "res.company": ["dcrc_tz", "dcrc_file_days"],
    }

    date = fields.Date("Day of the paper", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    department = fields.Selection([("sales", "Sales"), ("service", "Service")], readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    file_day = fields.Date("File made on", readonly=True)
    papers = fields.Integer(readonly=True)
    in_time = fields.Integer("Files in time", readonly=True)
    rate = fields.Float("In time (%)", readonly=True, aggregator="avg", digits=(5, 1))

    @property
    def _table_query(self):
        return SQL(
            """SELECT s.id, s.day AS date, s.company_id, s.department, s.partner_id, s.vehicle_id, s.file_day,
                      1 AS papers, s.in_time::integer AS in_time, 100.0 * s.in_time::integer AS rate
                 FROM (SELECT p.id, p.day, p.company_id, p.department, p.partner_id, p.vehicle_id, c.file_day,
                              c.file_day <= p.day + k.dcrc_file_days AS in_time
                         FROM (%s UNION ALL %s) p
                         JOIN res_company k ON k.id = p.company_id
                         JOIN res_partner q ON q.id = p.partner_id
                         CROSS JOIN LATERAL (SELECT %s AS file_day) c) s""",
            self._select_deliveries(),
            self._select_first_visits(),
            SQL("(q.create_date AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date"),
        )

    def _select_deliveries(self):
        return SQL(
            """SELECT d.id * 2 AS id, d.date AS day, d.company_id, 'sales'::varchar AS department, d.partner_id,
                      d.vehicle_id FROM dcrc_delivery d WHERE d.void IS NOT TRUE"""
        )

    def _select_first_visits(self):
        """A car's first repair order that counts."""
        return SQL(
            """SELECT w.id * 2 + 1, (w.date_in AT TIME ZONE 'UTC' AT TIME ZONE z.dcrc_tz)::date, w.company_id,
                      'service', w.partner_id, w.vehicle_id
                 FROM dcrc_service_visit w JOIN res_company z ON z.id = w.company_id
                WHERE w.void IS NOT TRUE AND w.partner_id IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM dcrc_service_visit o
                                   WHERE o.vehicle_id = w.vehicle_id AND o.void IS NOT TRUE
                                     AND (o.date_in, o.id) < (w.date_in, w.id))"""
        )
