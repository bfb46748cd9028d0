from odoo import fields, models


class FleetVehicleModel(models.Model):
    _inherit = "fleet.vehicle.model"

    dcrc_code = fields.Char("Model code", index="btree_not_null", help="As the DMS writes it.")
