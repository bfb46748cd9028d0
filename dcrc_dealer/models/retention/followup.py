from odoo import api, models


class Followup(models.Model):
    """Contacts change what is known about a car's risk, and carry win-back cases."""

    _inherit = "dcrc.followup"

    def write(self, vals):
        result = super().write(vals)
        if not {"result", "dissatisfied"}.isdisjoint(vals) or vals.get("state") in ("done", "failed"):
            self.env["fleet.vehicle"].sudo()._dcrc_touch_lifecycle(self.vehicle_id.ids)
        if vals.get("result_reason_id"):
            self._tell_case(vals["result_reason_id"])
        return result

    def _tell_case(self, reason_id):
        """The reason a customer gave stands on the case that asked."""
        sources = self.filtered(lambda f: f.source_model == "dcrc.retention.case").mapped("source_id")
        cases = self.env["dcrc.retention.case"].sudo().browse(sources).exists()
        cases.filtered(lambda case: not case.reason_id).reason_id = reason_id

    @api.model
    def _get_reminder_triggers(self):
        return (*super()._get_reminder_triggers(), "retention_case", "at_risk")

    @api.model
    def _get_service_triggers(self):
        return (*super()._get_service_triggers(), "retention_case", "at_risk")

    def _get_placeholders(self):
        values = super()._get_placeholders()
        if self.source_model == "dcrc.retention.case":
            case = self.env["dcrc.retention.case"].sudo().browse(self.source_id).exists()
            values["item"] = case.plan_id.name or values["item"]
        return values
