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
