from odoo import fields, models
from odoo.tools import SQL

from .res_partner import GRADES


class CustomerAnalysis(models.Model):
    """Regional customer analysis (CUS-9): a row a car, for pivot and graph."""

    _name = "dcrc.customer.analysis"
    _description = "Regional customer analysis"
    _auto = False
    _order = "id"
    _depends = {
        "fleet.vehicle": [
            "dcrc_kind",
            "active",
            "company_id",
            "dcrc_contact_id",
            "model_id",
            "dcrc_delivery_date",
            "dcrc_last_visit_date",
        ],
        "res.partner": ["city", "dcrc_grade", "dcrc_specialist_id", "dcrc_source"],
    }

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", readonly=True)
    district = fields.Char(readonly=True, help="City or district of the customer's address.")
    grade = fields.Selection(GRADES, readonly=True)
    specialist_id = fields.Many2one("res.users", readonly=True)
    source = fields.Char("Customer Source", readonly=True)
    age = fields.Integer("Age of the car (years)", readonly=True, aggregator="avg")
    activity = fields.Selection(
        [
            ("active", "Here within 6 months"),
            ("sleepy", "Here within 12 months"),
            ("lost", "Longer away"),
            ("never", "Never in the workshop"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        today = self.env.company._dcrc_today()
        return SQL(
            """SELECT v.id, v.id AS vehicle_id, p.id AS partner_id, v.company_id, v.model_id,
                      COALESCE(p.city, '–') AS district, p.dcrc_grade AS grade,
                      p.dcrc_specialist_id AS specialist_id, p.dcrc_source AS source,
                      EXTRACT(year FROM age(%(today)s::date, v.dcrc_delivery_date))::int AS age,
                      CASE WHEN v.dcrc_last_visit_date IS NULL THEN 'never'
                           WHEN v.dcrc_last_visit_date >= %(today)s::date - interval '6 months' THEN 'active'
                           WHEN v.dcrc_last_visit_date >= %(today)s::date - interval '12 months' THEN 'sleepy'
                           ELSE 'lost' END AS activity
                 FROM fleet_vehicle v
                 LEFT JOIN res_partner p ON p.id = v.dcrc_contact_id
                WHERE v.dcrc_kind = 'customer' AND v.active""",
            today=today,
        )
