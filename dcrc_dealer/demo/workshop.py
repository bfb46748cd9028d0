"""The life of a car in the workshop: when it came, for what, at which mileage.

Plain Python, no database: `visits` makes what a year of repair orders would
show. The plan says first service after 3 months or 5,000 km, then every six months
or 10,000 km; who keeps to it, and how, is told by `habits`. Repairs, warranty
claims, accidents and a little rework come between.
"""

from datetime import datetime, time, timedelta

from . import habits

FIRST_DAYS, FIRST_KM = 88, 5000
NEXT_DAYS, NEXT_KM = 182, 10000
LOOKED_AT = 0.55  # new cars that come for film, camera or a look within weeks
BOOKED = 0.44  # of all visits but accidents
HOURS = ((8.5, 10.5), (10.5, 12), (12, 14), (14, 17))  # of arrival
SHARES = (46, 20, 8, 26)
# chance a year, hours in the workshop, (work, labour, parts)
EXTRAS = {
    "repair": (
        0.52,
        (2, 6),
        (
            ("更换前刹车片", 160, 420),
            ("更换雨刮片、蓄电池", 80, 560),
            ("空调不制冷检查，补充冷媒", 200, 180),
            ("更换两条前轮胎，四轮定位", 150, 1180),
            ("更换火花塞", 120, 260),
            ("清洗节气门、进气道", 240, 90),
            ("更换刹车油、变速箱油", 260, 620),
            ("检查底盘异响，更换平衡杆胶套", 220, 190),
        ),
    ),
    "warranty": (
        0.14,
        (2, 7),
        (
            ("车机黑屏，刷新系统（三包）", 0, 0),
            ("更换右前减震器（三包）", 0, 0),
            ("天窗异响调整（三包）", 0, 0),
            ("更换氧传感器（三包）", 0, 0),
            ("车门密封条更换（三包）", 0, 0),
        ),
    ),
    "accident": (
        0.09,
        (30, 120),
        (("前保险杠更换喷漆", 900, 2100), ("左侧车门钣金喷漆", 1300, 600), ("后保险杠、尾灯更换", 700, 1850)),
    ),
    "other": (0.10, (1, 2), (("免费安全检测", 0, 0), ("加装行车记录仪", 100, 480), ("全车打蜡、内饰清洁", 260, 80))),
}
SERVICES = (
    ("常规保养：更换机油机滤", 80, 268),
    ("常规保养：机油机滤、空气滤", 100, 356),
    ("常规保养：机油三滤、轮胎换位", 140, 488),
    ("大保养：机油三滤、火花塞、刹车油", 320, 980),
)
ELECTRIC = (("纯电保养：三电检测、空调滤芯", 120, 96), ("纯电保养：减速器油、制动液检查", 160, 240))
REWORK = ("异响复检调整", "机油渗漏复检", "空调异味复检处理", "漆面瑕疵返工")


def visits(rng, car, now, until):
    """All visits of a car from its delivery to `until`, oldest first.

    ``car``: dict with delivered (date), driving, rhythm (see `habits`), fuel, lost_after (date or None).
    ``now``: naive local time; a car whose work isn't finished by then has no date_out.
    Each visit: kind, date_in, date_out, mileage, work, labour, parts, booked.
    """
    days = sorted(_service_days(rng, car, until) + _extra_days(rng, car, until), key=lambda d: d[0])
    result, last = [], None
    for day, kind in days:
        if last and (day - last).days < 5 and kind != "rework":
            continue
        result.append(visit(rng, car, day, kind, now))
        last = day
        if kind in ("repair", "accident") and rng.random() < 0.05:
            again = day + timedelta(days=rng.randrange(4, 14))
            if again <= until:
                result.append(visit(rng, car, again, "rework", now))
                last = again
    return sorted((v for v in result if v["date_in"] < now), key=lambda v: v["date_in"])


def mileage(car, day):
    """What the car shows on a day."""
    return max(6, round(car["driving"].km(day)))


def visit(rng, car, day, kind, now):
    """One repair order of a day."""
    hours, work, labour, parts = _work(rng, car, kind)
    low, high = rng.choices(HOURS, SHARES)[0]
    start = datetime.combine(day, time()) + timedelta(minutes=rng.randrange(int(low * 60), int(high * 60), 5))
    end = start + timedelta(minutes=rng.randrange(hours[0] * 60, hours[1] * 60))
    if end.hour < 8 or end.hour > 18:
        end = datetime.combine(end.date(), time(17, 10)) + timedelta(minutes=rng.randrange(50))
        end = max(end, start + timedelta(minutes=40))
    return {
        "kind": kind,
        "date_in": start,
        "date_out": end if end <= now else None,
        "mileage": mileage(car, day),
        "work": work,
        "labour": labour,
        "parts": parts,
        "booked": kind != "accident" and rng.random() < BOOKED,
    }


def _service_days(rng, car, until):
    """Days of first and periodic services with us; one elsewhere leaves a gap."""
    day = habits.next_coming(rng, car, car["delivered"], FIRST_KM, FIRST_DAYS)
    result, kind = [], "first"
    while day <= until and not (car["lost_after"] and day > car["lost_after"]):
        if rng.random() >= habits.SKIPS:
            result.append((day, kind))
            kind = "periodic"
        coming = habits.next_coming(rng, car, day, NEXT_KM, NEXT_DAYS)
        day = max(day + timedelta(days=40), coming)
    return result


def _extra_days(rng, car, until):
    last = min(until, car["lost_after"] or until)
    age = (last - car["delivered"]).days
    result = []
    if age > 45 and rng.random() < LOOKED_AT:
        result.append((car["delivered"] + timedelta(days=rng.randrange(6, 45)), "other"))
    for kind, (chance, _hours, _works) in EXTRAS.items():
        if kind == "warranty" and age > 3 * 365:
            continue
        for _year in range(int(age / 365 + rng.random())):
            if rng.random() < chance:
                day = car["delivered"] + timedelta(days=rng.randrange(20, max(21, age)))
                if day <= last:
                    result.append((day, kind))
    return result


def _work(rng, car, kind):
    """Return hours (from, to), text, labour and parts of one order."""
    if kind == "first":
        return (1, 3), "首次保养（免费）：更换机油机滤，全车检查", 0, 0
    if kind == "periodic":
        return (1, 3), *rng.choice(ELECTRIC if car["fuel"] == "electric" else SERVICES)
    if kind == "rework":
        return (1, 4), rng.choice(REWORK), 0, 0
    _chance, hours, works = EXTRAS[kind]
    return hours, *rng.choice(works)
