"""Free places for appointments: opening hours, needs, what is taken (handbook APT-2).

The book of a workshop is kept in quarters of an hour. A piece of work has *needs*:
an adviser for its first minutes, a bay for all of it, perhaps a limit on this kind
of work. Each need is met by one of several *pools* (an adviser, a group of bays)
that have so many places at a time. A start is free when every need finds one pool
with a place in each quarter that the work takes.

All moments are naive UTC; days, time zones and holidays are the caller's affair, so
midnight, leap days and summer time need no special care here.

How to use::

    >>> from datetime import datetime
    >>> opened = [(datetime(2026, 5, 4, 1), datetime(2026, 5, 4, 3))]
    >>> book = Book(opened, {("bay", datetime(2026, 5, 4, 1)): {1}}, step=30)
    >>> needs = [Need((Pool("bay", 1),), 60)]
    >>> [slot.start.hour * 100 + slot.start.minute for slot in book.look(needs) if slot.picks]
    [130, 200]
    >>> [slot.start.minute for slot in book.nearest(needs, datetime(2026, 5, 4, 1))]
    [30, 0]
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

QUARTER = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=3)  # work goes on after lunch, but not on the next morning
EPOCH = datetime(1970, 1, 1)


class Pool(NamedTuple):
    """Somebody or something with `capacity` places at a time."""

    key: object
    capacity: int


class Need(NamedTuple):
    """One of `pools` has to have a place for `minutes` from the start on."""

    pools: tuple
    minutes: int


class Slot(NamedTuple):
    """A possible start; `picks` is None when it is full.

    ``picks``: for each need ``(key of the pool, quarters)``, quarters being moments.
    """

    start: datetime
    stop: datetime
    picks: tuple | None


def floor_quarter(moment):
    """The quarter that `moment` lies in."""
    return moment - (moment - EPOCH) % QUARTER


def ceil_quarter(moment):
    """The first quarter that begins at `moment` or after it."""
    return -((EPOCH - moment) // QUARTER) * QUARTER + EPOCH


def merge(spans):
    """Return spans ``(start, stop)`` in order; touching and overlapping ones become one."""
    result = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(stop, result[-1][1]))
        else:
            result.append((start, stop))
    return result


class Book:
    """The book of a dealer over some days.

    :param openings: ``[(start, stop)]`` in which work is taken in and done.
    :param taken: ``{(pool key, quarter): {place numbers in use}}``; callers may add to it.
    :param step: minutes from one start to the next.
    :param kept: ``{(pool key, quarter): {place number: until}}``: those of the places in use that
        are only kept for somebody until a moment.
    """

    def __init__(self, openings, taken, step=30, kept=None):
        self.openings = [(ceil_quarter(a), floor_quarter(b)) for a, b in merge(openings)]
        self.taken = taken
        self.kept = kept or {}
        self.step = timedelta(minutes=max(15, step))

    def starts(self, first=None, last=None):
        """Yield the starts on the grid from `first` on, before `last`."""
        for opened, closed in self.openings:
            if (first is not None and closed <= first) or (last is not None and opened >= last):
                continue
            moment = opened
            while moment < closed:
                if (first is None or moment >= first) and (last is None or moment < last):
                    yield moment
                moment += self.step

    def quarters(self, start, minutes):
        """Quarters that work of `minutes` takes from `start` on; None when it does not fit.

        Work pauses where the dealer pauses, up to `LONGEST_PAUSE` at a time.
        """
        wanted = -(-minutes // 15)
        result = []
        for opened, closed in self.openings:
            if closed <= start:
                continue
            moment = max(start, opened)
            if result and opened - result[-1] - QUARTER > LONGEST_PAUSE:
                return None
            if not result and start < opened:
                return None
            while moment < closed and len(result) < wanted:
                result.append(moment)
                moment += QUARTER
            if len(result) == wanted:
                return result
        return None

    def place(self, key, quarter, capacity):
        """The lowest free place of a pool in a quarter, or None."""
        used = self.taken.get((key, quarter), ())
        if len(used) >= capacity:
            return None
        return next((n for n in range(1, capacity + 1) if n not in used), None)

    def at(self, start, needs, load=None):
        """Return the `Slot` that begins at `start`, or None where the work does not fit in."""
        spans = [self.quarters(start, need.minutes) for need in needs]
        if not spans or any(span is None for span in spans):
            return None
        load = self._load() if load is None else load
        picks = [self._pick(need, span, load) for need, span in zip(needs, spans)]
        stop = max(span[-1] for span in spans) + QUARTER
        return Slot(start, stop, None if None in picks else tuple(picks))

    def look(self, needs, first=None, last=None):
        """Return all slots that begin from `first` on, before `last`, the full ones too."""
        load = self._load()
        slots = (self.at(start, needs, load) for start in self.starts(first, last))
        return [slot for slot in slots if slot]

    def nearest(self, needs, wish, first=None, last=None, count=2):
        """Return the `count` free slots nearest to `wish`, in order of nearness (later wins a tie)."""
        free = [slot for slot in self.look(needs, first, last) if slot.picks and slot.start != wish]
        return sorted(free, key=lambda slot: (abs(slot.start - wish), slot.start < wish))[:count]

    def kept_until(self, start, needs):
        """Until when a full `start` is only kept for somebody; None when it is full anyway."""
        spans = [self.quarters(start, need.minutes) for need in needs]
        if None in spans:
            return None
        places = {(pool.key, quarter) for need, span in zip(needs, spans) for pool in need.pools for quarter in span}
        kept = {place: self.kept[place] for place in places & self.kept.keys()}
        if not kept:
            return None
        free = {place: numbers - kept.get(place, {}).keys() for place, numbers in self.taken.items()}
        slot = Book(self.openings, free).at(start, needs, Counter())
        return slot and slot.picks and min(until for place in kept.values() for until in place.values())

    def first_day(self, needs, days):
        """Return the first of `days` ``[(start, stop)]`` in which a start is free, as its index; or None."""
        load = self._load()
        for index, (first, last) in enumerate(days):
            for start in self.starts(first, last):
                slot = self.at(start, needs, load)
                if slot and slot.picks:
                    return index
        return None

    def _load(self):
        load = Counter()
        for (key, _quarter), numbers in self.taken.items():
            load[key] += len(numbers)
        return load

    def _pick(self, need, span, load):
        """The least busy pool with a place in every quarter, with those quarters; None if none has."""
        fit = [pool for pool in need.pools if all(self.place(pool.key, quarter, pool.capacity) for quarter in span)]
        if not fit:
            return None
        return min(fit, key=lambda pool: load[pool.key] / pool.capacity).key, tuple(span)
