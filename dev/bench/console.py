"""Today, the next call, saving an attempt: the same work in a small file and in a large one."""

import statistics

from . import CARS
from ._callers import answers
from ._fleet import Fleet
from ._measure import row, seconds, vacuum

QUEUE = 50  # customers due a specialist
BLOCKS, ROUNDS = 5, 16  # a block's slow end is compared with the other's of the same minute
CALLERS = 3  # as many people in both, so that what a server keeps for each is as warm
STEPS = ("today", "next", "save")


def run(env_factory, size):
    """Two dealers, one with ten times the cars, specialists and calls due."""
    cars = CARS[size]
    with env_factory() as env:
        fleets = {"small": Fleet.find(env, "A"), "large": Fleet.find(env, "B")}
        teams = {name: (f.company.id, f.users.mapped("login")) for name, f in fleets.items()}
        for fleet in fleets.values():
            fleet.bring_in(min(fleet.cars, QUEUE * len(fleet.users)))
    with env_factory() as env:
        vacuum(env)
        for company_id, _logins in teams.values():
            env["dcrc.followup.planner"]._plan_company(env["res.company"].browse(company_id))
    with env_factory() as env:
        vacuum(env)
    found = {name: [] for name in teams}
    for number in range(3 + BLOCKS * ROUNDS):
        for name in sorted(teams, reverse=number % 2):
            company_id, logins = teams[name]
            found[name].append(_round(env_factory, logins[number % CALLERS], company_id))
    return _rows(found, size, cars)


def _rows(found, size, cars):
    """Queries of a round (the median: the first rounds fill a server's caches) and its slow end."""
    rows = []
    for step in STEPS:
        count = {name: statistics.median(r[step][1] for r in rounds) for name, rounds in found.items()}
        rows.append(row("console", f"queries_{step}", count["large"], count["small"], size, cars))
    slow = {name: _slow_ends(rounds[3:]) for name, rounds in found.items()}
    ratios = [large / small for large, small in zip(slow["large"], slow["small"])]
    rows.append(row("console", "p95_large_vs_small", statistics.median(ratios), 1.5, size, cars))
    return rows


def _slow_ends(rounds):
    """Seconds that a round takes at the 95th percentile, block by block."""
    taken = [sum(r[step][0] for step in STEPS) for r in rounds]
    blocks = [taken[start : start + ROUNDS] for start in range(0, len(taken), ROUNDS)]
    return [statistics.quantiles(block, n=20)[-1] for block in blocks]


def _round(env_factory, login, company_id):
    """One call from looking at Today to saving it; return {step: (seconds, queries)}."""
    result, state = {}, {}

    def step(name, work):
        with env_factory(login, allowed_company_ids=[company_id]) as env:

            def call():
                state[name] = work(env["dcrc.console"])
                env.flush_all()

            taken = seconds(call)
            result[name] = taken, env.cr.sql_log_count

    step("today", lambda console: console.get_today())
    step("next", lambda console: console.open_contact(console.claim_next()))
    screen = state["next"]
    step("save", lambda console: console.finish_call(screen["call_id"], answers(screen), False))
    if state["today"]["progress"]["total"] < 1 or state["save"]["next"]:
        raise AssertionError(f"the console answered {state['today']['progress']}, {state['save']}")
    return result
