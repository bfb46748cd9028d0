from odoo import models


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def _dcrc_link_new(self):
        """A list opens the ledger itself, with the dates that it knows."""
        if self._dcrc_told("dcrc_source") == "dms" and self._dcrc_told("dcrc_ledger"):
            return
        super()._dcrc_link_new()
