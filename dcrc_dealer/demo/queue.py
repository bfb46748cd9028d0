"""Today at a dealer: what was done this morning, what is late, who wants to be called back."""

from datetime import datetime, time, timedelta

from . import calls
from .conversation import Conversation

HOURS = 2.5  # today's calls were made in the hours before now
SHARE_DONE = 0.4


class Today:
    """Works part of the queue off, specialist by specialist."""

    def __init__(self, history, voice, specialists):
        self.history, self.voice, self.specialists = history, voice, specialists
        self.env, self.company, self.rng = history.env, history.company, history.rng
        self.now, self.today = history.now, history.today

    def prepare(self):
        """Plan with the real planner, share out what is nobody's, then make this morning's calls."""
        self.env["dcrc.followup.planner"]._plan_company(self.company)
        contacts = self.env["dcrc.contact"].search(
            [("company_id", "=", self.company.id), ("state", "=", "open")], order="date_due, id"
        )
        self._share_out(contacts)
        if len(contacts) > 12:
            contacts[-3:].write({"user_id": False})  # the pool: whoever is free takes them
        for number, user in enumerate(self.specialists):
            mine = contacts.filtered(lambda c, user=user: c.user_id == user)
            self._work(mine, first=not number)
        self.env.flush_all()

    def _share_out(self, contacts):
        """New customers of the lists get a specialist."""
        orphans = contacts.filtered(lambda c: not c.user_id)
        new = orphans.partner_id.filtered(lambda p: not p.dcrc_specialist_id)
        for number, customer in enumerate(new):
            customer.dcrc_specialist_id = self.specialists[number % len(self.specialists)]
        for contact in orphans:
            contact.user_id = contact.followup_ids.user_id = contact.partner_id.dcrc_specialist_id

    def _work(self, contacts, first):
        """Calls of one person: done ones, one failed, call-backs, and calls nobody answered."""
        if self.now - self._morning() < timedelta(minutes=15):
            return
        ready = list(contacts)
        kept = min(2, len(ready) // 3)  # what is most overdue is still to be done
        count = max(1, int(len(ready) * SHARE_DONE))
        chosen, rest = ready[kept : kept + count], ready[kept + count :]
        done = [self._converse(contact, "answered") for contact in chosen]
        for place, conversation in enumerate(done):
            conversation.upset = first and place == 0
        yesterday = self.today - timedelta(days=1)
        if len(done) > 4 and not self.history.diary.was_called(chosen[-1].partner_id, yesterday):
            done[-1] = self._converse(chosen[-1], "failed")
        self.history.record(done)
        self.voice.create_complaints([self.voice.complaint_of(c) for c in done if c.gripe])
        for place, contact in enumerate(rest[:2]):
            self._call_back(contact, place)
        for contact in rest[2:4]:
            self._unanswered(contact)

    def _converse(self, contact, end):
        """A conversation about everything that the contact carries, closed this morning."""
        moments = [self._moment()]
        outcome = end
        if end == "failed":
            outcome = "no_answer"
            yesterday = self.today - timedelta(days=1)
            hour = moments[0].hour + moments[0].minute / 60
            others = [slot for slot in calls.SLOTS if not slot[0] - 1 <= hour <= slot[1] + 1][:2]
            moments = [calls.moment(self.rng, yesterday, slot) for slot in others] + moments
        attempts = [calls.attempt(self.rng, moment, outcome) for moment in moments]
        conversation = Conversation(list(contact.followup_ids), end, attempts)
        conversation.contact = contact
        conversation.user = contact.user_id
        return conversation

    def _morning(self):
        """When today's calls began: at nine, or some hours ago if that is earlier."""
        nine = datetime.combine(self.today, time(9))
        early = max(datetime.combine(self.today, time(0, 5)), self.now - timedelta(hours=HOURS))
        return min(nine, early)

    def _moment(self):
        """A moment of this morning, before now."""
        start = max(self._morning(), self.now - timedelta(hours=HOURS * 2))
        room = (self.now - timedelta(minutes=7) - start).total_seconds()
        return start + timedelta(seconds=int(self.rng.random() * max(60, room)))

    def _call_back(self, contact, place):
        """Reached, but asked to be called later: this afternoon, or tomorrow when it is late."""
        wanted = self.now.replace(minute=0, second=0) + timedelta(hours=2 + place, minutes=30 * place)
        if wanted.date() == self.today and wanted.hour < 9:
            wanted = datetime.combine(self.today, time(9 + place, 30))
        elif wanted.date() > self.today or wanted.hour > 20:
            wanted = datetime.combine(self.today + timedelta(days=1), time(9 + place, 30))
        self._try(contact, "later", callback_at=self.history.utc(wanted.replace(microsecond=0)))
        contact.write({"is_callback": True, "call_after": self.history.utc(wanted.replace(microsecond=0))})

    def _unanswered(self, contact):
        """Nobody answered: the next attempt is in another slot."""
        call = self._try(contact, self.rng.choice(calls.VAIN))
        contact.call_after = contact._get_next_attempt(call) or False

    def _try(self, contact, outcome, **extra):
        attempt = calls.attempt(self.rng, self._moment(), outcome)
        values = self.history.prepare_call(contact, contact.followup_ids, 1, attempt)
        call = self.env["dcrc.call"].create({**values, **extra})
        contact.write(
            {"attempt_count": 1, "first_attempt_day": self.today, "last_outcome_id": self.history.outcomes[outcome].id}
        )
        return call


def open_all_day(env, company):
    """Let the demo be tried at any hour: calling hours around the usual ones."""
    slots = env["dcrc.call.slot"].search([("company_id", "=", company.id)], order="hour_from")
    gaps, hour = [], 0.0
    for slot in slots:
        if slot.hour_from > hour:
            gaps.append((hour, slot.hour_from))
        hour = slot.hour_to
    if hour < 24:
        gaps.append((hour, 24.0))
    env["dcrc.call.slot"].create(
        [{"name": "演示时段", "company_id": company.id, "hour_from": start, "hour_to": stop} for start, stop in gaps]
    )
