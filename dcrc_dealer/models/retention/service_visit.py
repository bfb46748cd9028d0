from odoo import models


class ServiceVisit(models.Model):
    """A car that comes in is won back; one whose paper turns void did not come."""

    _inherit = "dcrc.service.visit"

    def _update_cars(self):
        result = super()._update_cars()
        cases = self.env["dcrc.retention.case"].sudo()
        waiting = cases.search([("vehicle_id", "in", self.vehicle_id.ids), ("state", "=", "open")]).vehicle_id
        if waiting:
            cases._take_visits(self.filtered(lambda visit: visit.vehicle_id in waiting))
        return result

    def _void_changed(self):
        result = super()._void_changed()
        cases = self.env["dcrc.retention.case"].sudo()
        gone = self.filtered("void")
        cases.search([("visit_id", "in", gone.ids), ("state", "=", "won")])._lose_visit()
        cases._take_visits(self - gone)
        return result
