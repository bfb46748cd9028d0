from odoo import api, models

from ..followup.followup_sender import BATCH


class FollowupSender(models.AbstractModel):
    """Before texts go out, greetings that nobody made by phone become texts (REM-4)."""

    _inherit = "dcrc.followup.sender"

    @api.model
    def _send_texts(self, company, limit=BATCH):
        if self.env["dcrc.contact"]._slot_now(company):
            self.env["dcrc.followup"]._text_uncalled(company)
            self.env["dcrc.followup"]._greet_belated(company)
        return super()._send_texts(company, limit)
