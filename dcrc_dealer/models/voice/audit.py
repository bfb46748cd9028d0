from odoo import api, models

from ..foundations.audit import AuditSheet

CASE = (
    "name date partner_id.name vehicle_id.license_plate source user_id.name department_id.name handed_on state"
    " closed_on closed_by.name"
)


class Audit(models.AbstractModel):
    """Complaints and corrections, with who had them and when they were closed."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        labels = {"vehicle_id.license_plate": self.env._("Plate"), "closed_by.name": self.env._("Closed By")}
        return {
            **super()._audit_sheets(),
            "complaints": AuditSheet(self.env._("Complaints"), "dcrc.complaint", "date", f"{CASE} text", labels),
            "corrections": AuditSheet(
                self.env._("Corrections"), "dcrc.correction", "date", f"{CASE} item repeat", labels
            ),
        }
