from odoo import api, models

from ..foundations.audit import AuditSheet


class Audit(models.AbstractModel):
    """Complaints and corrections, with who had them and when they were closed."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        case = (
            "name",
            "date",
            "partner_id.name",
            ("vehicle_id.license_plate", self.env._("Plate")),
            "source",
            "user_id.name",
            "department_id.name",
            "handed_on",
            "state",
            "closed_on",
            ("closed_by.name", self.env._("Closed By")),
        )
        return {
            **super()._audit_sheets(),
            "complaints": AuditSheet(self.env._("Complaints"), "dcrc.complaint", "date", (*case, "text")),
            "corrections": AuditSheet(self.env._("Corrections"), "dcrc.correction", "date", (*case, "item", "repeat")),
        }
