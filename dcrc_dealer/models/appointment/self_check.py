from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.self_check import Check
from .appointment_kind import HOLDING


class SelfCheck(models.Model):
    """What holds of appointments and their places (APT-2, APT-5)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        checks = {
            "seat": ("APT-2", self.env._("What is booked has its places, and only then"), self._select_seats()),
            "expected": ("APT-5", self.env._("Nobody is expected on a day that has passed"), self._select_expected()),
            "served": ("APT-5", self.env._("The repair order of an appointment is of its car"), self._select_visits()),
        }
        return {
            **super()._self_checks(),
            **{key: Check(rule, label, {"dcrc.appointment": rows}) for key, (rule, label, rows) in checks.items()},
        }

    def _select_seats(self):
        """To come: a place of the bay for every quarter, of the adviser at the beginning; else none outside."""
        return SQL(
            """SELECT a.id, a.company_id FROM dcrc_appointment a
                 LEFT JOIN (SELECT s.appointment_id, COUNT(*) FILTER (WHERE r.kind = 'bay') AS bay,
                                   COUNT(*) FILTER (WHERE r.kind = 'adviser') AS adviser,
                                   MIN(s.start) AS first, MAX(s.start) AS last
                              FROM dcrc_appointment_seat s
                              LEFT JOIN dcrc_appointment_resource r ON r.id = s.resource_id
                             WHERE s.start >= %(now)s GROUP BY 1) s ON s.appointment_id = a.id
                WHERE CASE WHEN a.state IN %(holding)s AND a.start >= %(now)s
                           THEN a.bay_id IS NOT NULL
                                AND COALESCE(s.bay, 0) * 15 != EXTRACT(EPOCH FROM a.stop - a.start) / 60
                                OR (a.adviser_id IS NULL) != (COALESCE(s.adviser, 0) = 0)
                                OR s.first < a.start OR s.last >= a.stop
                           WHEN a.state = 'draft' AND a.offered_until IS NOT NULL THEN FALSE
                           ELSE a.state NOT IN %(holding)s AND s.appointment_id IS NOT NULL END""",
            now=fields.Datetime.now(),
            holding=HOLDING,
        )

    def _select_expected(self):
        """Two days have passed: the evening's closing and the night's are behind them."""
        return SQL(
            """SELECT a.id, a.company_id FROM dcrc_appointment a
                WHERE a.state IN ('booked', 'confirmed', 'late') AND a.day < %s::date - 2""",
            fields.Date.today(),
        )

    def _select_visits(self):
        return SQL(
            """SELECT a.id, a.company_id FROM dcrc_appointment a JOIN dcrc_service_visit v ON v.id = a.visit_id
                WHERE a.vehicle_id != v.vehicle_id OR v.void"""
        )
