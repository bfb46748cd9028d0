from odoo import models


class ServiceVisit(models.Model):
    """A car that comes in is won back."""

    _inherit = "dcrc.service.visit"

    def _update_cars(self):
        result = super()._update_cars()
        cases = self.env["dcrc.retention.case"].sudo()
        waiting = cases.search([("vehicle_id", "in", self.vehicle_id.ids), ("state", "=", "open")]).vehicle_id
        if waiting:
            cases._take_visits(self.filtered(lambda visit: visit.vehicle_id in waiting))
        return result
