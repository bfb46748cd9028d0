from odoo import models
from odoo.tools import SQL

from .followup_rule import BEFORE, NEAR_DAYS

SERVICES = {"first_service": "first", "periodic_service": "periodic"}
DAYS = {"insurance": "dcrc_insurance_end", "inspection": "dcrc_inspection_due"}


class Coverage(models.Model):
    """Coverage of what is due: services, insurance, inspection (REM-2, REM-3)."""

    _inherit = "dcrc.coverage"

    def _coverage_parts(self):
        parts = super()._coverage_parts()
        for trigger, kind in SERVICES.items():
            next_is = SQL("v.dcrc_next_service_kind = %s", kind)
            occurrence = SQL("COALESCE(v.dcrc_last_service_date::text, 'new')")
            parts[trigger] = self._coverage_cars(trigger, SQL("v.dcrc_next_service_date"), occurrence, next_is)
        for trigger, column in DAYS.items():
            day = SQL.identifier("v", column)
            parts[trigger] = self._coverage_cars(trigger, day, SQL("%s::text", day), SQL("TRUE"))
        return parts

    def _rule_delay(self):
        """Reminders are called about before the day."""
        return SQL("%s * CASE WHEN r.trigger IN %s THEN -1 ELSE 1 END", super()._rule_delay(), BEFORE)

    def _coverage_cars(self, trigger, day, occurrence, condition):
        """Days that were followed up, and the cars whose next day has no follow-up yet."""
        return SQL(
            """SELECT 'fleet.vehicle'::varchar AS source_model, g.source_id, g.company_id, g.anchor_date AS day,
                      FALSE AS void, g.occurrence, g.vehicle_id, g.partner_id
                 FROM dcrc_followup g JOIN dcrc_followup_rule u ON u.id = g.rule_id
                WHERE u.trigger = %(trigger)s AND g.occurrence NOT LIKE '%%~%%'
               UNION
               SELECT 'fleet.vehicle', v.id, v.company_id, %(day)s, FALSE, (%(occurrence)s)::varchar, v.id,
                      v.dcrc_contact_id
                 FROM fleet_vehicle v
                WHERE v.dcrc_kind = 'customer' AND v.active AND %(day)s IS NOT NULL AND %(condition)s
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup g JOIN dcrc_followup_rule u ON u.id = g.rule_id
                                   WHERE u.trigger = %(trigger)s AND g.source_model = 'fleet.vehicle'
                                     AND g.source_id = v.id
                                     AND (g.occurrence = %(occurrence)s OR g.state IN ('done', 'failed')
                                          AND ABS(g.anchor_date - %(day)s) <= %(near)s))""",
            trigger=trigger,
            day=day,
            occurrence=occurrence,
            condition=condition,
            near=NEAR_DAYS.get(trigger, -1),
        )
