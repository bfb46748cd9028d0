from odoo import fields, models


class FleetVehicle(models.Model):
    """What of a customer's car leads to its people (see `Base` for the marks)."""

    _inherit = "fleet.vehicle"

    license_plate = fields.Char(dcrc_personal="about")
    vin_sn = fields.Char(dcrc_personal="about")
    dcrc_engine_number = fields.Char(dcrc_personal="about")
    dcrc_policy_no = fields.Char(dcrc_personal="about")
