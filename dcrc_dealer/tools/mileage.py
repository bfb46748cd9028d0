"""How much a car is driven: daily kilometres from whatever readings there are (handbook REM-1).

Readings come from repair orders, from calls and from hand entry. Some are wrong: a digit
too many, a digit lost, a date of the wrong year; some meters are replaced or turned back.
`usage_of` keeps the largest set of readings that can be true together, joins the two
meters of a car, and says which readings it left out and why.

    >>> days = [date(2026, 1, 10), date(2026, 4, 10), date(2026, 7, 9)]
    >>> usage = usage_of([Reading(d, km) for d, km in zip(days, (4000, 80000, 12000))],
    ...                  start=date(2025, 10, 12))
    >>> [(reading.km, code) for reading, code in usage.excluded]
    [(80000, 'jump')]
    >>> round(usage.daily_km)
    44
"""

import math
from datetime import date, timedelta
from typing import NamedTuple

EARLIEST = date(1980, 1, 1)
MAX_DAILY = 600  # km; a taxi in two shifts
BREAK_COST = 1.5  # a second meter is believed when it explains two readings more
START_COST = 1.0  # and a car that was not new on delivery likewise
SLOW_COST = 0.6  # months at a tenth of the usual pace look more like a wrong reading than like driving …
SLOW_DAYS, SLOW_SHARE = 45, 0.1
TINY = 10  # km that nobody drives in the time until a first repair order: keyed in for want of a reading
JUMP_DAILY, JUMP_PACE = 100, 3.5  # above both: at the end not believed, within a history not driven
HALF_LIFE = 365  # days after which a stretch counts half
PRIOR_DAYS = 45  # the mean of others weighs as much as so many days of one's own
UNKNOWN = 0.55  # relative spread (one sigma) of cars whose own use nobody knows
USUAL = 0.15  # that of one car's pace from stretch to stretch …
USUAL_WEIGHT = 4  # … which weighs as much as so many stretches of its own
LEAST, MOST = 0.1, 0.6  # nobody drives like clockwork


class Reading(NamedTuple):
    """What the meter showed on a day; `key` is handed back untouched."""

    date: date
    km: int
    key: object = None


class Usage(NamedTuple):
    """What is known of a car's use.

    points: ``[(date, km driven since the first meter's zero)]``, ascending;
    offset: what to take from such km to get what the present meter shows;
    daily_km: km a day expected from now on, None when nothing at all is known;
    spread: relative uncertainty (one sigma) of the pace of the stretch to come;
    excluded: ``[(reading, code)]`` with code "date" (impossible day), "zero", "jump" (more than can
    be driven), "backwards" (less than before), "digit" (one is missing);
    reasons: ``[(code, figures)]`` in the order of the argument, to be put in words.
    """

    points: list
    offset: float
    daily_km: float
    spread: float
    excluded: list
    reasons: list

    def km_at(self, day):
        """Km driven up to `day` on the scale of `points`, or None without points or rate."""
        if not self.points:
            return None
        after = next((i for i, point in enumerate(self.points) if point[0] >= day), None)
        if after is None:
            last, km = self.points[-1]
            return km + (self.daily_km or 0) * (day - last).days
        if after == 0:
            first, km = self.points[0]
            return max(0, km - (self.daily_km or 0) * (first - day).days)
        return _between(self.points[after - 1], self.points[after], day)

    def day_of(self, km):
        """Day on which `km` (scale of `points`) is reached, or None when it never is."""
        for (day, below), (next_day, above) in zip(self.points, self.points[1:], strict=False):
            if below <= km <= above and above > below:
                return day + timedelta(days=round((km - below) / (above - below) * (next_day - day).days))
        if not self.points or not self.daily_km:
            return None
        day, last = self.points[-1]
        days = (km - last) / self.daily_km
        return day + timedelta(days=round(days)) if abs(days) < 36500 else None


