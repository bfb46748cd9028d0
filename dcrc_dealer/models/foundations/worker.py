"""One way of doing much work in the background: lock, batch, retry on conflict, commit, go on.

A scheduled action makes a `Worker` and gives it its pieces::

    @api.model
    def _cron_send(self):
        worker = Worker(self.env)
        worker.run(dealers, lambda dealer: worker.drain(self._send_batch, dealer))

What it promises:

- what a step did is committed, and counted for Odoo's scheduler, before the next one starts: who is
  killed loses one step that leaves no trace, and three kills in a row don't put the action off for a day;
- somebody else was faster (`CONFLICTS`): the step is done anew, in a transaction that sees it;
- an error in one piece is logged and keeps no other piece from its turn;
- a step that finds its piece in other hands raises `Busy`: the action comes again in minutes;
- when the scheduler's time is up it stops between two steps, and goes on at the next run.

A step is a method that changes the database only; what cannot be undone (a provider that was told)
stands between two steps. In a request or a test, call the step itself.
"""

import logging
import random
import time
from datetime import timedelta

import psycopg2
from psycopg2 import errors

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Somebody else wrote at the same moment: a new transaction sees it and goes on.
CONFLICTS = (errors.DeadlockDetected, errors.LockNotAvailable, errors.SerializationFailure, ConcurrencyError)
TRIES = 5
AGAIN = timedelta(minutes=3)


class Busy(Exception):
    """Somebody else is at this piece of work: it comes again in a few minutes."""


class Worker:
    """Does pieces of work in transactions of their own (see above).

    ``left`` is how many seconds the scheduler grants (0: stop), ``last_try`` whether the step under
    way is tried for the last time.
    """

    def __init__(self, env):
        self.env = env
        self.remaining, self.last_try, self.put_off = 1, False, False
        # Looking what there is to do counts, and the kills of earlier runs, which got on, no longer do: Odoo
        # puts an action off that was killed three times and then, once more, before it has told of anything.
        progress = self.env["ir.cron.progress"].sudo().browse(self.env.context.get("ir_cron_progress_id"))
        progress.timed_out_counter = 0
        self.left = self.commit(1)

    def commit(self, count=0):
        """Commit what was done, with its count; return the seconds left (0: stop)."""
        self.left = self.env["ir.cron"]._commit_progress(count, remaining=self.remaining)
        return self.left

    def run(self, pieces, work):
        """Let ``work(piece)`` do every piece, as long as there is time; return whether all had their turn."""
        pieces = list(pieces)
        self.remaining = len(pieces)
        self.commit()
        for piece in pieces:
            if not self.left:
                return False
            self._do_piece(piece, work)
            if not self.left:
                return False
            self.remaining -= 1
            self.commit(1)
        return True

    def attempt(self, step, *args):
        """Do a step and commit, anew after a conflict; return what it returned."""
        for number in range(1, TRIES + 1):
            self.last_try = number == TRIES
            try:
                result = step(*args)
                self.commit(1)
                return result
            except (*CONFLICTS, errors.UniqueViolation):
                self.env.cr.rollback()
                if self.last_try:
                    raise
                time.sleep(random.uniform(0.02, 0.1) * number)
        return None

    def drain(self, step, *args):
        """Do a step again and again, until it finds nothing more to do or time is up."""
        while self.left and self.attempt(step, *args):
            pass

    def _do_piece(self, piece, work):
        try:
            work(piece)
        except psycopg2.InterfaceError:
            raise  # the connection is gone: the next run goes on
        except (*CONFLICTS, Busy) as reason:
            self.env.cr.rollback()
            _logger.info("%s comes again: %s", _name(piece, work), reason)
            self._come_again()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("%s failed", _name(piece, work))
            self.commit()

    def _come_again(self):
        """Wake the scheduled action soon: what was put off does not wait for its next regular run."""
        cron = self.env["ir.cron"].sudo().browse(self.env.context.get("cron_id"))
        if cron.exists() and not self.put_off:
            cron._trigger(at=fields.Datetime.now() + AGAIN)
        self.put_off = True
        self.commit()


def try_lock(env, space, number):
    """Take an advisory lock until this transaction ends; return whether nobody else has it."""
    return env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", space, number))[0][0]


def _name(piece, work):
    name = getattr(work, "__qualname__", str(work))
    return f"{name.removesuffix('.<lambda>').removesuffix('.<locals>')}: {piece}"
