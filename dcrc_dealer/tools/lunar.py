"""Birthdays and festivals by either calendar (handbook REM-4).

A day of the year is one number: month × 100 + day; 10 000 more for the lunar calendar.

    >>> key_of(date(1990, 2, 3), lunar=True)   # 8th day of the 1st lunar month
    10108
    >>> sorted(keys_on(date(2026, 2, 17)))     # the Spring Festival
    [217, 10101]
"""

from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate

LUNAR = 10_000
FIRST, LAST = date(1901, 1, 1), date(2099, 12, 31)  # lunardate's tables; outside it answers nonsense


def key_of(day, lunar=False):
    """The number under which a birth date returns each year, or None when it has none.

    A birthday in a leap month returns in the ordinary month of the same number.
    """
    if not lunar:
        return day.month * 100 + day.day
    if not FIRST <= day <= LAST:
        return None
    found = LunarDate.from_solar_date(day.year, day.month, day.day)
    return LUNAR + found.month * 100 + found.day


@lru_cache(maxsize=2048)
def keys_on(day):
    """All numbers that fall on `day`: a leap day's child celebrates on 28 February otherwise,
    one born on the 30th of a lunar month on its last day when that has 29."""
    keys = {key_of(day)}
    tomorrow = day + timedelta(days=1)
    if (day.month, day.day) == (2, 28) and tomorrow.month == 3:
        keys.add(229)
    if not FIRST <= tomorrow <= LAST:
        return frozenset(keys)
    found = LunarDate.from_solar_date(day.year, day.month, day.day)
    following = LunarDate.from_solar_date(tomorrow.year, tomorrow.month, tomorrow.day)
    if not found.is_leap_month:
        keys.add(LUNAR + found.month * 100 + found.day)
        if found.day == 29 and following.day == 1:
            keys.add(LUNAR + found.month * 100 + 30)
    return frozenset(keys)


def days_with_keys(start, stop):
    """Return ``[(day, key)]`` for every day from `start` to `stop`, both included."""
    count = (stop - start).days + 1
    return [(day, key) for day in (start + timedelta(days=n) for n in range(count)) for key in keys_on(day)]


def festival_days(month, day, lunar, start, stop):
    """Days between `start` and `stop` on which a festival falls.

    >>> festival_days(8, 15, True, date(2026, 1, 1), date(2026, 12, 31))
    [datetime.date(2026, 9, 25)]
    """
    wanted = (LUNAR if lunar else 0) + month * 100 + day
    return [found for found, key in days_with_keys(start, stop) if key == wanted]
