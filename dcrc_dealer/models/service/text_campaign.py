from odoo import api, models


class TextCampaign(models.Model):
    """Ready audiences by what is due."""

    _inherit = "dcrc.text.campaign"

    @api.model
    def _get_audiences(self):
        def due(field, days):
            path = f"dcrc_vehicle_ids.{field}"
            return [(path, ">=", "today"), (path, "<=", f"today +{days}d")]

        return {
            **super()._get_audiences(),
            "service_due": (self.env._("Service due within 30 days"), due("dcrc_next_service_date", 30)),
            "inspection_due": (self.env._("Inspection due within 90 days"), due("dcrc_inspection_due", 90)),
            "insurance_due": (self.env._("Insurance ends within 60 days"), due("dcrc_insurance_end", 60)),
        }
