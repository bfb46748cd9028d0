from odoo import api, models


class DoNotContact(models.Model):
    """A wish holds from the moment it is noted, also for what is in the queue already."""

    _inherit = "dcrc.do.not.contact"

    @api.model_create_multi
    def create(self, vals_list):
        wishes = super().create(vals_list)
        wishes._refresh_followups()
        return wishes

    def write(self, vals):
        result = super().write(vals)
        self._refresh_followups()
        return result

    def _refresh_followups(self):
        if not self._dcrc_told("dcrc_no_refresh"):
            self.env["dcrc.followup.planner"].sudo()._refresh(self.partner_id)
