"""A year of follow-ups: planned by the real planner, then done as `calls.py` draws it.

The planner itself finds what had to be done in the past year, so that planning
again finds nothing of it to do. It takes it all for missed; who was really
called, when and with what result is written here, in batches.
"""

from datetime import date, datetime, time, timedelta

from odoo.fields import Command

from . import calls
from .answers import Answers
from .conversation import WRONG, Conversation, Diary
from .reminders import Reminders
from .results import Results

ROUNDS = 3
LATE_SHARE = 0.6  # of what was due in the last days and is still to be done
TRIES = 8  # to find days on which the customer has no other contact


class History:
    """Writes what happened with the follow-ups of one dealer until yesterday."""

    def __init__(self, env, company, plot):
        rng = plot.rng
        self.env = env(context={**env.context, "allowed_company_ids": company.ids, "dcrc_no_refresh": True})
        self.company, self.rng = company, rng
        self.now = company._dcrc_now().replace(tzinfo=None)
        self.today = self.now.date()
        Outcome = self.env["dcrc.call.outcome"]
        self.outcomes = {o.code: o for o in Outcome._get_outcomes(company)}
        self.slots = self.env["dcrc.call.slot"]._get_slots(company)
        self.conversations, self._left = [], set()
        self.diary = Diary()
        self.results = Results(plot, rng)

    def live(self, days=365):
        """Let the rules hold since a year ago, plan and do everything since then.

        What customers tell of services elsewhere makes later reminders: as often as that goes on.
        """
        rules = self.env["dcrc.followup.rule"].search([("company_id", "=", self.company.id)])
        rules.write({"active_from": self.today - timedelta(days=days)})
        self.reminders = Reminders(self)
        for _round in range(ROUNDS):
            self.reminders.plan()
            self.plan()
            self.fill()
            self.forecast()
        self.send_texts()

    def get_undone(self, expiry):
        """State of a follow-up that nobody has done, as the planner leaves it."""
        return "missed" if expiry < self.today else "planned"

    def plan(self):
        """Plan what has become due by now; nothing is opened."""
        self.env["dcrc.followup.planner"]._run_step(self.company, "plan")

    def forecast(self):
        """Tonight's forecast of what has changed."""
        cars = self.env["fleet.vehicle"].search(
            [("company_id", "=", self.company.id), ("dcrc_forecast_dirty", "=", True)]
        )
        cars._dcrc_forecast()

    def fill(self, triggers=None):
        """Do what was to be done before today, of some triggers or of all."""
        followups = self.env["dcrc.followup"].search(
            [
                ("company_id", "=", self.company.id),
                ("date_start", "<", self.today),
                ("state", "in", ["missed", "planned"]),
                ("partner_id", "!=", False),
                ("channel", "=", "phone"),
                ("contact_id", "=", False),
                ("id", "not in", list(self._left)),
                *([("rule_id.trigger", "in", triggers)] if triggers else []),
            ],
            order="partner_id, date_start, id",
        )
        self.record(self.reminders.drop_served(self._converse(followups)))

    def send_texts(self):
        """Greetings of the past year went out on their morning."""
        texts = self.env["dcrc.followup"].search(
            [
                ("company_id", "=", self.company.id),
                ("channel", "=", "sms"),
                ("state", "=", "missed"),
                ("date_start", "<", self.today),
                ("base_state", "=", "in"),
            ]
        )
        for day, group in texts.grouped("date_start").items():
            morning = self.utc(datetime.combine(day, time(9, 30)))
            group.write({"state": "done", "sms_state": "sent", "sms_after": morning, "done_on": morning})

    def _converse(self, followups):
        """Group follow-ups into conversations that ended before today."""
        result, last = [], None
        for followup in followups:
            joins = (
                last
                and last.partner == followup.partner_id
                and last.attempts
                and followup.date_start <= last.attempts[0].start.date() <= followup.date_expiry
            )
            if joins:
                last.followups.append(followup)
                if last.followups[0].id in self._left:
                    self._left.add(followup.id)
                continue
            last = Conversation([followup], *self._plot(followup))
            if self._is_past(last):
                self.diary.note(last)
                result.append(last)
            elif followup.state == "missed":  # its time ended yesterday
                last = Conversation([followup], "missed", [])
                result.append(last)
            else:
                self._left.add(followup.id)
        return result

    def _plot(self, followup):
        """End and attempts of a contact on days of its own (REM-6): nobody has two contacts at a time."""
        start, days = followup.date_start, (followup.date_due - followup.date_start).days
        for _try in range(TRIES):
            end, attempts = calls.plot(self.rng, start, days)
            if end in WRONG and followup.partner_id in self.diary.wrong:
                continue  # it was put right
            if self.diary.is_free(Conversation([followup], end, attempts)):
                return end, attempts
        for later in range((followup.date_expiry - start).days + 1):
            moment = calls.moment(self.rng, start + timedelta(days=later), calls.SLOTS[0])
            attempts = [calls.attempt(self.rng, moment, "answered")]
            if self.diary.is_free(Conversation([followup], "answered", attempts)):
                return "answered", attempts
        return "missed", []

    def _is_past(self, conversation):
        """Whether it ended before today; a few that were due just now are still to be done."""
        first = conversation.followups[0]
        days_late = (self.today - first.date_due).days
        if 0 < days_late <= 3 and first.state == "planned" and self.rng.random() < LATE_SHARE:
            return False
        known = conversation.attempts or first.state == "missed"
        return bool(known) and conversation.closed.date() < self.today

    def call_again(self, followups, day):
        """Do on `day` what a new number still allows, if nothing else was done with the customer then."""
        in_time = followups.filtered(lambda f: f.date_expiry >= day)
        moment = calls.moment(self.rng, day, calls.SLOTS[1])
        again = Conversation(list(in_time), "answered", [calls.attempt(self.rng, moment, "answered")])
        again.upset = False
        if in_time and day < self.today and self.diary.is_free(again):
            self.diary.note(again)
            self.record([again])

    def record(self, conversations):
        """Write finished conversations: contacts, calls, follow-ups, answers."""
        for conversation in conversations:  # customers of this morning's lists have no specialist yet
            conversation.user = conversation.user or self.company._dcrc_specialists()[:1]
        conversations.sort(key=lambda c: c.closed)
        self._create_contacts(conversations)
        self._create_calls(conversations)
        for conversation in conversations:
            self._close_followups(conversation)
        self.env.flush_all()
        Answers(self).record(conversations)
        self._check_phones(conversations)
        self.conversations += conversations

    def utc(self, local):
        """Naive UTC of a local moment."""
        return self.company._dcrc_to_utc(local)

    def _create_contacts(self, conversations):
        new = [c for c in conversations if not c.contact]
        for conversation in conversations:
            if conversation.contact:
                conversation.contact.write(self._prepare_contact(conversation))
        vals_list = [self._prepare_contact(c) for c in new]
        for conversation, contact in zip(new, self.env["dcrc.contact"].create(vals_list), strict=True):
            conversation.contact = contact

    def _prepare_contact(self, conversation):
        attempts = conversation.attempts
        state = {"failed": "failed", "wrong": "failed", "empty": "failed", "missed": "missed"}
        return {
            "company_id": self.company.id,
            "partner_id": conversation.partner.id,
            "user_id": conversation.user.id,
            "date_due": min(f.date_due for f in conversation.followups),
            "state": state.get(conversation.end, "done"),
            "attempt_count": len(attempts),
            "first_attempt_day": attempts and attempts[0].start.date(),
            "last_outcome_id": attempts and self.outcomes[attempts[-1].outcome].id,
            "done_on": self.utc(conversation.closed),
            "done_day": conversation.closed.date(),
        }

    def _create_calls(self, conversations):
        self.env["dcrc.call"].create(
            [
                self.prepare_call(c.contact, c.followups, number, attempt)
                for c in conversations
                for number, attempt in enumerate(c.attempts, 1)
            ]
        )

    def prepare_call(self, contact, followups, number, attempt):
        """Values of a finished call of a contact."""
        hour = attempt.start.hour + attempt.start.minute / 60
        slot = next((s.key for s in self.slots if s.start <= hour < s.stop), False)
        return {
            "contact_id": contact.id,
            "company_id": self.company.id,
            "partner_id": contact.partner_id.id,
            "phone_id": contact.partner_id._dcrc_best_phone().id or contact.partner_id.dcrc_phone_ids[:1].id,
            "user_id": contact.user_id.id,
            "state": "done",
            "started_at": self.utc(attempt.start),
            "ended_at": self.utc(attempt.end),
            "slot_id": slot,
            "attempt_no": number,
            "outcome_id": self.outcomes[attempt.outcome].id,
            "note": attempt.note or False,
            "followup_ids": [Command.set([f.id for f in followups])],
        }

    def _close_followups(self, conversation):
        end, done_on = conversation.end, self.utc(conversation.closed)
        values = {
            "contact_id": conversation.contact.id,
            "done_on": done_on,
            "user_id": conversation.user.id,
            "state": "done",
            "block_reason": False,
            "base_state": "in",
        }
        if conversation.attempts:
            values["outcome_id"] = self.outcomes[conversation.attempts[-1].outcome].id
        if end in ("missed", "failed"):
            values["state"] = end
        for followup in conversation.followups:
            if end in WRONG:
                self._hold(followup)
            else:
                followup.write({**values, **self._message_states(followup, conversation)})

    def _hold(self, followup):
        """A wrong number: it waits for the correction (see `corrections.py`), which may come too late."""
        followup._hold("wrong_number", "pending")
        if followup.date_expiry < self.today:
            night = datetime.combine(followup.date_expiry + timedelta(days=1), time(0, 5))
            followup.write({"state": "missed", "done_on": self.utc(night), "user_id": followup.user_id.id})
        self._left.add(followup.id)

    def _message_states(self, followup, conversation):
        """Text message and questionnaire link of those who weren't reached or refused."""
        day = self.utc(conversation.closed)
        values = {"effective": conversation.end == "answered"}
        if conversation.end == "failed" and followup.rule_id.fallback_sms:
            values.update(sms_state="sent", sms_after=day)
        if conversation.end in ("failed", "refused") and followup.rule_id.survey_id:
            values.update(link_state="sent", link_sent_on=day + timedelta(days=1))
        return values

    def _check_phones(self, conversations):
        """What the calls have shown of the numbers."""
        days = {}
        for conversation in conversations:
            if conversation.end in ("answered", "refused"):
                phone = conversation.partner.dcrc_phone_ids[:1]
                days[phone] = max(days.get(phone, date.min), conversation.closed.date())
        for phone, day in days.items():
            phone.last_check = day
        numbers = self.env["dcrc.phone"].concat(*days)
        numbers.write({"state": "ok"})
