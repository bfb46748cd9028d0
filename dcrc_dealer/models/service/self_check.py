from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of reminders and mileages (REM-1, REM-7)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "reminder_once": Check(
                "REM-7",
                self.env._("A service is reminded of once by a rule"),
                {"dcrc.followup": self._select_reminded_twice()},
            ),
            "reading_void": Check(
                "REM-1",
                self.env._("A void repair order tells no mileage"),
                {"dcrc.mileage.reading": self._select_void_reading()},
            ),
        }

    def _select_reminded_twice(self):
        return SQL(
            """SELECT MAX(f.id) AS id, f.company_id FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger IN ('first_service', 'periodic_service')
                WHERE f.base_state = 'in' AND f.state != 'cancelled'
                GROUP BY f.company_id, f.rule_id, f.vehicle_id, f.service_base_date HAVING COUNT(*) > 1"""
        )

    def _select_void_reading(self):
        return SQL(
            """SELECT m.id, m.company_id FROM dcrc_mileage_reading m
                 JOIN dcrc_service_visit v ON v.id = m.visit_id AND v.void
                WHERE m.excluded IS NULL"""
        )
