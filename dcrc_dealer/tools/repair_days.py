"""Days that a car has spent in repair.

How to use::

    >>> from datetime import date
    >>> stays = [(date(2026, 10, 1), date(2026, 10, 3)), (date(2026, 10, 3), date(2026, 10, 4))]
    >>> count_days(stays), count_days([(date(2026, 10, 1), date(2026, 10, 1))])
    (4, 1)

Every calendar day on which the car was in counts, the first and the last too, and once. The law counts the time
that the repair took; counting whole days warns a little earlier, never too late.
"""

from datetime import timedelta


def count_days(stays):
    """Return the number of different days in ``[(first, last)]``."""
    days = set()
    for first, last in stays:
        days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return len(days)
