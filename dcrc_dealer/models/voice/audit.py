from odoo import api, models

from ..foundations.audit import AuditSheet


class Audit(models.AbstractModel):
    """Complaints and corrections, with who had them and when they were closed."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        _ = self.env._
        case = (
            "name",
            "date",
            "partner_id.name",
            ("vehicle_id.license_plate", _("Plate")),
            "source",
            "user_id.name",
            "department_id.name",
            "handed_on",
            "state",
            "closed_on",
            ("closed_by.name", _("Closed By")),
        )
        return {
            **super()._audit_sheets(),
            "complaints": AuditSheet(_("Complaints"), "dcrc.complaint", "date", (*case, "text")),
            "corrections": AuditSheet(_("Corrections"), "dcrc.correction", "date", (*case, "item", "repeat")),
        }
