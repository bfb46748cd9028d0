"""Thirty specialists over HTTP against Odoo with several workers, against one who is alone.

Three settings, a minute each: by themselves; while lists import and the planner runs; and on two Odoo
servers over one PostgreSQL and one filestore, as two hosts would be. Loopback only.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager

from .. import sessions
from ..server import knock
from ..workshop import free_port
from . import CARS
from ._callers import work
from ._fleet import Fleet
from ._measure import row, vacuum

PEOPLE = 30
SECONDS = 60
ALONE = 30  # seconds of the one
WORKERS = 4
PAUSE = 1.55  # seconds between two clicks: five in a call, so that thirty people save 3 to 4 calls a second
QUEUE = 1500
SETTINGS = ((  "thirty", 1, False), ("beside", 1, True), ("two_servers", 2, False))  # fmt: skip


def run(env_factory, size):
    """Rows of each setting: slow end against one alone, calls saved a second, errors, doubled."""
    with env_factory() as env:
        fleet = Fleet.find(env, "B")
        fleet.bring_in(min(fleet.cars, QUEUE))
        company_id, people = fleet.company.id, fleet.users[:PEOPLE]
        logins, database = people.mapped("login"), env.cr.dbname
    with env_factory() as env:
        vacuum(env)
        env["dcrc.followup.planner"]._plan_company(env["res.company"].browse(company_id))
        tickets = list(sessions.open_sessions(env, logins).values())
    rows = []
    with _servers(database, 1) as ports:
        work(ports, tickets[: WORKERS * 2], company_id, 5, 0.05)  # each worker fills its caches
        alone = _slow_end(work(ports, tickets[:1], company_id, ALONE, PAUSE / 10))
    for name, servers, beside in SETTINGS:
        with ExitStack() as stack:
            ports = stack.enter_context(_servers(database, servers))
            work(ports, tickets[: WORKERS * 2], company_id, 5, 0.05)
            if beside:
                stack.enter_context(_beside(database, size))
            callers = work(ports, tickets, company_id, SECONDS, PAUSE)
        rows += _rows(name, callers, alone, size)
    return rows


def _rows(name, callers, alone, size):
    claimed = [contact for caller in callers for contact in caller.claimed]
    saved = sum(len(caller.saved) for caller in callers)
    errors = [text for caller in callers for text in caller.errors]
    for text in errors[:5]:
        print(f"load, {name}: {text}")
    cars = CARS[size]
    return [
        row("load", f"{name}_p95_vs_alone", _slow_end(callers) / alone, 3, size, cars),
        row("load", f"{name}_saved_a_second", saved / SECONDS, 3, size, cars, "higher"),
        row("load", f"{name}_errors", len(errors), 0, size, cars),
        row("load", f"{name}_doubled", len(claimed) - len(set(claimed)), 0, size, cars),
    ]


def _slow_end(callers):
    """Seconds of an answer at the 95th percentile."""
    times = [seconds for caller in callers for _step, seconds in caller.times]
    return statistics.quantiles(times, n=20)[-1]


@contextmanager
def _servers(database, count):
    """Give the ports of that many Odoo servers, which share `WORKERS` workers."""
    ports, processes = [free_port() for _number in range(count)], []
    with tempfile.TemporaryFile() as log, ExitStack() as stack:
        for port in ports:
            command = [
                sys.executable,
                "-m",
                "odoo",
                "-d",
                database,
                f"--http-port={port}",
                "--http-interface=127.0.0.1",
            ]
            command += [f"--workers={WORKERS // count}", f"--gevent-port={free_port()}", "--max-cron-threads=0"]
            command += ["--log-level=warn", f"--db-filter=^{database}$"]
            processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL))
            stack.callback(_end, processes[-1])
        _wait(ports, processes)
        yield ports


def _wait(ports, processes):
    end = time.monotonic() + 120
    while any(knock(port) != 200 for port in ports):
        if time.monotonic() > end or any(process.poll() is not None for process in processes):
            raise AssertionError("Odoo doesn't answer")
        time.sleep(0.3)


def _end(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


@contextmanager
def _beside(database, size):
    """Lists and planner in a process of their own, as the scheduled actions are."""
    with tempfile.NamedTemporaryFile(suffix=".json") as handle:
        command = [sys.executable, "-m", "dev.bench_run", database, "_beside", size, handle.name]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            yield
            if process.wait(60):
                raise AssertionError("the lists and the planner beside didn't work")
        finally:
            _end(process)
