"""Counting in working time: when is a deadline, how long did something take.

``spans`` are the openings ``[(start, stop)]``, in order and apart from each other; all moments are naive
and of one clock.

    >>> from datetime import datetime as dt
    >>> two = [(dt(2026, 5, 4, 9), dt(2026, 5, 4, 17)), (dt(2026, 5, 5, 9), dt(2026, 5, 5, 17))]
    >>> add(two, dt(2026, 5, 4, 16), 120)
    datetime.datetime(2026, 5, 5, 10, 0)
    >>> add(two, dt(2026, 5, 4, 20), 0)  # out of hours: from the next opening on
    datetime.datetime(2026, 5, 5, 9, 0)
    >>> add(two, dt(2026, 5, 5, 16), 120) is None  # the spans end before
    True
    >>> count(two, dt(2026, 5, 4, 16, 30), dt(2026, 5, 5, 9, 15))
    45.0
"""

from bisect import bisect_right
from datetime import timedelta


def add(spans, start, minutes):
    """Return the moment when `minutes` of working time have passed since `start`.

    None when the spans end before that. What ends exactly with an opening is due then, not the next morning.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in spans[_first(spans, start) :]:
        begin = max(opens, start)
        if closes > begin and closes - begin >= left:
            return begin + left
        left -= max(closes - begin, timedelta())
    return None


def count(spans, start, stop):
    """Return the working minutes between two moments (0 when they are the wrong way round)."""
    total = timedelta()
    for opens, closes in spans[_first(spans, start) :]:
        if opens >= stop:
            break
        total += max(min(closes, stop) - max(opens, start), timedelta())
    return total.total_seconds() / 60


def _first(spans, moment):
    """Index of the first span that may reach beyond `moment`."""
    return max(0, bisect_right(spans, moment, key=lambda span: span[0]) - 1)
