from odoo import models


class Console(models.AbstractModel):
    """Today shows how many of tomorrow's appointments nobody has confirmed yet (APT-3)."""

    _inherit = "dcrc.console"

    def _get_tiles(self, domains):
        if not self.env.company._dcrc_has_room("appointment"):
            return super()._get_tiles(domains)
        to_confirm = self.env["dcrc.appointment"]._get_domains()["to_confirm"]
        label = self.env._("Appointments to confirm")
        tile = ("appointments", label, "dcrc.appointment", to_confirm, "normal")
        return [*super()._get_tiles(domains), tile]
