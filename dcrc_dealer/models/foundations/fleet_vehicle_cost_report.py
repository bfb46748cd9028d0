import re

from odoo import models
from odoo.tools import SQL


class FleetVehicleCostReport(models.Model):
    _inherit = "fleet.vehicle.cost.report"

    def init(self):
        """Leave customers' cars out of Fleet's cost report.

        Fleet crosses every car with every month, so they must go before the
        cross join: the view that Fleet has just made is taken as PostgreSQL
        prints it, and its "active" condition narrowed.
        """
        result = super().init()
        view = SQL.identifier(self._table)
        self.env.cr.execute(SQL("SELECT pg_get_viewdef(%s::regclass, true)", self._table))
        definition = self.env.cr.fetchone()[0]
        narrowed, count = re.subn(r"\bve\.active\b", "(ve.active AND ve.dcrc_kind::text = 'fleet'::text)", definition)
        if count < 2:
            raise ValueError("Fleet's cost report has changed: its two cost parts were not found.")
        self.env.cr.execute(SQL("CREATE OR REPLACE VIEW %s AS %s", view, SQL(narrowed.replace("%", "%%"))))
        return result
