from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.self_check import Check
from .followup_planner import COLUMN_OF
from .followup_rule import NEAR_DAYS

# trigger: the car's day, and of services which one it is
DUE = {
    "first_service": ("dcrc_next_service_date", "first"),
    "periodic_service": ("dcrc_next_service_date", "periodic"),
    **{trigger: (column, False) for trigger, column in COLUMN_OF.items()},
}


class SelfCheck(models.Model):
    """What holds of reminders and mileages (REM-1, REM-7)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "due": Check(
                "REM-2",
                self.env._("Whatever is due of a car has its follow-up"),
                {"fleet.vehicle": rows} if (rows := self._rows_due()) else {},
            ),
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

    def _rows_due(self):
        """Cars whose turn has come, and that a rule in force about all of them has passed over."""
        rules = self.env["dcrc.followup.rule"].sudo()
        domain = [("company_id", "!=", False), ("trigger", "in", list(DUE)), ("sample_percent", "=", 100)]
        return SQL(" UNION ALL ").join(self._select_passed_over_car(rule) for rule in rules.search(domain))

    def _select_passed_over_car(self, rule):
        """One reminder of a rule and car runs at a time; the next day that is due waits for it to end."""
        company, column, kind = rule.company_id, *DUE[rule.trigger]
        day = SQL.identifier("v", column)
        window = f"{rule.window_count} {rule.window_unit}"
        return SQL(
            """SELECT v.id, v.company_id FROM fleet_vehicle v
                WHERE v.company_id = %(company)s AND v.dcrc_kind = 'customer' AND v.active
                  AND %(day)s BETWEEN %(low)s AND %(high)s AND v.write_date < %(planned)s AND %(kind)s AND %(condition)s
                  AND (%(day)s + %(offset)s::interval + %(window)s::interval)::date + %(expiry)s >= %(from)s
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup f
                                   WHERE f.rule_id = %(rule)s AND f.source_model = 'fleet.vehicle'
                                     AND f.source_id = v.id
                                     AND (f.occurrence LIKE %(occurrence)s || '%%' OR f.anchor_date = %(day)s
                                          OR f.state IN ('planned', 'blocked', 'open')
                                          OR %(near)s > 0 AND f.state IN ('done', 'failed')
                                             AND ABS(f.anchor_date - %(day)s) <= %(near)s))""",
            company=company.id,
            day=day,
            low=rule._get_anchor_range(company._dcrc_today(), company)[0],
            high=fields.Date.subtract(company._dcrc_today(), days=1) - rule._get_offset(),
            planned=company.dcrc_planned_at or None,
            kind=SQL("v.dcrc_next_service_kind = %s", kind) if kind else SQL("TRUE"),
            condition=rule._condition_source("v"),
            offset=rule._get_interval(),
            window=window,
            expiry=rule.expiry_days,
            rule=rule.id,
            occurrence=SQL("COALESCE(v.dcrc_last_service_date::text, 'new')") if kind else SQL("%s::text", day),
            near=NEAR_DAYS.get(rule.trigger, 0),
            **{"from": rule._get_active_from(company)},
        )

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
