from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.schedule import at, next_attempt, slot_at


class Contact(models.Model):
    """What follows from an attempt: done, again in another slot, or given up (FUP-4, FUP-5)."""

    _inherit = "dcrc.contact"

    def _check_gate(self):
        """Refuse a call about which nothing is left that the gate allows; who asked for it is called."""
        if self.is_callback or not self.followup_ids:
            return
        planner = self.env["dcrc.followup.planner"]
        question = planner._get_question(self.company_id)
        source = SQL("(SELECT * FROM dcrc_followup WHERE contact_id = %s AND state = 'open') f", self.id)
        answers = self.env["dcrc.gate"]._answer(source, SQL("f.id"), question)
        if len(answers) == len(self.followup_ids):
            answer = next(iter(answers.values()))
            raise UserError(self.env._("No call now: %(reason)s.", reason=answer.label))

    def _apply_outcome(self, call, effective):
        """Carry on after `call`; `effective`: {followup id: bool}. Return messages for the specialist."""
        self.ensure_one()
        outcome = call.outcome_id
        today = self.company_id._dcrc_today()
        # who calls us has not been tried by us
        ours = call.direction == "out"
        self.write(
            {
                "attempt_count": self.attempt_count + ours,
                "first_attempt_day": self.first_attempt_day or (ours and today),
                "last_outcome_id": outcome.id,
                "is_callback": False,
                "call_after": False,
                "claimed_by": False,
                "claimed_until": False,
            }
        )
        if outcome.asks_callback:
            return self._call_back_at(call.callback_at)
        if outcome.opens_correction:
            return self._hold_for_correction(call)
        if outcome.retry:
            return self._try_again(call)
        self.followup_ids._finish_by_call(call, effective)
        self._close("done")
        return []

    def _call_back_at(self, moment):
        """The customer named a time: it holds, whatever the calling hours say."""
        if not moment or moment <= fields.Datetime.now():
            raise UserError(self.env._("When does the customer want to be called? Choose a time to come."))
        self.write({"is_callback": True, "call_after": moment})
        return [self.env._("Call back at %(time)s.", time=self._format_local(moment))]

    def _try_again(self, call):
        """Next slot within the attempt days, else text message and failure."""
        moment = self._get_next_attempt(call)
        if moment:
            self.call_after = moment
            return [self.env._("Next attempt from %(time)s on.", time=self._format_local(moment))]
        self._give_up()
        return [self.env._("All attempts used: recorded as not reached.")]

    def _get_next_attempt(self, call):
        """UTC moment of the next attempt, or None when there is none left."""
        if self.attempt_count >= self.max_attempts:
            return None
        company = self.company_id
        local = company._dcrc_to_local(call.ended_at)
        last_day = self.first_attempt_day + timedelta(days=self.attempt_days - 1)
        used = set(self.call_ids.filtered(lambda c: c.state == "done").slot_id.ids)
        distinct = any(self.followup_ids.rule_id.mapped("distinct_slots"))
        slots = self.env["dcrc.call.slot"]
        limits = slots._get_limits(company)
        while not limits.get(last_day, True):  # a closed day is no day to try
            last_day += timedelta(days=1)
        moment = next_attempt(local, slots._get_slots(company), used, last_day, distinct, limits)
        return moment and company._dcrc_to_utc(moment)

    def _give_up(self):
        """Record the failure of those reasons that had their attempts; later comers begin anew.

        Attempts that were possible and not made are neglect: such a reason is missed (FUP-12).
        """
        self.ensure_one()
        calls = self.call_ids.filtered(lambda c: c.state == "done" and c.direction == "out")
        made = {followup: len(followup.call_ids & calls) for followup in self.followup_ids}
        fresh = self.followup_ids.filtered(lambda f: made[f] < min(f.rule_id.max_attempts, len(calls)))
        possible = self._count_possible(calls)
        outcome = self.last_outcome_id
        tried = self.followup_ids - fresh
        neglected = tried.filtered(lambda f: made[f] < min(f.rule_id.max_attempts, possible))
        (tried - neglected)._fail(outcome)
        neglected.write({"state": "missed", "done_on": fields.Datetime.now()})
        if outcome.phone_state and outcome.retry:
            calls.sorted("id")[-1:].phone_id._mark(outcome.phone_state)
        fresh.write({"state": "planned", "contact_id": False})
        self._close("failed" if tried - neglected else "missed")

    def _count_possible(self, calls):
        """How many attempts the days and slots allowed since the first one (FUP-4)."""
        first = calls.sorted("ended_at")[:1]
        if not first:
            return self.max_attempts
        slots = self.env["dcrc.call.slot"]._get_slots(self.company_id)
        last_day = self.first_attempt_day + timedelta(days=self.attempt_days - 1)
        distinct = any(self.followup_ids.rule_id.mapped("distinct_slots"))
        moment, used, count = self.company_id._dcrc_to_local(first.ended_at), {first.slot_id.id}, 1
        while count < self.max_attempts:
            moment = next_attempt(moment, slots, used, last_day, distinct)
            if not moment:
                break
            slot = slot_at(moment, slots)
            used.add(slot and slot.key)
            count += 1
            if not distinct:
                moment = at(moment.date(), slot.stop)
        return count

    def _hold_for_correction(self, call):
        """A wrong number or a sold car: hold the follow-ups it concerns until COR has its answer."""
        outcome = call.outcome_id
        if outcome.correction_item == "phone":
            if self.partner_id._dcrc_best_phone():
                return [self.env._("There is another number: call that one.")]
            self.followup_ids._hold("wrong_number", "pending")
        else:
            sold = call._get_sold_vehicles()
            self.followup_ids.filtered(lambda f: f.vehicle_id in sold)._hold("sold", "pending")
        self.invalidate_recordset(["followup_ids"])
        if not self.followup_ids:
            self._close("failed")
        return [self.env._("A correction is open; until it is closed nobody dials this number for it.")]

    def _close(self, state):
        today = self.company_id[:1]._dcrc_today()
        self.write(
            {
                "state": state,
                "done_on": fields.Datetime.now(),
                "done_day": today,
                "claimed_by": False,
                "claimed_until": False,
            }
        )

    def _close_if_empty(self):
        """Close open contacts that have nothing left to talk about."""
        self.env.flush_all()
        for company, contacts in self.grouped("company_id").items():
            self._close_empty(company, contacts.partner_id)
        self.invalidate_recordset()

    @api.model
    def _close_empty(self, company, partners=None):
        """Set-based: open contacts without an open follow-up end as missed or cancelled."""
        people = SQL("c.partner_id = ANY(%s)", partners.ids) if partners is not None else SQL("TRUE")
        now = fields.Datetime.now()
        # (state || ''): each contact's follow-ups are looked up instead of going through all
        # open ones, of which the database's statistics know nothing yet
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c
                  SET state = CASE WHEN EXISTS (SELECT 1 FROM dcrc_followup f
                                                 WHERE f.contact_id = c.id AND f.state = 'missed')
                              THEN 'missed' ELSE 'cancelled' END,
                      done_on = %(now)s, done_day = %(today)s, claimed_by = NULL, claimed_until = NULL,
                      write_date = %(now)s
                WHERE c.company_id = %(company)s AND c.state = 'open' AND %(people)s
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup f
                                   WHERE f.contact_id = c.id AND (f.state || '') = 'open')""",
                now=now,
                today=company._dcrc_today(),
                company=company.id,
                people=people,
            )
        )
        self.env.invalidate_all()

    @api.model
    def _fail_when_window_over(self, company):
        """Attempts were begun and their days are over: failure and text message, or missed (FUP-4, FUP-12)."""
        self.env.flush_all()
        self.env.invalidate_all()
        today = company._dcrc_today()
        begun = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("first_attempt_day", "<", today),
                ("is_callback", "=", False),
            ]
        )
        for contact in begun:
            last_day = contact.first_attempt_day + timedelta(days=contact.attempt_days - 1)
            if last_day < today and not contact._get_holder():
                contact._give_up()
        self.env.flush_all()
