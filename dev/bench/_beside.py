"""Lists that import and a planner that plans, again and again, while people call; measures nothing."""

import importlib
import time

from ._fleet import Fleet

SECONDS = 60
ROWS = 500


def run(env_factory, size):
    """Work until the time is over, each step in a transaction of its own as the scheduled actions do."""
    lists = importlib.import_module("dev.bench.import")
    end, number, done = time.monotonic() + SECONDS, 0, 0
    with env_factory() as env:
        fleet = Fleet.find(env, "B")
        company_id, day = fleet.company.id, fleet.today
    while time.monotonic() < end:
        cells = [list(lists._sale(number + at, day).values()) for at in range(1, ROWS + 1)]
        number += ROWS
        with env_factory(allowed_company_ids=[company_id]) as env:
            record = env["dcrc.dms.import"]._take_file(
                f"sales{number}.csv", lists._csv(lists.SALES, cells), "sales", day
            )
            record._queue()
            record._run_all()
            if record.state != "done":
                raise AssertionError(f"the list is {record.state}: {record.problem_text}")
        with env_factory() as env:
            env["dcrc.followup.planner"]._plan_company(env["res.company"].browse(company_id))
        done += 1
    print(f"beside: {done} lists of {ROWS} rows imported, as many plannings")
    return []