def usage_of(readings, start=None, today=None, model_daily=None, dealer_daily=None):
    """Return the `Usage` of a car.

    :param readings: `Reading` in any order.
    :param start: delivery day, when the meter stood near zero; None when unknown (or impossible).
    :param today: readings after it are left out; None lets them pass.
    :param model_daily: mean daily km of cars of the same model at the dealer, or None.
    :param dealer_daily: mean daily km of all the dealer's cars, or None.
    """
    prior = model_daily or dealer_daily
    start = None if start and (start < EARLIEST or today and start > today and readings) else start
    good, excluded = _possible_days(readings, start, today)
    chain = _longest_chain(good, start, prior or 40)
    segments = _segments(good, chain)
    dropped = [(r, "jump") for r in _late_jumps(segments, prior or 40, start)]
    dropped += [(r, "digit") for segment in segments for r in _lost_digits(segment, start)]
    known = {id(reading) for segment in segments for reading in segment} | {id(r) for r, _code in dropped}
    excluded += dropped + [(r, _why(r, segments)) for r in good if id(r) not in known]
    points, offset, breaks = _join(segments, prior, start)
    if start and (not points or _fits(start, 0, *points[0]) and points[0][0] > start):
        points.insert(0, (start, 0))
    reasons = [("excluded", {"date": r.date, "km": r.km, "why": why}) for r, why in excluded]
    reasons += [(code, {"date": day, "km": km}) for code, day, km in breaks]
    daily, spread, how = _rate(points, model_daily, dealer_daily)
    return Usage(points, offset, daily, spread, excluded, reasons + how)


def _possible_days(readings, start, today):
    good, excluded = [], []
    for reading in sorted(readings, key=lambda r: (r.date, r.km)):
        early = reading.date < max(EARLIEST, start - timedelta(days=30) if start else EARLIEST)
        late = today is not None and reading.date > today
        tiny = reading.km < TINY and (start is None or reading.date > start + timedelta(days=30))
        if early or late or tiny:
            excluded.append((reading, "zero" if reading.km < TINY else "date"))
        else:
            good.append(reading)
    return good, excluded


def _fits(day, km, next_day, next_km):
    """Can a meter go from one reading to the next? Customers on the phone round a little."""
    days, driven = (next_day - day).days, next_km - km
    return -min(500, 0.02 * km) <= driven <= MAX_DAILY * max(days, 0) + 200


def _oddness(day, km, next_day, next_km, prior):
    """How unusual the stretch is, 0 … 0.1 (0.7 if far too slow): decides between chains."""
    days = max((next_day - day).days, 1)
    rate = max(next_km - km, 1) / days
    slow = days > SLOW_DAYS and rate < SLOW_SHARE * prior
    return 0.02 * min(abs(math.log(rate / prior)), 5) + SLOW_COST * slow


def _longest_chain(readings, start, prior):
    """Indexes of the readings that can be true together, as many as possible."""
    best, back = [], []
    for i, reading in enumerate(readings):
        score, origin = 1 - START_COST, None
        if start is None or _fits(start, 0, reading.date, reading.km):
            score = 1 - (_oddness(start, 0, reading.date, reading.km, prior) if start else 0)
        for j in range(i):
            before = readings[j]
            if _fits(before.date, before.km, reading.date, reading.km):
                gain = 1 - _oddness(before.date, before.km, reading.date, reading.km, prior)
            elif reading.km < before.km:
                gain = 1 - BREAK_COST
            else:
                continue
            if best[j] + gain > score:
                score, origin = best[j] + gain, j
        best.append(score)
        back.append(origin)
    if not best or max(best) <= 0:
        return []
    node, chain = max(range(len(best)), key=best.__getitem__), []
    while node is not None:
        chain.append(node)
        node = back[node]
    return chain[::-1]


