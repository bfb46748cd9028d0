from odoo import models


class IrUiMenu(models.Model):
    """Menus of a room that is off for all dealers of a user aren't shown to that user."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        dealers = self.env.user.sudo().company_ids.filtered("dcrc_dealer")
        if not dealers:
            return hidden
        for name, room in dealers._dcrc_rooms().items():
            if not any(dealer._dcrc_has_room(name) for dealer in dealers):
                menus = [self.env.ref(f"dcrc_dealer.{menu}", raise_if_not_found=False) for menu in room.menus]
                hidden += [menu.id for menu in menus if menu]
        return hidden
