"""A scheduled action in a process of its own that is killed with -9, again and again, and then goes on.

What runs is what Odoo's scheduler runs: the ready job, taken with its lock, its progress counted. All
other jobs stand still. `Job.kill` strikes after a moment by chance, `Job.finish` lets the job come to its end and
tells how long nothing happened for want of a free lock.
"""

import os
import random
import subprocess
import sys
import time

import odoo.release  # noqa: F401
from odoo.tools import config

WORKER = """
import sys
import odoo.api, odoo.modules.registry
from odoo.tools import config
config.parse_config(["-d", sys.argv[1], "--log-level=error"])
from odoo.addons.base.models.ir_cron import IrCron
odoo.modules.registry.Registry(sys.argv[1])
print("ready", flush=True)
IrCron._process_jobs(sys.argv[1])
"""
PUT_OFF = 240  # seconds: a lock that a killed session still holds is tried again after three minutes
PATIENCE = 600  # seconds without work, after the last kill


class Job:
    """One scheduled action of a database, and nothing else at work in it.

    :param done: called with an environment: is there nothing left to do?
    """

    def __init__(self, env_factory, xmlid, done, seed=1):
        self.env_factory, self.done, self.chance = env_factory, done, random.Random(seed)
        with env_factory() as env:
            cron = env.ref(xmlid)
            self.cron_id = cron.id
            (env["ir.cron"].search([]) - cron).active = False
            cron.write({"active": True, "failure_count": 0})
            self._ready(env)

    def kill(self, times, longest, ready=lambda env: True):
        """Kill the worker `times` times, each within `longest` seconds of its work; return how often it was at it.

        :param ready: called with an environment until it agrees: only then the worker may be hit.
        """
        hit = 0
        for _time in range(times):
            worker = self._start()
            while not self._ask(ready) and not self._ask(self.done):
                if worker.poll() is not None:  # the killed session held the job for a moment more, or time was up
                    worker = self._start()
                time.sleep(0.05)
            time.sleep(self.chance.uniform(0, longest))
            hit += worker.poll() is None
            worker.kill()
            worker.wait()
            print(f"  killed, {self._state()}", flush=True)
        return hit

    def finish(self):
        """Let the job come to its end; return the seconds in which it had work and did none."""
        idle = 0.0
        while not self._ask(self.done):
            if idle > PATIENCE:
                raise AssertionError(f"the job doesn't come to its end: {self._state()}")
            worker, started = self._start(), time.monotonic()
            if worker.wait():
                raise AssertionError("the last worker failed")
            if time.monotonic() - started < 1 and not self._ask(self.done):
                time.sleep(2)  # as the scheduler looks again
                idle += time.monotonic() - started
        return idle

    def _start(self):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, config["db_name"][0]], env=os.environ, stdout=subprocess.PIPE
        )
        worker.stdout.readline()
        return worker

    def _ready(self, env):
        """Due now; what a run puts off is seen, because nothing calls this later."""
        env["ir.cron"].browse(self.cron_id).nextcall = env.cr.now().replace(microsecond=0)

    def _ask(self, question):
        with self.env_factory() as env:
            return question(env)

    def _state(self):
        with self.env_factory() as env:
            cron = env["ir.cron"].browse(self.cron_id)
            return f"active {cron.active}, failures {cron.failure_count}, next {cron.nextcall:%d %H:%M:%S}"


def unsound(env_factory, dealer):
    """How many rows of a dealer the self-check finds to be wrong."""
    with env_factory() as env:
        found = env["dcrc.self.check"]._find(env["res.company"].browse(dealer))
    wrong = [line for line in found if line["count"] or line["problem"]]
    for line in wrong:
        print(f"self-check: {line['key']}: {line['problem'] or line['count']}")
    return sum(line["count"] or 1 for line in wrong)
