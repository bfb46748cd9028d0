from odoo import api, fields, models
from odoo.tools import SQL


class FollowupPlanner(models.AbstractModel):
    """What keeps a follow-up out of the queue, and the way into it."""

    _inherit = "dcrc.followup.planner"

    @api.model
    def _block_conditions(self, today):
        """Why a follow-up can't be done, most telling reason first.

        Extension point: return a list of ``(reason, SQL condition)``; `reason` is a
        value of `dcrc.followup.block_reason`. A condition may use the columns
        partner_id, vehicle_id, company_id, purpose, channel, anchor_date, date_start,
        state of the alias ``f`` (a candidate or a follow-up), and must use indexes.

        :param today: the dealer's day.
        """
        day = SQL("GREATEST(f.date_start, %s)", today)
        usable = SQL("""EXISTS (SELECT 1 FROM dcrc_phone t WHERE t.partner_id = f.partner_id
                                   AND t.state IN ('unverified', 'ok'))""")
        any_phone = SQL("EXISTS (SELECT 1 FROM dcrc_phone t WHERE t.partner_id = f.partner_id)")
        on_phone = SQL("f.channel IN ('phone', 'sms')")
        return [
            (
                "no_contact",
                SQL("""f.partner_id IS NULL OR NOT EXISTS (
                SELECT 1 FROM res_partner p WHERE p.id = f.partner_id AND p.active)"""),
            ),
            (
                "do_not_contact",
                SQL(
                    """EXISTS (SELECT 1 FROM dcrc_do_not_contact d
                            WHERE d.partner_id = f.partner_id AND d.active
                              AND d.channel IN ('all', f.channel) AND d.purpose IN ('all', f.purpose)
                              AND (d.vehicle_id IS NULL OR d.vehicle_id = f.vehicle_id)
                              AND d.date <= %(day)s AND (d.date_end IS NULL OR d.date_end >= %(day)s))""",
                    day=day,
                ),
            ),
            ("sold", self._condition_sold()),
            ("wrong_number", SQL("%s AND NOT %s AND %s", on_phone, usable, any_phone)),
            ("no_phone", SQL("%s AND NOT %s", on_phone, usable)),
            (
                "no_email",
                SQL("""f.channel = 'email' AND NOT EXISTS (SELECT 1 FROM res_partner p
                WHERE p.id = f.partner_id AND p.email_normalized IS NOT NULL)"""),
            ),
            ("frequency", self._condition_frequency(today)),
        ]

    def _condition_sold(self):
        """Another owner since the anchor day, or the customer has nothing to do with the car now."""
        return SQL(
            """f.vehicle_id IS NOT NULL AND (
                   EXISTS (SELECT 1 FROM dcrc_vehicle_owner o WHERE o.vehicle_id = f.vehicle_id
                              AND o.role = 'owner' AND o.date_to > f.anchor_date)
                   OR EXISTS (SELECT 1 FROM fleet_vehicle v WHERE v.id = f.vehicle_id
                                 AND v.dcrc_contact_id != f.partner_id
                                 AND v.dcrc_user_id IS DISTINCT FROM f.partner_id))"""
        )

    def _condition_frequency(self, today):
        """Marketing waits after a successful contact, unless there is a conversation to join (REM-6)."""
        return SQL(
            """f.purpose = 'marketing' AND f.state != 'open'
               AND EXISTS (SELECT 1 FROM dcrc_contact c JOIN res_company k ON k.id = c.company_id
                            WHERE c.partner_id = f.partner_id AND c.state = 'done'
                              AND c.done_day > %s - k.dcrc_contact_gap_days)
               AND NOT EXISTS (SELECT 1 FROM dcrc_contact c
                                WHERE c.partner_id = f.partner_id AND c.state = 'open')""",
            today,
        )

    def _case_reason(self, today):
        cases = [SQL("WHEN %s THEN %s", cond, why) for why, cond in self._block_conditions(today)]
        return SQL("(CASE %s ELSE NULL END)::varchar", SQL(" ").join(cases))

    def _step_review(self, company, until=None):
        """Judge again what is blocked, about to begin or open."""
        today = company._dcrc_today()
        self._cancel_came_back(company)
        self._find_missing_people(company)
        scope = SQL(
            """f.company_id = %s AND (f.state = 'open' OR (f.state = 'blocked' AND f.date_expiry >= %s)
               OR (f.state = 'planned' AND f.date_start <= %s))""",
            company.id,
            today,
            today,
        )
        return {"reviewed": self._judge(scope, today)}

    def _judge(self, scope, today):
        """Block and free the follow-ups that the SQL condition `scope` (on f) names; return how many.

        A customer on the line now is left alone, and a sold car waits for its correction.
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup g
                  SET block_reason = n.reason, write_date = %(now)s,
                      state = CASE WHEN n.reason IS NULL THEN 'planned' ELSE 'blocked' END,
                      contact_id = NULL,
                      base_state = CASE WHEN n.reason IN ('no_phone', 'wrong_number') THEN 'pending'
                                        ELSE 'in' END
                 FROM (SELECT f.id, %(reason)s AS reason FROM dcrc_followup f
                         LEFT JOIN dcrc_contact k ON k.id = f.contact_id
                        WHERE %(scope)s AND COALESCE(k.claimed_until, '-infinity') < %(now)s
                          AND NOT (f.state = 'blocked' AND f.block_reason = 'sold'
                                   AND f.base_state != 'in')) n
                WHERE g.id = n.id AND (g.block_reason IS DISTINCT FROM n.reason)""",
                now=now,
                reason=self._case_reason(today),
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
                                 AND w.date_in > f.anchor_date + 1)""",
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
            self._judge(scope, today)
            self._open(SQL("%s AND f.date_start <= %s", mine, today), company)
            contacts._close_empty(company, group)
        self.env.invalidate_all()
