from odoo import fields
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.tests import tagged

from .common_appointment_parallel import PEOPLE, ParallelCase


@tagged("post_install", "-at_install")
class TestAppointmentParallelLimits(ParallelCase):
    """A limit is lowered in the same second as somebody books (APT-2)."""

    LOWERINGS = {
        "fewer places": lambda test, env: test._get_resource(env).write({"capacity": 0}),
        "archived": lambda test, env: test._get_resource(env).action_archive(),
        "deleted": lambda test, env: test._get_resource(env).unlink(),
        "away": lambda test, env: test._go_away(env),
    }

    def _get_resource(self, env):
        return env["dcrc.appointment.resource"].browse(self.resource_id)

    def _get_kind(self, env):
        return env["dcrc.appointment.kind"].browse(self.kind_id)

    def _go_away(self, env):
        day = self.start.replace(hour=0)
        env["dcrc.appointment.absence"].create(
            {"resource_id": self.resource_id, "start": day, "stop": fields.Datetime.add(day, days=1)}
        )

    def _undo(self):
        with self._transaction() as env:
            env["dcrc.appointment"].search([("partner_id", "in", self.partner_ids)]).action_cancel()
            env["dcrc.appointment.absence"].search([("resource_id", "=", self.resource_id)]).unlink()
            self._get_resource(env).write({"capacity": 1, "active": True})

    def test_what_was_booked_a_moment_ago_is_seen_by_who_lowers_the_limit(self):
        for name, lower in self.LOWERINGS.items():
            with self.subTest(name), self._transaction() as one, self._transaction() as two:
                two.cr.execute("SELECT 1")  # from now on the manager's view of the day is old
                self.assertTrue(self._book(one)["ok"])
                one.cr.commit()
                with self.assertRaises(ConcurrencyError):
                    lower(self, two)
                two.cr.rollback()
                with self.assertRaisesRegex(ValidationError, "(?s)more is booked already.*并行0"):
                    lower(self, two)
                    two.flush_all()
                two.cr.rollback()
            self._undo()

    def test_lowering_waits_for_a_booking_that_is_under_way_and_names_it(self):
        for name, lower in self.LOWERINGS.items():
            with self.subTest(name), self._transaction() as one:
                self.assertTrue(self._book(one)["ok"])
                with self._meanwhile(lambda env, lower=lower: lower(self, env)) as manager:
                    self.assertTrue(manager.waits())
                    one.cr.commit()
                self.assertIsInstance(manager.answer(), ValidationError)
                self.assertIn("并行0", str(manager.answer()))
            self.assertEqual(self._booked(), 1)
            self._undo()

    def test_lowering_goes_on_when_the_booking_is_given_up(self):
        with self._transaction() as one:
            self._book(one)
            with self._meanwhile(lambda env: self._get_resource(env).write({"capacity": 0})) as manager:
                self.assertTrue(manager.waits())
                one.cr.rollback()
            self.assertTrue(manager.answer())
        self.assertEqual(self._booked(), 0)
        self._undo()

    def test_a_booking_waits_for_a_lowering_that_is_under_way_and_is_refused_in_words(self):
        for name in ("fewer places", "archived", "away"):
            with self.subTest(name), self._transaction() as one:
                self.LOWERINGS[name](self, one)
                one.flush_all()
                with self._meanwhile(self._book) as specialist:
                    self.assertTrue(specialist.waits())
                    one.cr.commit()
                answer = specialist.answer()
                self.assertFalse(answer["ok"])
                self.assertTrue(answer["message"])
            self.assertEqual(self._booked(), 0)
            self._undo()

    def test_a_booking_goes_on_when_the_lowering_is_given_up(self):
        with self._transaction() as one:
            self._get_resource(one).capacity = 0
            one.flush_all()
            with self._meanwhile(self._book) as specialist:
                self.assertTrue(specialist.waits())
                one.cr.rollback()
        self.assertTrue(specialist.answer()["ok"])

    def test_a_booking_that_began_before_the_limit_went_down_is_measured_by_the_new_one(self):
        with self._transaction() as one:
            one.cr.execute("SELECT 1")
            with self._transaction() as two:
                self._go_away(two)
            answer = self._request(self._book)
            with self.assertRaisesRegex(Exception, "concurrent update"):
                self._book(one)
            one.cr.rollback()
        self.assertFalse(answer["ok"])
        self._undo()

    def test_the_limit_of_a_kind_of_work_counts_who_books_at_the_same_moment(self):
        with self._transaction() as env:
            self._get_resource(env).capacity = 3
            self._get_kind(env).max_parallel = 0
        with self._transaction() as one:
            for number in range(2):
                self.assertTrue(self._book(one, number)["ok"])
            with self._meanwhile(lambda env: self._get_kind(env).write({"max_parallel": 1})) as manager:
                self.assertTrue(manager.waits())
                one.cr.commit()
            self.assertIsInstance(manager.answer(), ValidationError)
        self.assertTrue(self._request(lambda env: self._get_kind(env).write({"max_parallel": 2})))
        self.assertFalse(self._request(lambda env: self._book(env, 3))["ok"])

    def test_bookings_at_other_times_do_not_wait_for_each_other(self):
        later = fields.Datetime.to_string(fields.Datetime.add(self.start, hours=2))
        with self._transaction() as one:
            self._book(one)
            with self._meanwhile(lambda env: self._book(env, 1, start=later)) as other:
                self.assertFalse(other.waits(20))
        self.assertTrue(other.answer()["ok"])

    def test_managers_who_change_several_at_once_do_not_stand_in_each_others_way(self):
        with self._transaction() as env:
            other = self._get_resource(env).copy({"name": "并行二", "capacity": 1, "company_id": env.company.id}).id
        self.addCleanup(self._request, lambda env: env["dcrc.appointment.resource"].browse(other).unlink())
        orders = [(self.resource_id, other), (other, self.resource_id)] * 2
        changes = [
            lambda env, ids=ids, n=n: env["dcrc.appointment.resource"].browse(ids).write({"capacity": n})
            for n, ids in enumerate(orders, 2)
        ]
        requests = [self.enterContext(self._meanwhile(func)) for func in [*changes, self._book]]
        answers = [request.answer() for request in requests]
        self.assertEqual(answers[:-1], [True] * 4)
        self.assertTrue(answers[-1]["ok"])

    def test_in_a_crowd_never_more_is_booked_than_the_limit_allows(self):
        with self._transaction() as env:
            self._get_kind(env).max_parallel = 0
            self._get_resource(env).capacity = 4
        lower = [lambda env, n=n: self._get_resource(env).write({"capacity": n}) for n in (3, 2)]
        book = [lambda env, n=n: self._book(env, n) for n in range(PEOPLE)]
        requests = []
        for func in [*book[:2], lower[0], *book[2:4], lower[1], *book[4:]]:
            requests.append(self.enterContext(self._meanwhile(func)))
        answers = [request.answer() for request in requests]
        with self._transaction() as env:
            capacity = self._get_resource(env).capacity
        done = sum(isinstance(answer, dict) and answer["ok"] for answer in answers)
        self.assertEqual(self._booked(), done, "none is lost")
        self.assertLessEqual(done, capacity)
