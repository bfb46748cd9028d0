from odoo import models


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def _dcrc_link_new(self):
        """A list opens the ledger itself, with the dates that it knows."""
        if self.env.context.get("dcrc_source") == "dms" and self.env.context.get("dcrc_ledger"):
            return
        super()._dcrc_link_new()
