import re
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentLink(AppointmentCase):
    """What the customer's own link may do, and for how long (APT-6)."""

    def _mine(self, hour=10, days=1, **vals):
        return self._book(hour, days=days, partner=self.customer, vehicle_id=self.car.id, **vals)

    def _invite(self, **vals):
        return self.Appointment._invite(
            {
                "partner_id": self.customer.id,
                "company_id": self.dealer.id,
                "vehicle_id": self.car.id,
                "kind_id": self.kinds["periodic"].id,
                **vals,
            }
        )

    def _find(self, token):
        return self.Appointment.with_user(self.env.ref("base.public_user"))._get_by_token(token)

    def test_the_token_is_long_and_never_the_same(self):
        tokens = [self._mine(hour).access_token for hour in (9, 10, 11)]
        self.assertEqual(len(set(tokens)), 3)
        self.assertTrue(all(re.fullmatch(r"[\w-]{43}", token) for token in tokens))

    def test_the_public_finds_only_what_the_token_names(self):
        appointment = self._mine()
        self._book(11)
        self.assertEqual(self._find(appointment.access_token).id, appointment.id)
        token = appointment.access_token
        for wrong in ("", None, "x", "a" * 43, token[:-1], "%" * 43, f"{token}x"):
            self.assertFalse(self._find(wrong), wrong)

    def test_the_link_ends_with_the_day(self):
        token = self._mine(10, days=1).access_token
        with freeze_time(NOW + timedelta(days=1, hours=13)):
            self.assertTrue(self._find(token), "23:00 of the day")
        with freeze_time(NOW + timedelta(days=1, hours=15)):
            self.assertFalse(self._find(token), "1:00 of the next")

    def test_the_link_ends_where_appointments_are_switched_off(self):
        token = self._mine().access_token
        self.dealer.dcrc_room_appointment = False
        self.assertFalse(self._find(token))

    def test_an_invitation_ends_after_two_weeks(self):
        token = self._invite().access_token
        with freeze_time(NOW + timedelta(days=13)):
            self.assertTrue(self._find(token))
        with freeze_time(NOW + timedelta(days=15)):
            self.assertFalse(self._find(token))

    def test_who_only_waits_has_no_link_until_invited_or_offered(self):
        waiting = self._invite(link_until=False, waiting=True, wanted_from=TODAY, wanted_to=TODAY)
        self.assertFalse(self._find(waiting.access_token))
        waiting.action_invite()
        self.assertTrue(self._find(waiting.access_token))

    def test_the_customer_books_with_the_invitation(self):
        appointment = self._invite()
        done, message, _slots = appointment._link_book(str(self._at(10)))
        self.assertTrue(done, message)
        self.assertEqual((appointment.state, appointment.channel), ("booked", "link"))
        self.assertEqual(appointment.start, self._at(10))

    def test_the_same_time_twice_is_no_mistake(self):
        appointment = self._invite()
        appointment._link_book(str(self._at(10)))
        self.assertTrue(appointment._link_book(str(self._at(10)))[0])
        self.assertEqual(self.Appointment.search_count([("partner_id", "=", self.customer.id)]), 1)

    def test_a_full_time_offers_two_others(self):
        for _n in range(2):
            self._book(10)
        appointment = self._invite()
        done, message, slots = appointment._link_book(str(self._at(10)))
        self.assertFalse(done)
        self.assertIn("fully booked", message)
        self.assertEqual(len(slots), 2)
        self.assertEqual(appointment.state, "draft")

    def test_the_customer_moves_and_stays_the_only_one(self):
        appointment = self._mine(10)
        self.assertTrue(appointment._link_book(str(self._at(14)))[0])
        self.assertEqual((appointment.start, appointment.channel), (self._at(14), "inbound"))

    def test_too_soon_or_nonsense_is_refused_kindly(self):
        appointment = self._invite()
        soon = str(self._at(11, days=0))
        for start in (soon, "", None, "soon", "2026-99-99 10:00:00", "1900-01-01 10:00:00"):
            done, message, _slots = appointment._link_book(start)
            self.assertFalse(done, start)
            self.assertTrue(message)

    def test_alternatives_by_link_are_never_walk_ins(self):
        for key in ("advisers",):
            self.resources[key].capacity = 1
        self._book(13, days=0)
        _done, _message, slots = self._invite()._link_book(str(self._at(13, days=0)))
        self.assertTrue(all(slot["start"] > str(self._at(13, days=0)) for slot in slots))

    def test_the_customer_cancels_once_and_twice(self):
        appointment = self._mine()
        self.assertTrue(appointment._link_cancel()[0])
        self.assertEqual(appointment.state, "cancelled")
        self.assertTrue(appointment._link_cancel()[0])
        self.assertFalse(appointment._link_book(str(self._at(10)))[0])

    def test_what_has_begun_cannot_be_changed_by_link(self):
        appointment = self._mine(14, days=0)
        appointment.action_arrive()
        self.assertFalse(appointment._link_cancel()[0])
        self.assertFalse(appointment._link_book(str(self._at(16, days=0)))[0])

    def test_the_page_names_no_more_than_needed(self):
        page = self._mine(phone="+8613800138000")._get_link_page()
        self.assertNotIn("138", str({k: v for k, v in page.items() if k != "url"}).replace("1.5T", ""))
        self.assertEqual((page["name"], page["plate"]), ("Ms 王", self.car.license_plate))

    def test_the_customer_may_choose_among_the_dealers_own_online_work(self):
        self.kinds["accident"].online = False
        appointment = self._invite()
        names = [kind["name"] for kind in appointment._get_link_page()["kinds"]]
        self.assertIn("First service", names)
        self.assertNotIn("Accident: assess the damage", names)
        theirs = self.env.ref("dcrc_dealer.appointment_kind_first")._dcrc_copy_for(self.other_dealer)
        appointment._link_choose_kind(str(theirs.id))
        self.assertEqual(appointment.kind_id, self.kinds["periodic"])
        appointment._link_choose_kind(str(self.kinds["first"].id))
        self.assertEqual(appointment.kind_id, self.kinds["first"])

    def test_an_odd_day_shows_the_first_with_a_free_time(self):
        appointment = self._invite()
        for day in (None, "yesterday", "2020-01-01", "2026-02-30"):
            page = appointment._get_link_page(day=day)
            self.assertEqual(page["day"], "2026-10-14", day)
            self.assertTrue(page["slots"])

    def test_an_offered_place_is_shown_first(self):
        appointment = self._invite(waiting=True, wanted_from=TODAY, wanted_to=TODAY)
        appointment._offer(self._at(15, days=0))
        self.assertEqual(appointment._get_link_page()["offered"]["start"], str(self._at(15, days=0)))

    def test_staff_see_the_link_only_while_it_works(self):
        appointment = self._mine()
        self.assertIn(appointment.access_token, self._as(self.specialist, appointment).link_url)
        with freeze_time(NOW + timedelta(days=5)):
            appointment.invalidate_recordset()
            self.assertFalse(self._as(self.specialist, appointment).link_url)

    def test_the_dialog_gives_a_link_and_the_same_one_again(self):
        model = self._as(self.specialist, "dcrc.appointment")
        values = {"partner_id": self.customer.id, "kind_id": self.kinds["first"].id, "vehicle_id": self.car.id}
        first, second = model.invite(values), model.invite(values)
        self.assertTrue(first["ok"], first)
        self.assertEqual(first, second)
        self.assertTrue(self._find(first["url"].rsplit("/", 1)[1]))
        self.assertFalse(model.invite({**values, "kind_id": False})["ok"])

    def test_the_link_of_a_booked_appointment_is_given_as_it_is(self):
        appointment = self._mine()
        answer = self._as(self.specialist, "dcrc.appointment").invite({"appointment_id": appointment.id})
        self.assertIn(appointment.access_token, answer["url"])
        self.assertEqual(appointment.state, "booked")
