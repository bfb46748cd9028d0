from odoo import api, models

from ..foundations.audit import AuditSheet


class Audit(models.AbstractModel):
    """Bookings and what became of them."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        sheet = AuditSheet(
            self.env._("Appointments"),
            "dcrc.appointment",
            "start",
            "name partner_id.name vehicle_id.license_plate kind_id.name channel user_id.name booked_on start state"
            " confirmed_on arrived_on served_on cancelled_on walk_in followup_id",
            {"vehicle_id.license_plate": self.env._("Plate"), "followup_id": self.env._("Follow-up No.")},
        )
        return {**super()._audit_sheets(), "appointments": sheet}
