"""A conversation of the past, and the days on which each customer had one."""

from datetime import datetime, time, timedelta

WRONG = ("wrong", "empty")  # ends that open a correction of the number
CORRECTION_DAYS = 4  # so long nobody dials a number that was found wrong


class Conversation:
    """Follow-ups of one customer that one contact was about."""

    def __init__(self, followups, end, attempts):
        self.followups, self.end, self.attempts = followups, end, attempts
        self.partner = followups[0].partner_id if followups else None
        self.user = followups[0].user_id if followups else None
        self.gripe = self.contact = None
        self.upset = None  # None: chance decides whether there is something to complain about

    @property
    def closed(self):
        """Local moment of the last attempt's end; missed ones close at night."""
        if self.attempts:
            return self.attempts[-1].end
        night = max(f.date_expiry for f in self.followups) + timedelta(days=1)
        return datetime.combine(night, time(0, 5))


class Diary:
    """Days of each customer's contacts: one at a time (REM-6). ``wrong``: whose number was found wrong."""

    def __init__(self):
        self._days, self.wrong = {}, set()

    def _get_days(self, conversation):
        """First and last day that belong to a contact; a wrong number is left alone for a while."""
        wait = CORRECTION_DAYS if conversation.end in WRONG else 0
        return conversation.attempts[0].start.date(), conversation.closed.date() + timedelta(days=wait)

    def is_free(self, conversation):
        """Whether the customer has no other contact on its days."""
        if not conversation.attempts:
            return True
        first, last = self._get_days(conversation)
        return all(last < start or stop < first for start, stop in self._days.get(conversation.partner, ()))

    def note(self, conversation):
        """These days are taken."""
        if conversation.attempts:
            self._days.setdefault(conversation.partner, []).append(self._get_days(conversation))
        if conversation.end in WRONG:
            self.wrong.add(conversation.partner)

    def was_called(self, partner, day):
        """Whether a customer had a contact on a day."""
        return any(first <= day <= last for first, last in self._days.get(partner, ()))
