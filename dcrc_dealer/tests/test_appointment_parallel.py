import threading

import psycopg2

from odoo.tests import tagged

from .common_appointment_parallel import PEOPLE, ParallelCase


@tagged("post_install", "-at_install")
class TestAppointmentParallel(ParallelCase):
    """Who gets the last place (APT-2)."""

    def test_of_two_who_want_the_last_place_one_gets_it_and_the_other_two_alternatives(self):
        with self._transaction() as one, self._transaction() as two:
            two.cr.execute("SELECT 1")  # the second one's view of the day is older than the booking
            first = self._book(one, 0)
            self.assertTrue(first["ok"], first)
            one.cr.commit()
            answer = self._book(two, 1)
            self.assertFalse(answer["ok"])
            self.assertIn("fully booked", answer["message"])
            self.assertEqual(len(answer["alternatives"]), 2)
            second = self._book(two, 1, start=answer["alternatives"][0]["start"])
            self.assertTrue(second["ok"], second)
        self.assertEqual(self._booked(), 1)

    def test_of_many_at_the_same_moment_exactly_one_gets_the_last_place(self):
        barrier, answers = threading.Barrier(PEOPLE), []

        def ask(number, wait=True):
            try:
                with self._transaction() as env:
                    env.cr.execute("SELECT 1")
                    if wait:
                        barrier.wait(20)
                    answer = self._book(env, number)
            except psycopg2.errors.OperationalError:
                return ask(number, wait=False)  # as Odoo does with every request
            answers.append(answer)

        threads = [threading.Thread(target=ask, args=[number]) for number in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(len(answers), PEOPLE)
        self.assertEqual(sum(answer["ok"] for answer in answers), 1)
        self.assertEqual(self._booked(), 1)
        for answer in answers:
            if not answer["ok"]:
                self.assertEqual(len(answer["alternatives"]), 2, answer)

    def test_a_place_given_back_by_a_rollback_is_free_again(self):
        with self._transaction() as one:
            self.assertTrue(self._book(one, 0)["ok"])
            one.cr.rollback()
        with self._transaction() as two:
            self.assertTrue(self._book(two, 1)["ok"])

    def test_the_database_itself_refuses_a_second_holder_of_a_place(self):
        with self._transaction() as env:
            self._book(env, 0)
            env.flush_all()
            with self.assertRaises(psycopg2.errors.UniqueViolation), env.cr.savepoint():
                env.cr.execute(
                    "INSERT INTO dcrc_appointment_seat"
                    " (appointment_id, company_id, resource_id, start, number)"
                    " SELECT appointment_id, company_id, resource_id, start, number"
                    " FROM dcrc_appointment_seat WHERE resource_id = %s LIMIT 1",
                    [self.resource_id],
                )
