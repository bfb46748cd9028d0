from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """Appointments on the customer's timeline."""

    _inherit = "dcrc.timeline"
    _depends = {
        "dcrc.appointment": [
            "start",
            "partner_id",
            "vehicle_id",
            "company_id",
            "kind_id",
            "state",
            "name",
            "items",
            "user_id",
        ]
    }

    kind = fields.Selection(selection_add=[("appointment", "Appointment")])

    def _timeline_parts(self):
        return [*super()._timeline_parts(), self._timeline_appointments()]

    def _timeline_appointments(self):
        name = self.env["dcrc.appointment.kind"]._field_to_sql("k", "name")
        return SQL(
            """SELECT a.id, a.start, 'appointment', a.partner_id, a.vehicle_id, a.company_id, %s,
                      CONCAT_WS(' · ', a.name, a.items), 'dcrc.appointment', a.id, a.user_id
                 FROM dcrc_appointment a JOIN dcrc_appointment_kind k ON k.id = a.kind_id
                WHERE a.start IS NOT NULL AND a.state NOT IN ('draft', 'cancelled')""",
            name,
        )
