"""How customers drive and when they come: km a day, their own rhythm, and why some stay away.

Plain Python. Nobody drives the same every month, some go by the months of the plan, some by the
km alone, some by a habit of their own, and some are always late; a few go elsewhere for good.
"""

from bisect import bisect_left
from datetime import timedelta

BLOCK = 30  # days with one pace
SEASON = (1.0, 1.15, 0.95, 1.0, 1.05, 0.95, 1.1, 1.1, 0.95, 1.1, 0.95, 0.95)  # by month
# km a day in the middle, by the model's code; others MIDDLE
KM = {"SC7002BEV": 24, "SC7001BEV": 52, "SC6451": 44, "SC1031": 43, "SC7152PHEV": 46}
MIDDLE, SPREAD = 38, 0.45
FOR_HIRE = 0.03  # drives passengers: thrice as much as others
LEAST, MOST = 9, 190

# how customers keep to the plan, in a hundred
RHYTHMS = (("plan", 70), ("late", 14), ("km", 8), ("own", 8))
HASTE = (-6, 7)  # one specialist brings people in time, the other's are late more often
YEAR = 365
SKIPS = 0.035  # one service elsewhere, and back again
# share of cars that go elsewhere one day, by the model's code; others LEAVE
LEAVES = {"SC7002BEV": 0.33, "SC1031": 0.30, "SC7164": 0.27, "SC6451": 0.14, "SC7151": 0.18}
LEAVE, LEAVE_FAR = 0.23, 0.45
LEFT_DAYS = 600  # who left longer ago is forgotten

# why they go: reason, places, price there; weight
WHY = (
    ("lost_price", ("途虎养车工场店", "天猫养车", "京东养车", "途虎养车工场店"), (199, 298), 27),
    ("lost_other_shop", ("小区门口汽修厂", "朋友的修理厂", "老同学汽修", "途虎养车工场店"), (160, 260), 18),
    ("lost_far", ("邻水县城快修店", "璧山一家修理厂", "江津双福汽修城", "家附近的快修店"), (180, 280), 13),
    ("lost_waiting", ("天猫养车", "途虎养车工场店", "快车道快修"), (219, 320), 10),
    ("lost_attitude", ("另一家长安4S店", "途虎养车工场店"), (260, 420), 7),
    ("lost_quality", ("另一家长安4S店", "朋友的修理厂"), (230, 420), 7),
    ("lost_moved", ("成都一家长安4S店", "贵阳长安服务站", "泸州长安服务站"), (280, 430), 7),
    ("lost_sold", (), (), 5),
    ("lost_self", ("自己买机油在家换",), (110, 160), 3),
    ("lost_not_needed", (), (), 3),
)
WHY_FAR = ("lost_far", ("邻水县城快修店", "合江县汽修厂", "桐梓县城修理厂", "大竹县途虎工场店"), (160, 260))


class Driving:
    """What a car's meter shows on any day until `until`; the pace changes month by month."""

    def __init__(self, rng, delivered, until, daily):
        self.delivered, self._sums = delivered, [0.0]
        day = delivered
        while day <= until + timedelta(days=2 * YEAR):
            pace = daily * SEASON[day.month - 1] * rng.lognormvariate(0, 0.14)
            self._sums.append(self._sums[-1] + pace * BLOCK)
            day += timedelta(days=BLOCK)

    def km(self, day):
        """Km driven from the delivery to the evening before `day`."""
        block, rest = divmod(max(0, (day - self.delivered).days), BLOCK)
        block = min(block, len(self._sums) - 2)
        return self._sums[block] + (self._sums[block + 1] - self._sums[block]) * rest / BLOCK

    def day_of(self, km):
        """Day on which so many km are driven; the last known one at most."""
        block = bisect_left(self._sums, km)
        if block >= len(self._sums):
            return self.delivered + timedelta(days=BLOCK * (len(self._sums) - 1))
        low, high = self._sums[max(block - 1, 0)], self._sums[block]
        part = (km - low) / (high - low) if high > low else 0
        return self.delivered + timedelta(days=round((max(block - 1, 0) + part) * BLOCK))


def daily_km(rng, code):
    """Km a day of a new customer with a car of this model."""
    km = KM.get(code, MIDDLE) * rng.lognormvariate(0, SPREAD)
    if rng.random() < FOR_HIRE:
        km = max(km * 2.5, rng.uniform(100, 170))
    return min(MOST, max(LEAST, km))


def rhythm(rng, desk):
    """``(name, days)`` of a specialist's customer; days only for a rhythm of one's own."""
    weights = [share + (HASTE[desk] if name == "late" else 0) for name, share in RHYTHMS]
    [name] = rng.choices([name for name, _share in RHYTHMS], weights)
    return name, rng.choice((120, 150, 210, 240)) if name == "own" else 0


def next_coming(rng, car, day, km, days):
    """Day on which a car comes again when `km` or `days` after `day` it is due by the plan."""
    driving = car["driving"]
    by_km = driving.day_of(driving.km(day) + km)
    due = min(day + timedelta(days=days), by_km)
    name, own = car["rhythm"]
    if name == "km":
        due = min(by_km, day + timedelta(days=round(1.4 * days)))
    elif name == "own" and days > 100:
        due = day + timedelta(days=own)
    late = rng.gauss(0, 5) + rng.expovariate(1 / 7)
    if name == "late":
        late += 18 + min(90, rng.expovariate(1 / 26))
    if due.month == 2:  # after the Spring Festival
        late += rng.uniform(4, 16)
    return due + timedelta(days=round(late))


def leaving(rng, code, far, age):
    """Why and when (days after delivery) a car goes elsewhere for good, or None.

    Return ``{"after", "reason", "place", "price"}``.
    """
    chance = LEAVE_FAR if far else LEAVES.get(code, LEAVE)
    if age < 60 or rng.random() > chance:
        return None
    weights = [weight for *_rest, weight in WHY]
    reason, places, prices, _weight = rng.choices(WHY, weights)[0]
    if far and rng.random() < 0.7:
        reason, places, prices = WHY_FAR
    return {
        "after": _left_after(rng, age),
        "reason": reason,
        "place": rng.choice(places) if places else False,
        "price": round(rng.uniform(*prices), -1) if prices else 0,
    }


def _left_after(rng, age):
    """Days after delivery; few leave before the first service, which is free."""
    first = 60 if rng.random() < 0.3 else 115
    return max(first, rng.randrange(max(0, age - LEFT_DAYS), age))
