"""Cars driven by their own habits, serviced when due or a little late, misread now and then.

A history is plain Python: ``(plan, delivered, [(day, km read, kind, day it was due)])``. Habits are
drawn from a fixed seed. Two of a hundred readings have a digit too many, two a digit too few, one is
missing. Due is the day on which the plan's km were truly driven or its months were over: only here
can it be known.
"""

import math
import random
from datetime import date, timedelta

from odoo.addons.dcrc_dealer.tools.forecast import Step, add_months, step_after

PLANS = [
    [Step("first", 5000, 3), Step("periodic", 10000, 6)],
    [Step("first", 5000, 3), Step("periodic", 5000, 6)],
    [Step("first", 5000, 6), Step("periodic", 10000, 12)],
]


def make_histories(count, until, seed=11):
    """Return ``[(plan number, delivered, visits)]`` of `count` cars with two services or more."""
    rng = random.Random(seed)
    found = []
    while len(found) < count:
        number = rng.randrange(len(PLANS))
        delivered = until - timedelta(days=rng.randrange(300, 1600))
        visits = _visits(rng, PLANS[number], delivered, until)
        if sum(visit[2] != "repair" for visit in visits) >= 2:
            found.append((number, delivered, visits))
    return found


def _visits(rng, plan, delivered, until):
    """Services and repairs of one car, oldest first, with what was typed as mileage."""
    habit = min(150, max(8, rng.lognormvariate(math.log(40), 0.5)))
    day, km, done, visits = delivered, 0.0, 0, []
    while True:
        step = step_after(plan, done)
        rate = habit * rng.lognormvariate(0, 0.15)
        due = min(step.km / rate, (add_months(day, step.months) - day).days)
        days = max(10, round(due + rng.gauss(0, 10) + rng.expovariate(1 / 10)))
        if rng.random() < 0.3 and days > 20:
            early = rng.randrange(10, days)
            visits.append((day + timedelta(days=early), _typed(rng, km + rate * early), "repair", None))
        due = day + timedelta(days=round(due))
        day, km, done = day + timedelta(days=days), km + rate * days, done + 1
        if day > until:
            return [visit for visit in visits if visit[0] <= until]
        visits.append((day, _typed(rng, km), "first" if done == 1 else "periodic", due))


def _typed(rng, km):
    """What stands on the repair order."""
    chance = rng.random()
    factor = 10 if chance < 0.02 else 0.1 if chance < 0.04 else 0 if chance < 0.05 else 1
    return min(round(km * factor), 2_900_000)


def hold_back(visits):
    """Split visits at the last service: return (what was known before it, that service)."""
    last = max(n for n, visit in enumerate(visits) if visit[2] != "repair")
    return visits[:last], visits[last]


TODAY = date(2026, 10, 1)
