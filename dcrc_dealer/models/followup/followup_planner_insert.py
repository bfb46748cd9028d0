import logging

import psycopg2

from odoo import fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
COLUMNS = SQL(
    "rule_id, source_model, source_id, company_id, partner_id, vehicle_id, delivery_id, visit_id,"
    " purpose, channel, priority, occurrence, anchor_date, date_start, date_due, date_expiry, user_id"
)


class FollowupPlanner(models.AbstractModel):
    """From rules to rows: the candidates of all rules are judged and inserted by one statement."""

    _inherit = "dcrc.followup.planner"

    def _plan_rule(self, rule, company, today, until):
        """Plan one rule; rows as of `_plan_rules`, None when the rule cannot be planned."""
        rows, planned = self._plan_rules(rule, company, today, until)
        return rows if planned else None

    def _plan_rules(self, rules, company, today, until):
        """Insert what `rules` call for; one that cannot be planned keeps no other from it.

        :param until: last start day to look at (a rule may look further: `_get_until`).
        :return: ``([(id, state, block reason, rule id, contact id)], the rules that could be planned)``
        """
        selects, planned = [], rules.browse()
        shift = self._shift_closed(self._get_closed_runs(company))
        for rule in rules:
            try:
                selects.append(self._select_rule(rule, company, self._get_until(rule, today, until), shift))
                planned += rule
            except Exception as error:
                self._note_problem(rule, error)
        if not selects:
            return [], planned
        try:
            with self.env.cr.savepoint(flush=False):
                return self.env.execute_query(self._query_insert(selects, company, today)), planned
        except psycopg2.errors.OperationalError:
            raise
        except Exception as error:
            if len(planned) == 1:
                self._note_problem(planned, error)
                return [], rules.browse()
        parts = [self._plan_rules(rule, company, today, until) for rule in planned]
        done = rules.browse().concat(*(planned for _rows, planned in parts))
        return [row for rows, _planned in parts for row in rows], done

    def _get_until(self, rule, today, until):
        """Extension point: how far ahead this rule is planned."""
        return until

    def _select_rule(self, rule, company, until, shift=None):
        """Candidates of a rule with what a follow-up and a contact need of it.

        :param shift: SQL of the days by which closed days move a window (see `_shift_closed`).
        """
        shift = shift if shift and rule._waits_for_opening() else SQL("0")
        shift = SQL("%s + %s", shift, self._spread_first(rule, company))
        return SQL(
            """SELECT %(rule)s AS rule_id, %(model)s::varchar AS source_model, f.source_id, f.company_id,
                      f.partner_id, f.vehicle_id, f.delivery_id, f.visit_id, f.purpose, f.channel,
                      f.priority, f.occurrence, f.anchor_date,
                      f.date_start + y.shift AS date_start, f.date_due + y.shift AS date_due,
                      f.date_expiry + y.shift AS date_expiry, f.state,
                      %(responsible)s::varchar AS responsible, %(person)s::integer AS person_id,
                      %(attempts)s AS max_attempts, %(days)s AS attempt_days
                 FROM (%(candidates)s) f CROSS JOIN LATERAL (SELECT %(shift)s AS shift) y""",
            candidates=rule._get_candidates(company, company._dcrc_today(), until),
            shift=shift,
            rule=rule.id,
            model=rule.source_model,
            responsible=rule.responsible,
            person=rule.user_id.id or None,
            attempts=rule.max_attempts,
            days=rule.attempt_days,
        )

    def _spread_first(self, rule, company):
        """SQL of the days by which reminders due at once wait when a dealer begins (alias f: a candidate).

        Calls about papers have their days; what recurs by car or customer is shared among weeks.
        """
        weeks, since = company.dcrc_spread_weeks, company.dcrc_rules_from
        if not (weeks and since) or rule._is_about_paper():
            return SQL("0")
        return SQL("CASE WHEN f.date_start <= %s THEN f.source_id %% %s ELSE 0 END", since, weeks * 7)

    def _query_insert(self, selects, company, today):
        """Judge and insert; calls that may begin today open their contact in the same breath."""
        further, gate = self._get_further_columns(), self.env["dcrc.gate"]
        return SQL(
            """WITH f AS MATERIALIZED (
                   SELECT u.* FROM (%(selects)s) u
                    WHERE NOT EXISTS (SELECT 1 FROM dcrc_followup x
                                       WHERE x.rule_id = u.rule_id AND x.source_model = u.source_model
                                         AND x.source_id = u.source_id AND x.occurrence = u.occurrence)),
               judged AS MATERIALIZED (
                   SELECT f.*, %(reason)s AS reason,
                          CASE f.responsible WHEN 'user' THEN f.person_id WHEN 'specialist' THEN
                              (SELECT u.id FROM res_partner p JOIN res_users u ON u.id = p.dcrc_specialist_id
                                WHERE p.id = f.partner_id AND u.active) END AS user_id
                     FROM f),
               ready AS MATERIALIZED (
                   SELECT j.*, date_expiry < %(today)s AND COALESCE(reason, '') NOT IN %(excused)s AS missed,
                          %(at_once)s AND reason IS NULL AND ended IS NULL AND channel = 'phone'
                          AND date_start <= %(today)s AND date_expiry >= %(today)s AS opens
                     FROM (SELECT e.*, %(ended)s AS ended FROM judged e) j),
               contacts AS (%(contacts)s RETURNING id, partner_id),
               people AS (SELECT id, partner_id FROM contacts
                          UNION ALL SELECT c.id, c.partner_id FROM dcrc_contact c
                           WHERE c.company_id = %(company)s AND c.state = 'open'
                             AND c.partner_id IN (SELECT partner_id FROM ready WHERE opens))
               INSERT INTO dcrc_followup (%(columns)s, contact_id, block_reason, state, base_state, done_on,
                                          cancel_reason_id, exit_source, exit_found_by, exit_on,
                                          create_uid, create_date, write_uid, write_date%(further)s)
               SELECT %(ready_columns)s, %(ends)s,
                      %(uid)s, %(now)s, %(uid)s, %(now)s%(values)s
                 FROM ready LEFT JOIN people k ON ready.opens AND k.partner_id = ready.partner_id
                ORDER BY rule_id, source_id
               ON CONFLICT DO NOTHING
               RETURNING id, state, block_reason, rule_id, contact_id""",
            selects=SQL(" UNION ALL ").join(selects),
            reason=gate._case(self._get_question(company)),
            excused=gate._get_excused(),
            ended=self._case_ended(company, today),
            ends=self._select_ends(company),
            at_once=bool(self._dcrc_told("dcrc_open_at_once")),
            contacts=self._query_contacts(SQL("ready f WHERE f.opens"), company),
            columns=COLUMNS,
            ready_columns=SQL(str(COLUMNS.code).replace("partner_id", "ready.partner_id", 1)),
            company=company.id,
            today=today,
            now=fields.Datetime.now(),
            uid=self.env.uid,
            further=SQL().join(SQL(", %s", SQL.identifier(name)) for name in further),
            values=SQL().join(SQL(", %s", value) for value in further.values()),
        )

    def _select_ends(self, company):
        """State, base and end of a follow-up to be (alias ready, its open contact k), as columns of the INSERT."""
        return SQL(
            """k.id, CASE WHEN ended IS NULL THEN reason END,
                      CASE WHEN ended IN ('car_archived', 'customer_archived') THEN 'cancelled'
                           WHEN missed THEN 'missed' WHEN reason IS NOT NULL THEN 'blocked'
                           WHEN k.id IS NOT NULL THEN 'open' ELSE 'planned' END,
                      CASE WHEN ended = 'came_late' THEN %(late_base)s WHEN ended IS NOT NULL THEN 'pending'
                           WHEN reason IN %(correctable)s THEN 'pending' ELSE 'in' END,
                      CASE WHEN missed OR ended IS NOT NULL THEN %(now)s END,
                      (SELECT q.id FROM dcrc_reason q WHERE q.code = ended),
                      CASE WHEN ended = 'came_late' THEN 'list' WHEN ended IS NOT NULL THEN 'person' END,
                      CASE ended WHEN 'car_archived' THEN (SELECT a.write_uid FROM fleet_vehicle a
                                                            WHERE a.id = vehicle_id)
                                 WHEN 'customer_archived' THEN (SELECT a.write_uid FROM res_partner a
                                                                 WHERE a.id = ready.partner_id) END,
                      CASE WHEN ended IS NOT NULL THEN %(now)s END""",
            correctable=self.env["dcrc.gate"]._get_correctable(),
            late_base="in" if company.dcrc_late_in_base else "out",
            now=fields.Datetime.now(),
        )

    def _case_ended(self, company, today):
        """Why a follow-up is over before it began (alias e: a judged candidate); it stands there with its reason.

        A car or customer archived before planning; a paper whose list came after the last day for it.
        """
        came = SQL("(x.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date > e.date_expiry", company._dcrc_tz())
        return SQL(
            """CASE WHEN EXISTS (SELECT 1 FROM fleet_vehicle x WHERE x.id = e.vehicle_id AND NOT x.active)
                    THEN 'car_archived'
                    WHEN EXISTS (SELECT 1 FROM res_partner x WHERE x.id = e.partner_id AND NOT x.active)
                    THEN 'customer_archived'
                    WHEN e.date_expiry < %(today)s AND COALESCE(e.reason, '') NOT IN %(excused)s AND (
                         EXISTS (SELECT 1 FROM dcrc_delivery x WHERE x.id = e.delivery_id AND %(came)s)
                         OR EXISTS (SELECT 1 FROM dcrc_service_visit x WHERE x.id = e.visit_id AND %(came)s))
                    THEN 'came_late' END""",
            today=today,
            excused=self.env["dcrc.gate"]._get_excused(),
            came=came,
        )

    def _get_further_columns(self):
        """Extension point: ``{column of a follow-up: SQL}``; alias ``ready`` has rule_id, partner_id, vehicle_id."""
        return {}

    def _query_contacts(self, source, company):
        """INSERT of the open contacts that customers of `source` lack (REM-6).

        Where the gate says that the day has had its contact, the next one waits for tomorrow.

        :param source: SQL after FROM; alias f has company_id, partner_id, date_due, priority,
            user_id, max_attempts, attempt_days.
        """
        today = company._dcrc_today()
        question = self._get_contact_question(company, "f")
        return SQL(
            """INSERT INTO dcrc_contact (
                   company_id, partner_id, state, date_due, priority, user_id, attempt_count,
                   max_attempts, attempt_days, is_callback, call_after,
                   create_uid, create_date, write_uid, write_date)
               SELECT f.company_id, f.partner_id, 'open', MIN(f.date_due), MAX(f.priority),
                      (ARRAY_AGG(f.user_id ORDER BY f.user_id IS NULL, f.priority DESC, f.date_due))[1],
                      0, MAX(f.max_attempts), MAX(f.attempt_days), FALSE,
                      CASE WHEN %(peace)s THEN %(tomorrow)s::timestamp END,
                      %(uid)s, %(now)s, %(uid)s, %(now)s
                 FROM %(source)s
                GROUP BY f.company_id, f.partner_id ORDER BY f.partner_id
               ON CONFLICT (company_id, partner_id) WHERE state = 'open' DO NOTHING""",
            source=source,
            peace=self.env["dcrc.gate"]._passing(question),
            tomorrow=company._dcrc_day_bounds(today)[1],
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _note_planned(self, rules, company, until, started):
        """Remember up to which day these rules have been considered, and when."""
        if not rules:
            return
        today = company._dcrc_today()
        seen = [(rule.id, rule._get_anchor_range(self._get_until(rule, today, until), company)[1]) for rule in rules]
        values = SQL(", ").join(SQL("(%s, %s)", rule_id, day) for rule_id, day in seen)
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup_rule r SET planned_until = v.day, planned_at = %s, problem = NULL
                 FROM (VALUES %s) v(id, day) WHERE r.id = v.id""",
                started,
                values,
            )
        )

    def _note_problem(self, rule, error):
        _logger.warning("rule %s (%s) cannot be planned: %s", rule.id, rule.name, error)
        text = str(error).strip().splitlines()[0]
        self.env.cr.execute(SQL("UPDATE dcrc_followup_rule SET problem = %s WHERE id = %s", text, rule.id))
