from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .followup import PAPERS

SLACK = timedelta(days=3)  # months have different lengths: look a little wider, then count exactly
MARGIN = timedelta(days=1)  # a transaction may be a while between writing and committing
EPOCH = date(1980, 1, 1)


class FollowupRule(models.Model):
    """The SQL behind a rule: which sources call for a follow-up.

    Every trigger has one method ``_find_candidates_by_<trigger>(company, days)``
    that returns a SELECT with the columns source_id, anchor_date, partner_id,
    vehicle_id, delivery_id, visit_id. ``days(column)`` gives the condition on the
    anchor day; use it on an indexed column, so that the work depends on what is
    new and due, not on the size of the file.
    """

    _inherit = "dcrc.followup.rule"

    def _get_candidates(self, company, today, until, fresh_only=True):
        """Return the SELECT of what this rule would plan at `company`, with all dates.

        Columns: those of the trigger's SELECT and company_id, date_start, date_due,
        date_expiry, occurrence, purpose, channel, priority, state ('planned').

        :param today: the dealer's day.
        :param until: last start day to look at.
        :param fresh_only: leave out what the last planning has seen already.
        """
        self.ensure_one()
        low, high = self._get_anchor_range(until, company)
        find = getattr(self, f"_find_candidates_by_{self.trigger}")
        parts = [find(company, self._condition_days(low, high))]
        if fresh_only and self.planned_until and self.planned_at:
            seen = min(self.planned_until, company._dcrc_to_local(self.planned_at).date()) - SLACK
            parts = [find(company, self._condition_days(max(low, seen), high))]
            since = self.planned_at - MARGIN
            if self.trigger != "assignment":
                parts.append(find(company, self._condition_written(low, high, since)))
        return self._add_dates(SQL(" UNION ").join(parts), company, until)

    def _get_active_from(self, company):
        """The day from which the rule holds at a dealer: its own, or that of the dealer's first list."""
        return max(self.active_from or EPOCH, company.dcrc_rules_from or EPOCH)

    def _get_anchor_range(self, until, company):
        """Days between which anchors may lie so that a follow-up starts by `until`."""
        offset = self._get_offset()
        whole = (
            offset
            + relativedelta(**{f"{self.window_unit or 'day'}s": self.window_count or 0})
            + relativedelta(days=self.expiry_days or 0)
        )
        low = self._get_active_from(company) - whole - SLACK
        return low, until - offset + SLACK

    def _condition_days(self, low, high):
        return lambda column, written: SQL("%s BETWEEN %s AND %s", column, low, high)

    def _condition_written(self, low, high, since):
        # the date is tested on an expression, so that the index on write_date is used
        return lambda column, written: SQL("%s >= %s AND (%s + 0) BETWEEN %s AND %s", written, since, column, low, high)

    def _add_dates(self, select, company, until):
        return SQL(
            """SELECT e.*, e.date_due + %(expiry)s AS date_expiry
                 FROM (SELECT d.*, %(due)s AS date_due
                         FROM (SELECT c.*, %(company)s AS company_id, %(occurrence)s::varchar AS occurrence,
                                      %(purpose)s::varchar AS purpose,
                                      %(channel)s::varchar AS channel, %(priority)s::varchar AS priority,
                                      'planned'::varchar AS state, %(start)s AS date_start
                                 FROM (%(select)s) c) d) e
                WHERE e.date_start <= %(until)s AND e.date_due + %(expiry)s >= %(active_from)s""",
            expiry=self.expiry_days or 0,
            due=self._get_due(),
            company=company.id,
            occurrence=self._get_occurrence(),
            purpose=self.purpose,
            channel=self.channel,
            priority=self.priority,
            start=self._get_start(),
            select=select,
            until=until,
            active_from=self._get_active_from(company),
        )

    def _get_start(self):
        """SQL of the first day of calling (alias c: a candidate); extension point, as `_get_dates`."""
        return SQL("(c.anchor_date + %s::interval)::date", self._get_interval())

    def _get_due(self):
        """SQL of the day until which it is to be done (alias d: a candidate with its first day); extension point."""
        return SQL("(d.date_start + %s::interval)::date", f"{self.window_count or 0} {self.window_unit or 'day'}")

    def _get_interval(self):
        """The time from the anchor to the first day of calling, as PostgreSQL's interval."""
        return _interval(self._get_offset())

    def _get_occurrence(self):
        """SQL that tells several times about one source apart (alias c: a candidate); extension point.

        A paper is followed up once by a rule, whatever its date (FUP-12); a customer's assignment
        comes again on another day.
        """
        return SQL("''") if self._is_about_paper() else SQL("c.anchor_date::text")

    def _waits_for_opening(self):
        """Whether a window that lies in closed days waits until the house opens again (extension point)."""
        return self.channel == "phone"

    def _is_about_paper(self):
        return self._get_sources().get(self.trigger) in PAPERS

    def _condition_source(self, alias):
        """The rule's own filter on the trigger's records, as SQL on their table `alias`."""
        if not self.source_domain or self.source_domain == "[]":
            return SQL("TRUE")
        self._get_source_domain()  # says in words what can't be read
        query = self._dcrc_search_chosen(self.source_model)
        return SQL("%s IN %s", SQL.identifier(alias, "id"), query.subselect())

    def _find_candidates_by_delivery(self, company, days):
        """The buyer of each delivered car (FUP-1: first and second call)."""
        return SQL(
            """SELECT s.id AS source_id, s.date AS anchor_date, s.partner_id, s.vehicle_id,
                      s.id AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_delivery s JOIN fleet_vehicle v ON v.id = s.vehicle_id
                WHERE s.company_id = %s AND s.void IS NOT TRUE AND %s AND %s""",
            company.id,
            days(SQL("s.date"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _find_candidates_by_visit(self, company, days):
        """The car's contact after each completed visit (FUP-1: third call).

        Who brought the car is asked only while no owner and no user is known.
        """
        return SQL(
            """SELECT s.id AS source_id, s.date AS anchor_date,
                      COALESCE(v.dcrc_contact_id, s.partner_id) AS partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, s.id AS visit_id
                 FROM dcrc_service_visit s JOIN fleet_vehicle v ON v.id = s.vehicle_id
                WHERE s.company_id = %s AND s.date IS NOT NULL AND s.void IS NOT TRUE AND %s AND %s""",
            company.id,
            days(SQL("s.date"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _find_candidates_by_new_car_no_visit(self, company, days):
        """The owner of a new car that has not been in the workshop since (FUP-3)."""
        return SQL(
            """%s AND NOT EXISTS (SELECT 1 FROM dcrc_service_visit w
                                   WHERE w.vehicle_id = s.vehicle_id AND w.void IS NOT TRUE
                                     AND w.date_in > s.date + 1)""",
            self._find_candidates_by_delivery(company, days),
        )

    def _find_candidates_by_service_overdue(self, company, days):
        """The contact of a car whose last visit is longer ago than its interval (FUP-3)."""
        return SQL(
            """%s AND NOT EXISTS (SELECT 1 FROM dcrc_service_visit w
                                   WHERE w.vehicle_id = s.vehicle_id AND w.void IS NOT TRUE
                                     AND w.date_in > s.date_in)""",
            self._find_candidates_by_visit(company, days),
        )

    def _find_candidates_by_assignment(self, company, days):
        """A customer newly given to a specialist (CUS-5)."""
        return SQL(
            """SELECT s.id AS source_id, s.dcrc_assigned_on AS anchor_date, s.id AS partner_id,
                      NULL::integer AS vehicle_id, NULL::integer AS delivery_id,
                      NULL::integer AS visit_id
                 FROM res_partner s
                WHERE s.company_id = %s AND s.dcrc_customer AND s.active AND %s AND %s""",
            company.id,
            days(SQL("s.dcrc_assigned_on"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _get_preview(self):
        """One sentence: what the figures on the form mean, saved or not."""
        company = (self.company_id._origin & self.env.companies) or self.env.company
        today = company._dcrc_today()
        until = today + timedelta(days=company.dcrc_plan_days)
        if not self.trigger or not self.active:
            return self.env._("An archived rule plans nothing.")
        if self.trigger in company._dcrc_triggers_off():
            return self.env._("This part of the center is switched off in the settings: the rule plans nothing.")
        try:
            candidates = self.sudo()._get_candidates(company, today, until, fresh_only=False)
        except (UserError, OverflowError) as error:
            return str(error)
        total, tomorrow, new, missed = self._count_preview(candidates, today)
        text = self.env._(
            "%(total)s follow-ups now and in the next %(days)s days, %(tomorrow)s due tomorrow;"
            " %(new)s of them are not planned yet.",
            total=total,
            days=company.dcrc_plan_days,
            tomorrow=tomorrow,
            new=new,
        )
        if not missed:
            return text
        late = self.env._(
            "%(missed)s whose time has passed would count as missed: see “In force since”.", missed=missed
        )
        return f"{text} {late}"

    def _count_preview(self, candidates, today):
        """Count (in time, due tomorrow, in time and new, too late and new) of the candidates."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FILTER (WHERE g.in_time),
                          COUNT(*) FILTER (WHERE g.date_due = %(tomorrow)s),
                          COUNT(*) FILTER (WHERE g.in_time AND g.is_new),
                          COUNT(*) FILTER (WHERE NOT g.in_time AND g.is_new)
                     FROM (SELECT f.date_due, f.date_expiry >= %(today)s AS in_time, NOT EXISTS (
                                  SELECT 1 FROM dcrc_followup x WHERE x.rule_id = %(rule)s
                                     AND x.source_model = %(model)s AND x.source_id = f.source_id
                                     AND x.occurrence = f.occurrence) AS is_new
                             FROM (%(candidates)s) f) g""",
                candidates=candidates,
                rule=self._origin.id or 0,
                model=self.source_model,
                tomorrow=today + timedelta(days=1),
                today=today,
            )
        )[0]


def _interval(delta):
    """Write a relativedelta as PostgreSQL's interval."""
    return f"{delta.years} years {delta.months} months {delta.days} days"
