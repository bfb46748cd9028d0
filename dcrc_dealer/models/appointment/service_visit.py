from odoo import api, models


class ServiceVisit(models.Model):
    """A repair order, keyed in or from the DMS, finds its appointment (APT-5)."""

    _inherit = "dcrc.service.visit"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        appointments = self.env["dcrc.appointment"].sudo()
        appointments._link_visits(visits.sudo().filtered(lambda visit: not visit.void))
        appointments._end_no_show_calls(visits.company_id)
        return visits

    def write(self, vals):
        result = super().write(vals)
        if vals.get("date_out"):
            appointments = (
                self.env["dcrc.appointment"].sudo().search([("visit_id", "in", self.ids), ("state", "=", "arrived")])
            )
            for appointment in appointments:
                appointment.write({"state": "served", "served_on": appointment.visit_id.date_out})
        return result

    def _void_changed(self):
        """A void repair order was no service: its appointment waits for the right one (FUP-12)."""
        result = super()._void_changed()
        appointments = self.env["dcrc.appointment"].sudo()
        appointments.search([("visit_id", "in", self.filtered("void").ids)])._lose_visit()
        appointments._link_visits(self.filtered(lambda visit: not visit.void).sudo())
        return result
