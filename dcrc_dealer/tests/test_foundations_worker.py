"""The worker: what was done stays done, whatever happens next."""

from unittest.mock import patch

from psycopg2 import errors

from odoo import fields
from odoo.tools import mute_logger

from ..models.foundations import worker as module
from ..models.foundations.worker import AGAIN, Busy, Worker
from .common import DcrcCase

LOGGER = "odoo.addons.dcrc_dealer.models.foundations.worker"


class TestFoundationsWorker(DcrcCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.enterContext(patch.object(module.time, "sleep"))
        env = self.env(cr=self.enterContext(self.registry.cursor()))  # one that may commit
        self.cron = env.ref("dcrc_dealer.ir_cron_plan")
        cron, self.progress = self.cron._add_progress()
        self.worker = Worker(cron.with_context(cron_id=cron.id).env)
        self.seen = []

    def _step(self, *failures):
        """A step that raises `failures` one after the other, then does its work."""
        failures = list(failures)

        def step(piece=None):
            self.seen.append(piece)
            if failures:
                raise failures.pop(0)
            return piece

        return step

    def test_looking_what_there_is_to_do_counts_so_that_kills_do_not_put_the_action_off(self):
        self.assertEqual((self.progress.done, self.progress.remaining), (1, 1))

    def test_a_run_that_gets_on_clears_the_kills_of_those_before(self):
        killed = self.cron._add_progress(timed_out_counter=2)[1]  # … and 1 for this one, should it be killed
        Worker(self.cron.with_context(cron_id=self.cron.id, ir_cron_progress_id=killed.id).env)
        self.assertEqual((killed.done, killed.timed_out_counter), (1, 0))

    def test_every_step_and_every_piece_is_counted(self):
        self.worker.run("ab", lambda piece: self.worker.attempt(self._step(), piece))
        self.assertEqual((self.progress.done, self.progress.remaining), (5, 0))

    def test_while_a_piece_is_under_way_something_remains(self):
        step = iter([True, True, False])
        self.worker.run(
            "a", lambda piece: self.worker.drain(lambda: self.seen.append(self.progress.remaining) or next(step))
        )
        self.assertEqual(self.seen, [1, 1, 1])

    def test_a_conflict_is_tried_anew(self):
        step = self._step(errors.SerializationFailure(), errors.UniqueViolation())
        self.assertEqual(self.worker.attempt(step, "a"), "a")
        self.assertEqual(self.seen, ["a"] * 3)

    def test_the_last_try_knows_that_it_is(self):
        with self.assertRaises(errors.DeadlockDetected):
            self.worker.attempt(self._step(*[errors.DeadlockDetected()] * 9))
        self.assertTrue(self.worker.last_try)
        self.assertEqual(len(self.seen), module.TRIES)

    def test_an_error_keeps_no_other_piece_from_its_turn(self):
        with mute_logger(LOGGER):
            done = self.worker.run("ab", self._step(ValueError("broken")))
        self.assertEqual((done, self.seen), (True, ["a", "b"]))

    def test_what_is_in_other_hands_comes_again_within_minutes(self):
        with self.assertNoLogs(LOGGER, "WARNING"):
            self.worker.run("ab", self._step(Busy("taken"), Busy("taken")))
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertEqual(triggers.mapped("call_at"), [fields.Datetime.now() + AGAIN])
        self.assertEqual(self.progress.remaining, 0)  # and does not spin until then

    def test_a_conflict_without_end_comes_again_too(self):
        self.worker.run("a", lambda piece: self.worker.attempt(self._step(*[errors.LockNotAvailable()] * 9)))
        self.assertTrue(self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)]))

    def test_a_constraint_that_is_broken_for_good_is_an_error(self):
        with self.assertLogs(LOGGER, "ERROR"):
            self.worker.run("a", lambda piece: self.worker.attempt(self._step(*[errors.UniqueViolation()] * 9)))

    def test_nothing_begins_when_the_time_is_up(self):
        def work(piece):
            self.worker.env = self.worker.env(context={**self.worker.env.context, "cron_end_time": 0})
            self.worker.attempt(self._step(), piece)

        self.assertFalse(self.worker.run("abc", work))
        self.assertEqual((self.seen, self.progress.remaining), (["a"], 3))
