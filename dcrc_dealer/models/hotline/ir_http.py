from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """The web client knows from the start where the hotline is, and how this user dials."""
        info = super().session_info()
        user = self.env.user
        if user._is_internal() and user.has_group("dcrc_dealer.group_dcrc_reader"):
            dealers = user.sudo().company_ids.filtered("dcrc_dealer")
            works = user.has_group("dcrc_dealer.group_dcrc_user")
            info["dcrc_hotline"] = {
                str(dealer.id): {
                    "open": works and dealer._dcrc_has_room("hotline"),
                    "dial": dealer._dcrc_get_dial_address(user),
                }
                for dealer in dealers
            }
        return info
