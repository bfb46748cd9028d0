"""When a car is due for its next service: km or months, whichever comes first (handbook REM-1).

The plan says first service and then intervals; the car's own daily km (`tools.mileage`)
turns km into a day. The answer carries a band and the way it was found, as data.

The band is about the day on which the car *is due*, not about the day on which its owner
comes (people come a little early, or late). Only km are uncertain: the band runs from the
earlier of (km driven fast, months) to the earlier of (km driven slowly, months). So
- where km decide it lies around the day, cut off at the months;
- where months decide it ends with them; it begins earlier if km may still come first, else
  it is that one day, exact by the plan's words;
- nothing known of the car's use: no beginning (None), "by the months at the latest".
Of cars whose band is longer than a day, four of five should be due inside it; the bench
`forecast` counts how many are (`band_share`), on histories whose true day is known.

    >>> from .mileage import Reading, usage_of
    >>> usage = usage_of([Reading(date(2026, 3, 1), 3000)], start=date(2026, 1, 1))
    >>> plan = [Step("first", km=5000, months=6), Step("periodic", km=10000, months=12)]
    >>> due = next_service(plan, usage, delivered=date(2026, 1, 1))
    >>> due.date, due.kind, due.by
    (datetime.date(2026, 4, 9), 'first', 'km')
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from .mileage import EARLIEST

BAND = 1.28  # sigmas on either side: about four cars of five come due inside
FAR = timedelta(days=3650)


class Step(NamedTuple):
    """One service of a plan; km and months count from delivery ("first") or the last service."""

    kind: str
    km: int = 0
    months: int = 0
    key: object = None


class Due(NamedTuple):
    """When, between when and when, what, and why (codes with figures).

    low: None when km may come first and nobody knows how much the car is driven;
    by: "km" or "months", whichever comes first;
    km: what the meter will show, in hundreds unless it was read on the day counted from; 0: unknown.
    """

    date: date
    low: date | None
    high: date
    kind: str
    by: str
    km: int
    step: object
    reasons: list


def add_months(day, months):
    """`day` some months on; the 31st and the leap day become the month's last day.

    >>> add_months(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def step_after(plan, done):
    """Return the step that follows `done` services: the periodic ones take turns.

    >>> plan = [Step("first", 5000), Step("periodic", 10000, 12, "A"), Step("periodic", 10000, 12, "B")]
    >>> [step_after(plan, n).key for n in range(5)]
    [None, 'A', 'B', 'A', 'B']
    """
    first = [step for step in plan if step.kind == "first"]
    periodic = [step for step in plan if step.kind == "periodic"]
    if done < len(first) or not periodic:
        return first[0] if done == 0 and first else None
    return periodic[(done - len(first)) % len(periodic)] if periodic else None


def next_service(plan, usage, delivered=None, last_service=None, done=0):
    """Return the `Due` of the next service, or None when nothing says when (`why_none` says why).

    :param plan: `Step` in order.
    :param usage: `mileage.Usage` of the car.
    :param delivered: day of delivery.
    :param last_service: day of the last first or periodic service, here or elsewhere.
    :param done: number of such services; with `last_service` at least one.
    """
    step, base = _step_and_base(plan, delivered, last_service, done)
    if base is None or step is None:
        return None
    reasons = [("since_service" if last_service else "since_delivery", {"date": base})]
    by_months = add_months(base, step.months) if step.months else None
    by_km = _by_km(step, usage, base, reasons)
    if by_months:
        reasons.append(("by_months", {"months": step.months, "date": by_months}))
    if by_months is None and by_km is None:
        return None
    by = "km" if by_km and (by_months is None or by_km[1] <= by_months) else "months"
    low, middle, high = _band(step, usage, by_km, by_months)
    reasons += _verdict(step, by, low, middle)
    return Due(middle, low, high, step.kind, by, _target(step, usage, base), step.key, reasons)


def why_none(plan, usage, delivered=None, last_service=None, done=0):
    """Return what is missing when `next_service` says None (same arguments).

    "no_plan", "no_base" (neither delivery nor service), "no_rate" (a plan in km alone, and nothing
    tells how much the car is driven) or "no_use" (it is hardly driven at all).
    """
    step, base = _step_and_base(plan, delivered, last_service, done)
    if step is None or base is None:
        return "no_plan" if step is None else "no_base"
    return "no_rate" if usage.daily_km is None else "no_use"


def _step_and_base(plan, delivered, last_service, done):
    """Return the step to come and the day that it counts from; None for what is not known."""
    last, start = (day if day and day >= EARLIEST else None for day in (last_service, delivered))
    step = step_after(plan, max(done, 1) if last else 0)
    return step if step and (step.km or step.months) else None, last or start


def _band(step, usage, by_km, by_months):
    """Return (low, likely, high): day by day the earlier of km and months."""
    if by_km and by_months:
        return tuple(min(day, by_months) for day in by_km)
    if by_km:
        return by_km
    unknown = step.km and usage.daily_km is None
    return None if unknown else by_months, by_months, by_months


def _target(step, usage, base):
    days = [day for day, _km in usage.points]
    if not step.km or not days or usage.daily_km is None and base > days[-1]:
        return 0
    km = usage.km_at(base) - usage.offset + step.km
    return round(km) if base in days else 100 * round(km / 100)


def _verdict(step, by, low, middle):
    """What came first, where there are two ways."""
    if low is None:
        return [("at_latest", {"date": middle})]
    found = [(f"decided_{by}", {"date": middle})] if step.km and step.months else []
    return found + [("maybe_km", {"date": low})] if by == "months" and low < middle else found


def reach_km(usage, km):
    """Return the day on which the car has driven `km` in all, whatever its present meter shows, or None."""
    return usage.day_of(km)


def _by_km(step, usage, base, reasons):
    """Days (early, likely, late) on which the step's km are driven, or None."""
    start = usage.km_at(base)
    if not step.km or not usage.daily_km:
        return None
    if start is None:
        start, points_end = 0, base
    else:
        points_end = max(usage.points[-1][0], base)
    target = start + step.km
    middle = usage.day_of(target) if usage.points else base + timedelta(days=round(step.km / usage.daily_km))
    if middle is None or middle - base > FAR:
        return None
    reasons.append(("by_km", {"km": step.km, "daily": usage.daily_km, "date": middle}))
    ahead = max((middle - points_end).days, 0)
    share = BAND * usage.spread
    early = middle - timedelta(days=round(ahead * share / (1 + share)))
    late = middle + timedelta(days=round(ahead * min(share / (1 - min(share, 0.75)), 3)))
    return early, middle, late
