from odoo import models
from odoo.fields import Domain


class Console(models.AbstractModel):
    """The hotline on Today: what is open, which call back is late, who rang in vain (HOT-3)."""

    _inherit = "dcrc.console"

    def _get_tiles(self, domains):
        tiles = super()._get_tiles(domains)
        if not self.env.company._dcrc_has_room("hotline"):
            return tiles
        mine = Domain("company_id", "=", self.env.company.id)
        named = {key: mine & domain for key, domain in self.env["dcrc.hotline"]._domains().items()}
        return [
            *tiles,
            ("hotline", self.env._("Hotline open"), "dcrc.hotline", named["open"], "normal"),
            ("hotline_late", self.env._("Hotline late"), "dcrc.hotline", named["late"], "late"),
            ("hotline_missed", self.env._("Rang in vain"), "dcrc.hotline", named["missed"], "mood"),
        ]
