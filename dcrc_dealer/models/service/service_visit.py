from odoo import models


class ServiceVisit(models.Model):
    """A visit brings a reading and perhaps a service: the car is forecast anew."""

    _inherit = "dcrc.service.visit"

    def _update_cars(self):
        result = super()._update_cars()
        cars = self.vehicle_id.sudo().filtered(lambda car: not car.dcrc_forecast_dirty)
        cars.dcrc_forecast_dirty = True
        return result

    def write(self, vals):
        cars = self.vehicle_id
        result = super().write(vals)
        if not {"kind", "vehicle_id", "void"}.isdisjoint(vals):
            (cars | self.vehicle_id).sudo().dcrc_forecast_dirty = True
        return result

    def unlink(self):
        self.vehicle_id.sudo().dcrc_forecast_dirty = True
        return super().unlink()
