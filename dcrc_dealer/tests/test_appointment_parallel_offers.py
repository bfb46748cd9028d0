from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common_appointment_parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestAppointmentParallelOffers(ParallelCase):
    """A freed place is offered while others book it."""

    def _wait(self, number=1):
        with self._transaction() as env:
            day = env.company._dcrc_to_local(self.start).date()
            return (
                env["dcrc.appointment"]
                .create(
                    {
                        "partner_id": self.partner_ids[number],
                        "kind_id": self.kind_id,
                        "waiting": True,
                        "wanted_from": day,
                        "wanted_to": day,
                    }
                )
                .id
            )

    def _fill(self):
        """Book the whole day; return the id of the appointment at `start`."""
        with self._transaction() as env:
            opened, closed = env.company._dcrc_openings(
                *env.company._dcrc_day_bounds(env.company._dcrc_to_local(self.start).date())
            )[0]
            start = opened + timedelta(minutes=(self.start - opened).seconds // 60 % 60)
            while start + timedelta(hours=1) <= closed:
                answer = self._book(env, 0, start=fields.Datetime.to_string(start))
                self.assertTrue(answer["ok"], answer)
                if start == self.start:
                    booked = answer["appointment_id"]
                start += timedelta(hours=1)
        return booked

    def _cancel(self, env, appointment_id):
        env["dcrc.appointment"].browse(appointment_id).action_cancel()

    def _offered(self, *ids):
        with self._transaction() as env:
            return env["dcrc.appointment"].browse(ids).filtered("offer_open").ids

    def _holders(self):
        """How many hold the place at `start`."""
        with self._transaction() as env:
            return env["dcrc.appointment.seat"].search_count(
                [("resource_id", "=", self.resource_id), ("start", "=", self.start)]
            )

    def test_of_a_booking_and_an_offer_for_the_last_place_one_gets_it(self):
        booked, waiting = self._fill(), self._wait()
        with self._transaction() as one:
            self._cancel(one, booked)
            with self._meanwhile(lambda env: self._book(env, 2)) as other:
                other.waits()
                one.cr.commit()
        self.assertFalse(other.answer()["ok"])
        self.assertEqual(self._offered(waiting), [waiting])
        answer = self._request(lambda env: self._book(env, 2))
        self.assertIn("waiting list", answer["message"])
        self.assertEqual(self._holders(), 1)

    def test_who_books_first_leaves_nothing_to_offer(self):
        booked, waiting = self._fill(), self._wait()
        with self._transaction() as env:
            env["dcrc.appointment"].browse(waiting).waiting = False
            self._cancel(env, booked)
            env["dcrc.appointment"].browse(waiting).waiting = True
        with self._transaction() as one:
            one.cr.execute("SELECT 1")
            self.assertTrue(self._request(lambda env: self._book(env, 2))["ok"])
            one["dcrc.appointment"]._offer_freed(one.company, [self.start])
        self.assertFalse(self._offered(waiting))
        self.assertEqual(self._holders(), 1)

    def test_one_place_freed_is_offered_once_however_many_look_for_it(self):
        booked = self._fill()
        waiting = [self._wait(number) for number in (1, 2)]
        with self._transaction() as one:
            self._cancel(one, booked)
            with self._meanwhile(
                lambda env: env["dcrc.appointment"]._offer_freed(env.company, [self.start]).ids
            ) as other:
                other.waits()
                one.cr.commit()
            other.answer()
        self.assertEqual(self._offered(*waiting), waiting[:1])

    def test_taking_the_offer_and_booking_it_at_the_same_moment(self):
        booked, waiting = self._fill(), self._wait()
        self._request(lambda env: self._cancel(env, booked))
        with self._transaction() as one:
            one["dcrc.appointment"].browse(waiting).action_take_offer()
            with self._meanwhile(lambda env: self._book(env, 2)) as other:
                other.waits()
                one.cr.commit()
        self.assertFalse(other.answer()["ok"])
        self.assertEqual((self._holders(), self._booked()), (1, 1))

    def test_an_offer_killed_half_way_leaves_the_place_with_who_had_it(self):
        booked, waiting = self._fill(), self._wait()
        with self._transaction() as one:
            self._cancel(one, booked)
            one.flush_all()
            one.cr.rollback()
        self.assertFalse(self._offered(waiting))
        self.assertEqual((self._holders(), self._booked()), (1, 1))

    def test_two_who_pass_on_the_same_old_offer_do_it_once(self):
        booked = self._fill()
        waiting = [self._wait(number) for number in (1, 2, 3)]
        self._request(lambda env: self._cancel(env, booked))
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)), self._transaction() as one:
            one["dcrc.appointment"]._renew_offers()
            with self._meanwhile(lambda env: env["dcrc.appointment"]._renew_offers()) as other:
                self.assertFalse(other.waits(20))
            one.cr.commit()
            other.answer()
            self.assertEqual(self._offered(*waiting), waiting[1:2])
        self.assertEqual(self._holders(), 1)
