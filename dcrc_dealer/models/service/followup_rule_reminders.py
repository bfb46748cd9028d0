from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools.lunar import days_with_keys

SPAN_DAYS = 400  # around today in which first services of new cars are looked for
BACK, AHEAD = 62, 124  # days around today in which birthdays and festivals are looked for


class FollowupRule(models.Model):
    """Whom reminders are for; each SELECT starts from an index on the day itself."""

    _inherit = "dcrc.followup.rule"

    def _find_candidates_by_first_service(self, company, days):
        """Cars whose first service is forecast (REM-2)."""
        return self._find_service_candidates(company, days, "first")

    def _find_candidates_by_periodic_service(self, company, days):
        """Cars whose periodic service is forecast (REM-2)."""
        return self._find_service_candidates(company, days, "periodic")

    def _find_candidates_by_past_due(self, company, days):
        """Cars past the day that their own plan and km forecast (FUP-3)."""
        return self._find_car_candidates(company, days, "dcrc_next_service_date")

    def _find_candidates_by_service_overdue(self, company, days):
        """Only cars without a forecast are told by the dealer's usual interval."""
        return SQL(
            "%s AND v.dcrc_next_service_date IS NULL", super()._find_candidates_by_service_overdue(company, days)
        )

    def _find_candidates_by_new_car_no_visit(self, company, days):
        """New cars not back; whose first service comes later than the rule's day wait for it (see `_get_start`).

        These are looked for by the day of the service, the others by that of the delivery.
        """
        usual = super()._find_candidates_by_new_car_no_visit(company, days)
        every = super()._find_candidates_by_new_car_no_visit(company, lambda column, written: SQL("TRUE"))
        own = SQL("(v.dcrc_next_service_date - %s::interval)::date", self._get_interval())
        return SQL(
            "%s UNION %s AND v.dcrc_next_service_kind = 'first' AND v.dcrc_next_service_date BETWEEN %s AND %s AND %s",
            usual,
            every,
            company._dcrc_today() - timedelta(days=SPAN_DAYS),
            company._dcrc_today() + timedelta(days=SPAN_DAYS),
            days(own, SQL("v.write_date")),
        )

    def _find_candidates_by_insurance(self, company, days):
        """Cars whose insurance ends (REM-3)."""
        return self._find_car_candidates(company, days, "dcrc_insurance_end")

    def _find_candidates_by_insurance_called(self, company, days):
        """Cars about whose insurance the desk has spoken to the customer (REM-3)."""
        return self._find_car_candidates(company, days, "dcrc_insurance_called_on")

    def _find_candidates_by_warranty_end(self, company, days):
        """Cars whose warranty ends by date or km (REM-3)."""
        return self._find_car_candidates(company, days, "dcrc_warranty_due")

    def _find_candidates_by_inspection(self, company, days):
        """Cars whose inspection by law is due (REM-3)."""
        return self._find_car_candidates(company, days, "dcrc_inspection_due")

    def _find_candidates_by_licence(self, company, days):
        """Cars whose driver's license is due (REM-3)."""
        return self._find_car_candidates(company, days, "dcrc_licence_due")

    def _find_candidates_by_birthday(self, company, days):
        """Customers on their birthday, by the calendar each goes by (REM-4)."""
        return SQL(
            """SELECT s.id AS source_id, d.day AS anchor_date, s.id AS partner_id,
                      NULL::integer AS vehicle_id, NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM %s JOIN res_partner s ON s.dcrc_birth_key = d.key AND s.company_id = %s
                WHERE s.dcrc_customer AND s.dcrc_birth_key > 0 AND s.active AND %s AND %s AND %s""",
            self._birth_days(company._dcrc_today()),
            company.id,
            self._condition_known(company),
            days(SQL("d.day"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    @api.model
    def _birth_days(self, today):
        """SQL of the days around `today` with the keys of who was born on them: ``d(day, key)``."""
        pairs = days_with_keys(today - timedelta(days=BACK), today + timedelta(days=AHEAD))
        return SQL("(VALUES %s) d(day, key)", SQL(", ").join(SQL("(%s, %s)", day, key) for day, key in pairs))

    def _find_candidates_by_holiday(self, company, days):
        """All customers on a festival; the rule's filter says which (REM-4)."""
        today = company._dcrc_today()
        start, stop = today - timedelta(days=BACK), today + timedelta(days=AHEAD)
        found = self.festival_id._get_days(start, stop) if self.festival_id else []
        values = SQL(", ").join(SQL("(%s)", day) for day in found) if found else SQL("(NULL::date)")
        return SQL(
            """SELECT s.id AS source_id, d.day AS anchor_date, s.id AS partner_id,
                      NULL::integer AS vehicle_id, NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM (VALUES %s) d(day) CROSS JOIN res_partner s
                WHERE s.company_id = %s AND s.dcrc_customer AND s.active AND %s AND %s AND %s""",
            values,
            company.id,
            self._condition_known(company),
            days(SQL("d.day"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _condition_known(self, company):
        """Nobody missed the greeting of a day (alias d) before the customer (alias s) was in the file."""
        return SQL("d.day >= (s.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", company._dcrc_tz())

    def _find_car_candidates(self, company, days, field):
        """The contact of each car whose date `field` the condition `days` names."""
        day = SQL.identifier("s", field)
        return SQL(
            """SELECT s.id AS source_id, %s AS anchor_date, s.dcrc_contact_id AS partner_id,
                      s.id AS vehicle_id, NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM fleet_vehicle s
                WHERE s.company_id = %s AND s.dcrc_kind = 'customer' AND s.active AND %s AND %s""",
            day,
            company.id,
            days(day, SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _find_service_candidates(self, company, days, kind):
        """Cars due for a first or periodic service."""
        due = self._find_car_candidates(company, days, "dcrc_next_service_date")
        return SQL("%s AND s.dcrc_next_service_kind = %s", due, kind)

    def _add_dates(self, select, company, until):
        """Draw the share of the rule before its days are counted."""
        if 0 < self.sample_percent < 100:
            select = SQL(
                """SELECT q.* FROM (%s) q
                    WHERE ('x' || SUBSTR(MD5(q.source_id::text || '/' || q.anchor_date::text), 1, 8)
                          )::bit(32)::bigint %% 100 < %s""",
                select,
                self.sample_percent,
            )
        return super()._add_dates(select, company, until)
