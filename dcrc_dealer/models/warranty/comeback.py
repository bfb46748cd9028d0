from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Comeback(models.Model):
    """Repairs that came back within the guarantee (返修率): one row a completed repair order.

    A rate is the mean of a 1-or-0 column, so every grouping is right: comebacks that a person or the DMS has
    confirmed ÷ repair orders completed.
    """

    _name = "dcrc.comeback"
    _description = "Comeback Repairs"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("comeback_rate",)
    _order = "date desc, id desc"
    _depends = {
        "dcrc.service.visit": [
            "company_id",
            "date",
            "kind",
            "void",
            "vehicle_id",
            "partner_id",
            "adviser",
            "technician",
        ],
        "dcrc.warranty.repair": ["visit_id", "comeback_state", "comeback_of_id"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    visit_id = fields.Many2one("dcrc.service.visit", "Repair order", readonly=True)
    date = fields.Date("Completed on", readonly=True)
    kind = fields.Selection(
        lambda self: self.env["dcrc.service.visit"]._fields["kind"]._description_selection(self.env),
        "Order Type",
        readonly=True,
    )
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    partner_id = fields.Many2one("res.partner", "Brought In By", readonly=True)
    adviser = fields.Char("Service adviser", readonly=True)
    technician = fields.Char(readonly=True)
    first_technician = fields.Char("Technician of the First Repair", readonly=True)
    comeback_of_id = fields.Many2one("dcrc.service.visit", "Comes Back from", readonly=True)
    orders = fields.Integer("Repair Orders", readonly=True)
    comebacks = fields.Integer("Came Back", readonly=True)
    proposed = fields.Integer("To Confirm", readonly=True)
    comeback_rate = fields.Float("Comeback Rate (%)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """SELECT w.id, w.id AS visit_id, w.company_id, w.date, w.kind, w.vehicle_id, w.partner_id, w.adviser,
                      w.technician, f.technician AS first_technician, r.comeback_of_id, 1 AS orders,
                      (r.comeback_state IS NOT DISTINCT FROM 'confirmed')::integer AS comebacks,
                      (r.comeback_state IS NOT DISTINCT FROM 'proposed')::integer AS proposed,
                      100.0 * (r.comeback_state IS NOT DISTINCT FROM 'confirmed')::integer AS comeback_rate
                 FROM dcrc_service_visit w
                 LEFT JOIN dcrc_warranty_repair r ON r.visit_id = w.id
                 LEFT JOIN dcrc_service_visit f ON f.id = r.comeback_of_id
                WHERE w.date IS NOT NULL AND w.void IS NOT TRUE"""
        )

    @api.model
    def _measure(self, company, start, stop):
        """Comeback rate of the orders completed from day `start` to `stop`: what a measure takes.

        :return: ``{"numerator": came back, "denominator": completed, "rate" (None: too few), "proposed": waiting for
            somebody's word, "domains": {"denominator", "numerator", "proposed"}}``
        """
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", start) & Domain("date", "<=", stop)
        orders, back, proposed = self._read_group(domain, [], ["orders:sum", "comebacks:sum", "proposed:sum"])[0]
        return {
            "numerator": back or 0,
            "denominator": orders or 0,
            "rate": company._dcrc_rate(back or 0, orders or 0),
            "proposed": proposed or 0,
            "domains": {
                "denominator": domain,
                "numerator": domain & Domain("comebacks", "=", 1),
                "proposed": domain & Domain("proposed", "=", 1),
            },
        }
