"""Calling hours: when may somebody be called, and when is the next attempt (handbook FUP-4).

All moments are naive datetimes of the dealer's own clock. Times outside every
slot are the customer's rest: nobody is called and no message is sent then.

    >>> from datetime import date
    >>> day = [Slot(1, 9, 12), Slot(2, 14, 17.5), Slot(3, 17.5, 20.5)]
    >>> slot_at(datetime(2026, 5, 4, 10), day).key
    1
    >>> slot_at(datetime(2026, 5, 4, 13), day) is None
    True
    >>> next_window(datetime(2026, 5, 4, 21), day)
    datetime.datetime(2026, 5, 5, 9, 0)
    >>> next_attempt(datetime(2026, 5, 4, 10), day, {1}, date(2026, 5, 6))
    datetime.datetime(2026, 5, 4, 14, 0)
    >>> next_attempt(datetime(2026, 5, 6, 19), day, {1, 3}, date(2026, 5, 6)) is None
    True

``limits`` are the days on which the house is closed or has hours of its own: what lies outside isn't a slot.

    >>> limits = {date(2026, 5, 5): [], date(2026, 5, 6): [(10, 11)]}
    >>> next_window(datetime(2026, 5, 4, 21), day, limits)
    datetime.datetime(2026, 5, 6, 10, 0)
    >>> slot_at(datetime(2026, 5, 6, 11), day, limits) is None
    True
"""

from datetime import datetime, timedelta
from typing import NamedTuple

FAR = 31  # days to look ahead; a dealer without any slot must not loop for ever


class Slot(NamedTuple):
    """A stretch of the day: hours since midnight, `stop` excluded."""

    key: int
    start: float
    stop: float


def at(day, hours):
    """The moment `hours` (a float) after midnight of `day`."""
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=round(hours * 60))


def slot_at(moment, slots, limits=None):
    """Return the slot that `moment` lies in, or None in rest hours."""
    for slot in _on(moment.date(), slots, limits):
        if at(moment.date(), slot.start) <= moment < at(moment.date(), slot.stop):
            return slot
    return None


def next_window(moment, slots, limits=None):
    """Return the first moment from `moment` on that lies in a slot, or None without slots."""
    return _first(moment, slots, moment.date() + timedelta(days=FAR), limits)


def next_attempt(moment, slots, used, last_day, distinct=True, limits=None):
    """Return when to try again, or None when no slot is left until `last_day`.

    :param used: keys of the slots tried already, the present one included.
    :param distinct: each attempt in another slot; when all slots were used, any
        slot but the present one will do.
    """
    if not distinct:
        return _first(moment, slots, last_day, limits)
    fresh = [slot for slot in slots if slot.key not in used]
    if not fresh:
        now = slot_at(moment, slots, limits)
        fresh = [slot for slot in slots if not now or slot.key != now.key] or list(slots)
        if fresh == list(slots):
            moment = at(moment.date() + timedelta(days=1), 0)
    return _first(moment, fresh, last_day, limits)


def _on(day, slots, limits):
    """The slots of a day, cut to the hours that it is limited to."""
    if day not in (limits or {}):
        return slots
    return [
        Slot(slot.key, max(slot.start, start), min(slot.stop, stop))
        for slot in slots
        for start, stop in limits[day]
        if slot.start < stop and start < slot.stop
    ]


def _first(moment, slots, last_day, limits):
    day = moment.date()
    while day <= last_day:
        for slot in sorted(_on(day, slots, limits), key=lambda s: s.start):
            if at(day, slot.stop) > moment:
                return max(moment, at(day, slot.start))
        day += timedelta(days=1)
    return None
