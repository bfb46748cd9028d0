from odoo import fields, models


class Console(models.AbstractModel):
    """The call screen knows when each car is due."""

    _inherit = "dcrc.console"

    def _prepare_car(self, car, visit):
        day = fields.Date.to_string
        return {
            **super()._prepare_car(car, visit),
            "next_service": day(car.dcrc_next_service_date),
            "next_service_low": day(car.dcrc_next_service_low),
            "next_service_high": day(car.dcrc_next_service_high),
            "next_service_km": car.dcrc_next_service_km,
            "next_service_label": car.sudo().dcrc_next_step_id.display_name or "",
            "inspection_due": day(car.dcrc_inspection_due),
        }
