from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.gate import Question


class FollowupPlanner(models.AbstractModel):
    """What keeps a follow-up out of the queue, and the way into it."""

    _inherit = "dcrc.followup.planner"

    @api.model
    def _get_question(self, company):
        """What to ask the gate about candidates or follow-ups `f` of `company`."""
        triggers = self.env["dcrc.followup"]._get_inviting_triggers()
        asked = (
            self.env["dcrc.followup.rule"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("trigger", "in", self.env["dcrc.followup.rule"]._get_asked_triggers()),
                ]
            )
        )
        invites = SQL(
            "EXISTS (SELECT 1 FROM dcrc_followup_rule i WHERE i.id = f.rule_id AND i.trigger IN %s)", triggers
        )
        return Question(
            company=company,
            partner=SQL("f.partner_id"),
            vehicle=SQL("f.vehicle_id"),
            channel=SQL("f.channel"),
            purpose=SQL("f.purpose"),
            day=SQL("GREATEST(f.date_start, %s)", company._dcrc_today()),
            since=SQL("f.anchor_date"),
            invites=invites if triggers else SQL("FALSE"),
            joins=SQL("(f.state = 'open')"),
            asked=SQL("(f.rule_id = ANY(%s))", asked.ids) if asked else SQL("FALSE"),
        )

    @api.model
    def _get_contact_question(self, company, alias):
        """What to ask about a call to the customer of `alias` today, whatever it is about."""
        return Question(
            company=company,
            partner=SQL.identifier(alias, "partner_id"),
            vehicle=SQL("NULL::integer"),
            channel=SQL("'phone'"),
            purpose=SQL("'care'"),
            day=SQL("%s::date", company._dcrc_today()),
        )

    def _step_review(self, company, until=None):
        """Judge again what is blocked, about to begin or open."""
        today = company._dcrc_today()
        self._follow_calendar(company)
        self._cancel_came_back(company)
        self._find_missing_people(company)
        scope = SQL(
            """f.company_id = %s AND (f.state = 'open' OR (f.state = 'blocked' AND f.date_expiry >= %s)
               OR (f.state = 'planned' AND f.date_start <= %s))""",
            company.id,
            today,
            today,
        )
        return {"reviewed": self._judge(scope, company)}

    def _judge(self, scope, company):
        """Block and free the follow-ups that the SQL condition `scope` (on f) names; return how many.

        A customer on the line now is left alone, and a sold car waits for its correction.
        """
        now = fields.Datetime.now()
        gate = self.env["dcrc.gate"]
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup g
                  SET block_reason = n.reason, write_date = %(now)s,
                      state = CASE WHEN n.reason IS NULL THEN 'planned' ELSE 'blocked' END,
                      contact_id = NULL,
                      base_state = CASE WHEN n.reason IN %(correctable)s THEN 'pending' ELSE 'in' END
                 FROM (SELECT f.id, %(reason)s AS reason FROM dcrc_followup f
                         LEFT JOIN dcrc_contact k ON k.id = f.contact_id
                        WHERE %(scope)s AND COALESCE(k.claimed_until, '-infinity') < %(now)s
                          AND NOT (f.state = 'blocked' AND f.block_reason = 'sold'
                                   AND f.base_state != 'in')) n
                WHERE g.id = n.id AND (g.block_reason IS DISTINCT FROM n.reason)""",
                now=now,
                reason=gate._case(self._get_question(company)),
                correctable=gate._get_correctable(),
                scope=scope,
            )
        )
        return self.env.cr.rowcount

    def _find_missing_people(self, company):
        """A car's contact may have become known since its follow-up was planned."""
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup f SET partner_id = v.dcrc_contact_id
                 FROM fleet_vehicle v
                WHERE f.company_id = %s AND f.state = 'blocked' AND f.block_reason = 'no_contact'
                  AND v.id = f.vehicle_id AND v.dcrc_contact_id IS NOT NULL""",
                company.id,
            )
        )

    def _cancel_came_back(self, company):
        """A lost customer whose car came in is no longer lost (FUP-3)."""
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
                WHERE f.company_id = %s AND f.state IN ('planned', 'blocked', 'open')
                  AND r.trigger IN ('new_car_no_visit', 'service_overdue')
                  AND EXISTS (SELECT 1 FROM dcrc_service_visit w WHERE w.vehicle_id = f.vehicle_id
                                 AND w.void IS NOT TRUE AND w.date_in > f.anchor_date + 1)""",
                company.id,
            )
        )
        if rows:
            self.env["dcrc.followup"].sudo().browse([row[0] for row in rows])._cancel("came_back")
            self.env.flush_all()

    def _step_open(self, company, until=None):
        """Everything whose day has come joins its customer's one open contact (REM-6)."""
        today = company._dcrc_today()
        opened = self._open(SQL("f.company_id = %s AND f.date_start <= %s", company.id, today), company)
        self._queue_texts(company, today)
        return {"opened": opened}

    def _open(self, scope, company):
        """Open the planned calls within `scope`; who was spoken to or tried in vain today has peace."""
        due = SQL("f.state = 'planned' AND f.channel = 'phone' AND %s", scope)
        source = SQL(
            """(SELECT f.*, r.max_attempts, r.attempt_days FROM dcrc_followup f
                  JOIN dcrc_followup_rule r ON r.id = f.rule_id WHERE %s) f""",
            due,
        )
        self.env.cr.execute(self._query_contacts(source, company))
        rows = self.env.execute_query(
            SQL(
                """UPDATE dcrc_followup f SET state = 'open', contact_id = c.id, write_date = %(now)s
                 FROM dcrc_contact c
                WHERE %(due)s AND c.company_id = f.company_id AND c.partner_id = f.partner_id
                  AND (c.state || '') = 'open' RETURNING f.contact_id""",
                due=due,
                now=fields.Datetime.now(),
            )
        )
        self._sum_up({row[0] for row in rows})
        return len(rows)

    def _sum_up(self, contact_ids):
        """Carry due day, priority and person of the follow-ups over to their contacts."""
        if not contact_ids:
            return
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c SET date_due = s.due, priority = s.priority,
                      user_id = COALESCE(c.user_id, s.user_id)
                 FROM (SELECT f.contact_id, MIN(f.date_due) AS due, MAX(f.priority) AS priority,
                              (ARRAY_AGG(f.user_id ORDER BY f.user_id IS NULL, f.priority DESC))[1] AS user_id
                         FROM dcrc_followup f
                        WHERE f.contact_id = ANY(%(ids)s) AND f.state = 'open' GROUP BY f.contact_id) s
                WHERE c.id = s.contact_id
                  AND (c.date_due, c.priority) IS DISTINCT FROM (s.due, s.priority)""",
                ids=list(contact_ids),
            )
        )

    def _queue_texts(self, company, today):
        """Text messages, and questionnaires by e-mail, need no call: they wait for the sender."""
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup
                  SET state = 'open', sms_after = %s,
                      sms_state = CASE WHEN channel = 'sms' THEN 'queued' ELSE sms_state END,
                      link_state = CASE WHEN channel = 'email' THEN 'due' ELSE link_state END
                WHERE company_id = %s AND state = 'planned' AND channel IN ('sms', 'email')
                  AND date_start <= %s""",
                fields.Datetime.now(),
                company.id,
                today,
            )
        )

    @api.model
    def _refresh(self, partners):
        """Judge the follow-ups of `partners` again at once, and open what may begin now.

        For what can't wait for the night: a wish not to be called, a number found
        wrong, a new number.
        """
        partners = partners.sudo()
        self.env.flush_all()
        contacts = self.env["dcrc.contact"].sudo()
        for company, group in partners.grouped("company_id").items():
            if not company:
                continue
            today = company._dcrc_today()
            mine = SQL("f.company_id = %s AND f.partner_id = ANY(%s)", company.id, group.ids)
            scope = SQL(
                """%s AND (f.state IN ('planned', 'open')
                           OR (f.state = 'blocked' AND f.date_expiry >= %s))""",
                mine,
                today,
            )
            self._judge(scope, company)
            self._open(SQL("%s AND f.date_start <= %s", mine, today), company)
            self._give_peace(company, group)
            contacts._close_empty(company, group)
        self.env.invalidate_all()

    def _give_peace(self, company, partners):
        """Open contacts of `partners` wait for tomorrow where the gate says that today has had its call."""
        tomorrow = company._dcrc_day_bounds(company._dcrc_today())[1]
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact k SET call_after = %(tomorrow)s
                WHERE k.company_id = %(company)s AND k.state = 'open' AND k.partner_id = ANY(%(ids)s)
                  AND NOT k.is_callback AND COALESCE(k.claimed_until, '-infinity') < %(now)s
                  AND COALESCE(k.call_after, '-infinity') < %(tomorrow)s AND %(peace)s""",
                tomorrow=tomorrow,
                company=company.id,
                ids=partners.ids,
                now=fields.Datetime.now(),
                peace=self.env["dcrc.gate"]._passing(self._get_contact_question(company, "k")),
            )
        )
