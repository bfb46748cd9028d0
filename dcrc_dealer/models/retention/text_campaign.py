from odoo import api, models


class TextCampaign(models.Model):
    """Ready audiences by stage of the life cycle (RET-1)."""

    _inherit = "dcrc.text.campaign"

    @api.model
    def _get_audiences(self):
        stage = "dcrc_vehicle_ids.dcrc_stage"
        return {
            **super()._get_audiences(),
            "at_risk": (self.env._("Cars about to be lost"), [(stage, "=", "at_risk")]),
            "stage_lost": (self.env._("Lost cars"), [(stage, "=", "lost")]),
        }