def _segments(readings, chain):
    """Cut the chain where the meter was replaced or turned back, and where it jumped ahead.

    A jump far above the car's own pace that later readings go on from is a question (another
    car, a wrong digit, a meter in miles), not driving: the km before and after it count.
    """
    kept = [readings[index] for index in chain]
    paces = sorted(_speed((a.date, a.km), (b.date, b.km)) for a, b in zip(kept, kept[1:], strict=False) if b.km > a.km)
    usual = paces[len(paces) // 2] if len(paces) > 3 else None
    segments = []
    for place, reading in enumerate(kept):
        last = segments[-1][-1] if segments else None
        if last is None or not _fits(last.date, last.km, reading.date, reading.km):
            segments.append([])
        elif usual and place < len(kept) - 1 and _jumps((last.date, last.km), (reading.date, reading.km), usual):
            segments.append([])
        segments[-1].append(reading)
    return segments


def _jumps(point, next_point, usual):
    """Whether a stretch is far above the car's own pace."""
    return _speed(point, next_point) > max(JUMP_DAILY, JUMP_PACE * max(usual, 10))


def _late_jumps(segments, prior, start):
    """Take off the end what no later reading confirms and is far beyond the car's habit."""
    dropped = []
    while segments:
        segment = segments[-1]
        points = [(start, 0)] if start and len(segments) == 1 else []
        points += [(r.date, r.km) for r in segment]
        rates = [_speed(*pair) for pair in zip(points, points[1:], strict=False)]
        if len(rates) < 1 or len(segment) < 2 and len(segments) > 1:
            break
        usual = sorted(rates[:-1])[len(rates[:-1]) // 2] if len(rates) > 1 else prior
        few = len(rates) < 3  # a pace that is known from one stretch or two is hardly the car's own
        if not (_jumps(*points[-2:], usual) and (not few or rates[-1] > 150 and rates[-1] > 5 * max(usual, 10))):
            break
        dropped.append(segment.pop())
        if not segment:
            segments.pop()
    return dropped


def _lost_digits(segment, start):
    """Take out what lies far below its neighbours and would fit with one digit more."""
    points = [(r.date, r.km) for r in segment]
    if start and points and _fits(start, 0, *points[0]):
        points.insert(0, (start, 0))
    lost = []
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        expected = _between(before, after, point[0])
        if point[1] < 0.3 * expected and abs(10 * point[1] - expected) < 0.3 * expected:
            lost.append(segment[len(segment) - len(points) + points.index(point)])
    for reading in lost:
        segment.remove(reading)
    return lost


def _speed(point, next_point):
    days = max((next_point[0] - point[0]).days, 1)
    return max(next_point[1] - point[1], 0) / days


def _why(reading, segments):
    """Too much or too little, seen from the reading kept before it."""
    before = [r for segment in segments for r in segment if r.date <= reading.date]
    return "backwards" if before and reading.km < before[-1].km else "jump"


def _join(segments, prior, start):
    """Put the meters of a car one behind the other; km of the days before delivery count as on it.

    :return: (points, offset of the last meter, ``[("replaced" or "jumped", first day, km)]``).
    """
    points, offset, breaks = [], 0, []
    for segment in segments:
        first = segment[0]
        if points:
            day, km = points[-1]
            rate = _speed(points[0], points[-1]) if len(points) > 1 else prior or 0
            shown = km - offset
            offset = km + rate * (first.date - day).days - first.km
            breaks.append(("jumped" if first.km > shown else "replaced", first.date, first.km))
        for reading in segment:
            km = reading.km + offset
            points.append((max(reading.date, start or reading.date), max(km, points[-1][1]) if points else km))
    return points, offset, breaks


def _rate(points, model_daily, dealer_daily):
    """Return (daily km, spread, reasons): one's own stretches, recent ones first, and the prior."""
    prior = model_daily or dealer_daily
    source = "model" if model_daily else "dealer"
    stretches = [(a, b, (b[0] - a[0]).days) for a, b in zip(points, points[1:], strict=False) if b[0] > a[0]]
    if not stretches:
        if not prior:
            return None, UNKNOWN, [("rate_unknown", {})]
        return prior, UNKNOWN, [(f"rate_{source}", {"daily": prior})]
    last = points[-1][0]
    weights = [0.5 ** ((last - b[0]).days / HALF_LIFE) * days for _a, b, days in stretches]
    rates = [_speed(a, b) for a, b, _days in stretches]
    total = sum(weights)
    own = sum(w * r for w, r in zip(weights, rates, strict=True)) / total
    daily = (own * total + prior * PRIOR_DAYS) / (total + PRIOR_DAYS) if prior else own
    spread = _spread_to_come(rates, weights, own)
    code = "rate_own" if len(stretches) > 1 else "rate_one"
    days, km = (last - points[0][0]).days, points[-1][1] - points[0][1]
    figures = {"daily": daily, "stretches": len(stretches), "days": days, "km": km}
    others = [(f"with_{source}", {"daily": prior})] if prior and abs(daily - own) > 0.05 * own else []
    return daily, spread, [*others, (code, figures)]


def _spread_to_come(rates, weights, own):
    """How far the next stretch may be off the mean: the car's own ups and downs, few stretches like most cars.

    The usual error of a prediction: spread of a single stretch and error of the mean together.
    """
    count, total = len(rates), sum(weights)
    variance = sum(w * (r - own) ** 2 for w, r in zip(weights, rates, strict=True)) / total
    relative = variance / own**2 if own else 0
    single = (count * relative + USUAL_WEIGHT * USUAL**2) / (count - 1 + USUAL_WEIGHT)
    return min(MOST, max(LEAST, math.sqrt(single * (1 + 1 / count))))


def _between(point, next_point, day):
    days = (next_point[0] - point[0]).days or 1
    return point[1] + (next_point[1] - point[1]) * (day - point[0]).days / days
