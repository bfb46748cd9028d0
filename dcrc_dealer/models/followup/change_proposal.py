from odoo import models


class ChangeProposal(models.Model):
    """A confirmed change moves the calls that hang on it: planning starts at once (FUP-12)."""

    _inherit = "dcrc.change.proposal"

    def _after_accept(self):
        result = super()._after_accept()
        self.env.ref("dcrc_dealer.ir_cron_plan").sudo()._trigger()
        return result
