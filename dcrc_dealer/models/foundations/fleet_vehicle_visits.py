from odoo import models
from odoo.tools import SQL


class FleetVehicle(models.Model):
    """What a car knows of its visits, counted anew when one turned out wrong (FUP-12)."""

    _inherit = "fleet.vehicle"

    def _dcrc_recount_visits(self):
        """Take last visit and mileage from the visits that count (set-based)."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE fleet_vehicle v
                      SET dcrc_last_visit_date = n.last, dcrc_mileage = n.mileage, dcrc_mileage_date = n.read_on
                     FROM (SELECT c.id, MAX(s.day) AS last,
                                  (ARRAY_AGG(s.mileage ORDER BY s.day DESC, s.id DESC)
                                   FILTER (WHERE s.mileage > 0))[1] AS mileage,
                                  MAX(s.day) FILTER (WHERE s.mileage > 0) AS read_on
                             FROM fleet_vehicle c JOIN res_company k ON k.id = c.company_id
                             LEFT JOIN LATERAL (
                                  SELECT w.id, w.mileage,
                                         (w.date_in AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS day
                                    FROM dcrc_service_visit w
                                   WHERE w.vehicle_id = c.id AND w.void IS NOT TRUE) s ON TRUE
                            WHERE c.id = ANY(%s) GROUP BY c.id) n
                    WHERE v.id = n.id""",
                self.ids,
            )
        )
        self.invalidate_recordset(["dcrc_last_visit_date", "dcrc_mileage", "dcrc_mileage_date"])
