"""A DMS list into customers, cars, deliveries and visits, against Odoo's own ways in."""

from datetime import timedelta

from ._fleet import Fleet
from ._lists import order, sale, sales_file, service_file
from ._measure import in_turn, row, seconds
from ._odoos_ways import create, load

ROWS = 1000  # of each list
# Of them for Odoo's import, which is much slower; rows per second are compared.
LOADED = {"small": 200, "medium": 200, "large": 20}
TURNS = 3


def run(env_factory, size):
    """Sales of new cars to new customers, and repair orders of cars of the file."""
    with env_factory() as env:
        fleet = Fleet.find(env, "B")
        known = fleet.mend_vins(ROWS)
        task = Task(
            env_factory, fleet.company.id, fleet.model.id, fleet.vehicles, fleet.people, fleet.today - timedelta(days=1)
        )
        task.loaded = LOADED[size]
        task.sales = [sale(number, task.day) for number in range(1, ROWS + 1)]
        task.service = [order(*car, task.day) for car in known]
    task.again = []
    taken = in_turn(TURNS, first=task.load_lists, bare=task.create, plain=task.load)
    again = sorted(first / second for first, second in task.again)[len(task.again) // 2]
    count = 2 * ROWS
    return [
        row("import", "vs_load", taken["plain"] / task.loaded / (taken["first"] / ROWS), 3, size, count, "higher"),
        row("import", "vs_create", taken["first"] / taken["bare"], 1.5, size, count),
        row("import", "again", again, 5, size, count, "higher"),
    ]


class Task:
    """The same records in three ways; each is taken back, so that every turn finds the same file."""

    def __init__(self, env_factory, company_id, model_id, vehicles, people, day):
        self.env_factory, self.company_id, self.model_id = env_factory, company_id, model_id
        self.vehicles, self.people, self.day = vehicles, people, day

    def _in_dealer(self):
        return self.env_factory(allowed_company_ids=[self.company_id])

    # -- our own way ---------------------------------------------------------
    def load_lists(self):
        """Seconds of reading and importing both lists; the same files follow again."""
        files = [("sales", sales_file(self.sales)), ("service", service_file(self.service))]
        with self._in_dealer() as env:
            first = seconds(lambda: self._import(env, files, "created"))
            second = seconds(lambda: self._import(env, files, "unchanged"))
            env.cr.rollback()
        self.again.append((first, second))
        return first

    def _import(self, env, files, verdict):
        for kind, content in files:
            record = env["dcrc.dms.import"]._take_file(f"{kind}.csv", content, kind, self.day)
            record._queue()
            record._run_all()
            env.flush_all()
            groups = env["dcrc.dms.row"]._read_group([("import_id", "=", record.id)], ["verdict"], ["__count"])
            if record.state != "done" or groups != [(verdict, ROWS)]:
                raise AssertionError(f"{kind}: {record.state} {groups} {record.problem_text or ''}")

    # -- bare ORM creates ----------------------------------------------------
    def create(self):
        """Seconds of bare creates of the same records."""
        with self._in_dealer() as env:
            taken = seconds(lambda: create(env, self))
            env.cr.rollback()
        return taken

    # -- Odoo's import -------------------------------------------------------
    def load(self):
        """Seconds of Odoo's own `load()` of the same records.

        One file a model; new records are tied together by external ids. Cars and customers of
        the file are named as the list names them: `load()` has to find them, as our import has.
        """
        with self._in_dealer() as env:
            taken = seconds(lambda: load(env, self))
            env.cr.rollback()
        return taken
