from odoo import fields, models

from .service_plan import ENERGIES


class FleetVehicleModel(models.Model):
    """Which service plan a model follows depends on its drive."""

    _inherit = "fleet.vehicle.model"

    dcrc_energy = fields.Selection(
        ENERGIES, "Powertrain", help="Empty: told by each car's plate (green plates are new energy)."
    )

    def write(self, vals):
        result = super().write(vals)
        if "dcrc_energy" in vals:
            self.env["fleet.vehicle"].sudo()._dcrc_touch_records("model_id", self.ids)
        return result
