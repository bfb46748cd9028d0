from odoo import fields, models


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    dcrc_appointment_ids = fields.One2many(
        "dcrc.appointment", "vehicle_id", "Appointments", groups="dcrc_dealer.group_dcrc_reader"
    )

    def action_dcrc_book(self):
        """Button: book an appointment for this car."""
        self.ensure_one()
        params = {"vehicle_id": self.id, "partner_id": self.dcrc_contact_id.id}
        return self.env["dcrc.appointment"]._get_booking_action(params)
