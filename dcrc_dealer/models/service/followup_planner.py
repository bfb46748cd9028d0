from odoo import models
from odoo.tools import SQL

from .followup_rule import BEFORE, CYCLE, DESK_CALL

COLUMN_OF = {
    "insurance": "dcrc_insurance_end",
    "warranty_end": "dcrc_warranty_due",
    "inspection": "dcrc_inspection_due",
    "licence": "dcrc_licence_due",
}


class FollowupPlanner(models.AbstractModel):
    """Reminders are planned a month ahead and follow the days they are about."""

    _inherit = "dcrc.followup.planner"

    def _get_until(self, rule, today, until):
        """Next month's reminders are ready in the last week of this one (REM-2)."""
        until = super()._get_until(rule, today, until)
        return max(until, rule._get_list_end(today)) if rule.trigger in BEFORE else until

    def _get_further_columns(self):
        """Reminders remember which service they were counted from."""
        service = SQL(
            """(SELECT v.dcrc_last_service_date FROM fleet_vehicle v JOIN dcrc_followup_rule r ON r.id = ready.rule_id
                 WHERE v.id = ready.vehicle_id AND r.trigger IN %s)""",
            CYCLE,
        )
        return {**super()._get_further_columns(), "service_base_date": service}

    def _step_follow(self, company, until=None):
        """A reminder for a day that was corrected makes room first, so that the right one is planned tonight."""
        figures = super()._step_follow(company, until)
        self._cancel_rows(company, "date_changed", self._select_renewed())
        self._cancel_found(self._query_other_birthdays(company), "date_changed")
        return figures

    def _cancel_came_back(self, company):
        result = super()._cancel_came_back(company)
        self._cancel_rows(company, "came_back", self._select_served())
        self._follow_forecast(company)
        return result

    def _cancel_rows(self, company, reason, condition):
        """Call off reminders (f, rule r, car v) that a condition says are settled."""
        query = SQL(
            """SELECT f.id FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
                 JOIN fleet_vehicle v ON v.id = f.vehicle_id
                WHERE f.company_id = %s AND f.state IN ('planned', 'blocked', 'open')
                  AND f.source_model = 'fleet.vehicle' AND (%s)""",
            company.id,
            condition,
        )
        self._cancel_found(query, reason)

    def _query_other_birthdays(self, company):
        """Greetings for a day that is no longer the customer's birthday."""
        return SQL(
            """SELECT f.id FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger = 'birthday'
                 JOIN res_partner p ON p.id = f.partner_id
                WHERE f.company_id = %s AND f.state IN ('planned', 'blocked', 'open') AND f.anchor_date >= %s
                  AND NOT EXISTS (SELECT 1 FROM %s WHERE d.day = f.anchor_date AND d.key = p.dcrc_birth_key)""",
            company.id,
            company._dcrc_today(),
            self.env["dcrc.followup.rule"]._birth_days(company._dcrc_today()),
        )

    def _cancel_found(self, query, reason):
        rows = self.env.execute_query(query)
        if rows:
            self.env["dcrc.followup"].sudo().browse([row[0] for row in rows])._cancel(reason)
            self.env.flush_all()

    def _select_served(self):
        """The car had its service (here or elsewhere) since the reminder was planned."""
        return SQL(
            """r.trigger IN %s AND v.dcrc_last_service_date IS DISTINCT FROM f.service_base_date
               AND v.dcrc_last_service_date IS NOT NULL""",
            CYCLE,
        )

    def _select_renewed(self):
        """The deadline that the reminder is about has another day now; the desk's call did not take place."""
        conditions = [
            SQL("r.trigger = %s AND %s IS DISTINCT FROM f.anchor_date", name, SQL.identifier("v", column))
            for name, column in COLUMN_OF.items()
        ]
        conditions.append(SQL("r.trigger = %s AND v.dcrc_insurance_called_on IS NULL", DESK_CALL))
        return SQL(" OR ").join(conditions)

    def _follow_forecast(self, company):
        """Service reminders that nobody has begun or moved keep to the forecast's new day."""
        rules = (
            self.env["dcrc.followup.rule"].sudo().search([("company_id", "=", company.id), ("trigger", "in", CYCLE)])
        )
        for rule in rules:
            self.env.cr.execute(self._query_follow(rule))

    def _query_follow(self, rule):
        start = SQL("(v.dcrc_next_service_date + %s::interval)::date", rule._get_interval())
        due = SQL("(%s + %s::interval)::date", start, f"{rule.window_count} {rule.window_unit}")
        return SQL(
            """UPDATE dcrc_followup f
                  SET anchor_date = v.dcrc_next_service_date, date_start = %(start)s, date_due = %(due)s,
                      date_expiry = %(due)s + %(expiry)s, write_date = %(now)s
                 FROM fleet_vehicle v
                WHERE v.id = f.vehicle_id AND f.rule_id = %(rule)s AND f.state IN ('planned', 'blocked')
                  AND f.contact_id IS NULL AND NOT COALESCE(f.is_moved, FALSE)
                  AND v.dcrc_next_service_date != f.anchor_date""",
            start=start,
            due=due,
            expiry=rule.expiry_days,
            rule=rule.id,
            now=self.env.cr.now(),
        )
