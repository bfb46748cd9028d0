from odoo import fields, models

from .service_plan import ENERGIES


class FleetVehicleModel(models.Model):
    """Which service plan a model follows depends on its drive, which law of inspection on its kind."""

    _inherit = "fleet.vehicle.model"

    dcrc_energy = fields.Selection(
        ENERGIES, "Powertrain", help="Empty: told by each car's plate (green plates are new energy)."
    )
    dcrc_inspection_schedule_id = fields.Many2one(
        "dcrc.inspection.schedule",
        "Inspection rules",
        index="btree_not_null",
        ondelete="restrict",
        help="For models that have rules of their own, such as vans; a car's own rules go before.",
    )

    def write(self, vals):
        result = super().write(vals)
        if not {"dcrc_energy", "dcrc_inspection_schedule_id"}.isdisjoint(vals):
            self.env["fleet.vehicle"].sudo()._dcrc_touch_records("model_id", self.ids)
        return result
