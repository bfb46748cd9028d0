"""Dates that the law and contracts set: annual inspection, licence, warranty (handbook REM-3).

The rules are data (`Span` rows, kept by the dealer with their source), because the law
changes. Inspection counts in whole months from first registration and is valid to the
end of the month.

    >>> rule = [Span(24, 120, 24, "mark"), Span(72, 72, 12, "test"), Span(120, None, 12, "test")]
    >>> due = next_inspection(date(2020, 10, 31), rule, date(2026, 10, 14))
    >>> due.date, due.kind, due.window_start
    (datetime.date(2026, 10, 31), 'test', datetime.date(2026, 8, 1))
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

OLDEST = 1200  # months; a car older than a century is a typing error


class Span(NamedTuple):
    """Inspections of a stretch of a car's life: at `first`, then every `every` months to `last`.

    All in months of age; `last` None: for ever. kind: "test" (the car is driven to the
    station) or "mark" (the mark is applied for on line).
    """

    first: int
    last: int
    every: int
    kind: str


class Inspection(NamedTuple):
    """Last valid day, what has to be done, from when on, and the car's age in months."""

    date: date
    kind: str
    window_start: date
    months: int


def month_end(day, months=0):
    """Last day of the month that lies `months` after `day`.

    >>> month_end(date(2024, 2, 29), 24)
    datetime.date(2026, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def next_inspection(registered, spans, today, window_months=3):
    """Return the next `Inspection` not yet past on `today`, or None when the rules name none.

    :param registered: day of first registration.
    :param spans: `Span` rows; where two name the same month, the test counts.
    :param window_months: it may be done in so many months up to the last valid day.
    """
    if registered.year < 1950 or registered > today.replace(day=28) + timedelta(days=366):
        return None
    age = (today.year - registered.year) * 12 + today.month - registered.month
    for months in range(max(age, 1), min(age + 121, OLDEST)):
        kind = kind_at(spans, months)
        if kind:
            end = month_end(registered, months)
            start = month_end(end, -window_months) + timedelta(days=1)
            return Inspection(end, kind, start, months)
    return None


def next_after(typed, registered, spans, today, window_months=3):
    """Return the `Inspection` that follows a day known from the car's papers, not yet past on `today`.

    The papers know better than the file when the car was registered: the rules are counted so that one of
    their inspections, the nearest, falls on the typed month. Without a registration the car's age is unknown,
    and the rules of the oldest cars hold.

    >>> rule = [Span(24, 120, 24, "mark"), Span(120, None, 12, "test")]
    >>> next_after(date(2026, 8, 31), date(2022, 6, 10), rule, date(2026, 9, 1)).date
    datetime.date(2028, 8, 31)
    >>> next_after(date(2026, 8, 31), None, rule, date(2026, 9, 1)).date
    datetime.date(2027, 8, 31)
    """
    if not registered:
        last = max(spans, key=lambda span: span.first, default=None)
        if last is None:
            return None
        months = max(last.every, 1)
        months *= max(1, -(-_months_between(typed, today) // months))
        while month_end(typed, months) < today:
            months += max(last.every, 1)
        end = month_end(typed, months)
        return Inspection(end, last.kind, month_end(end, -window_months) + timedelta(days=1), 0)
    age = _months_between(registered, typed)
    known = [months for months in range(1, max(age, 0) + 121) if kind_at(spans, months)]
    if not known:
        return None
    counted = month_end(typed, -min(known, key=lambda months: (abs(months - age), months)))
    return next_inspection(counted, spans, today, window_months)


def _months_between(start, stop):
    """Months from `start` to `stop`, by the calendar's months alone.

    >>> _months_between(date(2026, 1, 31), date(2026, 3, 1))
    2
    """
    return (stop.year - start.year) * 12 + stop.month - start.month


def kind_at(spans, months):
    """What a car of `months` has to do: "test", "mark" or None."""
    kinds = {
        span.kind
        for span in spans
        if span.first <= months
        and (span.last is None or months <= span.last)
        and (months - span.first) % max(span.every, 1) == 0
    }
    return "test" if "test" in kinds else "mark" if "mark" in kinds else None


def licence_window(expiry, days=90):
    """First day on which a driving licence may be renewed.

    >>> licence_window(date(2026, 12, 31))
    datetime.date(2026, 10, 2)
    """
    return expiry - timedelta(days=days)
