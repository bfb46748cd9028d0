"""What a figure is made of, in words that the kernel (`models/foundations/measure*.py`) turns into SQL.

A room says it in its `dcrc.measure._measures()`::

    "success": Formula(
        Part("dcrc.success.report", "date", [("effective", "=", 1)], user="user_id", department="department"),
        Part("dcrc.success.report", "date", [("due", "=", 1)], user="user_id", department="department"),
        daily=True,
        watches=(watch_days("dcrc_followup", "date_due", others=("state", "effective")),),
    )

The parts are named domains on a model: what is counted and the list behind a click are the same rows.
"""

from typing import Any, NamedTuple


class Part(NamedTuple):
    """Rows that a figure counts.

    ``domain`` may be a function of the first and the last day that returns one. ``day`` is a date, or a datetime
    that is taken by the dealer's calendar. With ``until`` a row stands from ``day`` until that day, and the rows
    that stand on the period's last day (``on="start"``: on the day before its first) are counted.
    ``distinct`` names the field of which different values are counted, ``amount`` the one that is added up.
    Whom a row belongs to: ``user``, and ``department`` (a department, or the kind of one) or, for all rows, ``kind``.
    """

    model: str
    day: str
    domain: Any = ()
    user: str = ""
    department: str = ""
    kind: str = ""
    company: str = "company_id"
    distinct: str = ""
    amount: str = ""
    until: str = ""
    on: str = "stop"


class Watch(NamedTuple):
    """A table of which a change changes facts.

    ``days``: a SELECT of company_id and day from the marks ``m``, as text without parameters. A mark has the
    `company_id`, and in `row` the columns ``keys`` as they were before and after. A change of ``keys`` or of
    ``others`` counts.
    """

    table: str
    days: str
    keys: tuple
    others: tuple = ()
    company: str = "company_id"


def watch_days(table, *columns, others=(), company="company_id"):
    """Watch rows whose own date columns say the days."""
    return Watch(table, own_days(*columns), columns, others, company)


def watch_moments(table, *columns, others=(), company="company_id"):
    """Watch rows whose own datetime columns say the days."""
    return Watch(table, own_moments(*columns), columns, others, company)


def watch_setting(*columns):
    """Watch settings of the dealer that all facts stand on."""
    return Watch("res_company", all_days(), ("id",), columns, "id")


class Formula(NamedTuple):
    """How a measure is counted.

    Without a denominator the figure is the numerator: a number, or with ``aggregate`` the median or mean of its
    amounts ("median", "mean") or the days since its newest row ("age"). ``excluded`` is what left the base,
    told apart by the field ``reason``.
    ``months``: the months up to the period's last day instead of the period (what does not add up from days).
    ``settles``: a setting of the dealer: so many days after the month a figure is not yet known.
    ``daily``: adds up from days, facts are kept for it, and ``watches`` says what changes them.
    ``blank``: nothing entered is no figure, not 0. ``room``: absent where the dealer does without that room.
    ``version`` counts up when the definition changes: facts are then made anew.
    """

    numerator: Part
    denominator: Part | None = None
    excluded: Part | None = None
    reason: str = ""
    months: int = 0
    settles: str = ""
    aggregate: str = ""
    daily: bool = False
    watches: tuple = ()
    blank: bool = False
    room: str = ""
    version: int = 1

    def parts(self):
        """``[(name, Part)]`` of the parts that there are."""
        names = ("numerator", "denominator", "excluded")
        return [(name, getattr(self, name)) for name in names if getattr(self, name)]


def own_days(*columns):
    """Days of a watch: those that stand in these date columns of the row itself."""
    return " UNION ALL ".join(f"SELECT m.company_id, (m.row->>'{name}')::date AS day FROM m" for name in columns)


def own_moments(*columns):
    """Days of a watch: the dealer's days of these datetime columns of the row itself."""
    return " UNION ALL ".join(
        f"""SELECT m.company_id, ((m.row->>'{name}')::timestamp AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS day
              FROM m JOIN res_company k ON k.id = m.company_id"""
        for name in columns
    )


def all_days():
    """Days of a watch: all that have facts (a setting of the dealer changed)."""
    return "SELECT DISTINCT m.company_id, f.day FROM m JOIN dcrc_measure_fact f ON f.company_id = m.company_id"


def month_start(day):
    """The first day of a day's month."""
    return day.replace(day=1)


def spans(days):
    """Sorted ``[(first, last)]`` of runs of days that follow one another."""
    runs = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return [tuple(run) for run in runs]
