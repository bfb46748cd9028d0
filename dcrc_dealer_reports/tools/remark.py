"""Whether a figure has really changed, or only looks so.

How to use::

    >>> change((14, None), (9, None))
    Change(direction=1, sure=False)
    >>> change((60, 100), (90, 100))
    Change(direction=-1, sure=True)

Rates are compared by the test of two proportions, numbers as counts of rare events (Poisson), both at
5 %: what chance alone would bring in one month of twenty is not called a change.
"""

import math
from typing import NamedTuple

CRITICAL = 1.96  # of the normal distribution, two-sided 5 %


class Change(NamedTuple):
    """``direction``: 1 more, -1 less, 0 the same; ``sure``: more than chance."""

    direction: int
    sure: bool


def change(now, before):
    """Return the `Change` between two ``(numerator, denominator)``; a number has no denominator (None)."""
    (now_hits, now_of), (old_hits, old_of) = now, before
    if now_of is None:
        gap = now_hits - old_hits
        spread = math.sqrt(max(0.0, now_hits + old_hits))
    else:
        gap = now_hits / now_of - old_hits / old_of
        share = (now_hits + old_hits) / (now_of + old_of)
        spread = math.sqrt(max(0.0, share * (1 - share)) * (1 / now_of + 1 / old_of))
    direction = (gap > 0) - (gap < 0)
    return Change(direction, bool(direction) and abs(gap) > CRITICAL * spread)
