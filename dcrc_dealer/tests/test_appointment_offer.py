from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentOffer(AppointmentCase):
    """An offered place is kept until the customer has answered."""

    def setUp(self):
        super().setUp()
        hours = ((8, 30), (10, 30), (12, 30), (14, 30))
        self.booked = [self._book(h, m, kind="inspection") for h, m in hours]

    def _wait(self, kind="inspection", first=1, last=1, **vals):
        partner = vals.pop("partner", None) or self._create_customer()
        return self.Appointment.create(
            {
                "partner_id": partner.id,
                "company_id": partner.company_id.id,
                "kind_id": self.kinds[kind].id,
                "waiting": True,
                "wanted_from": TODAY + timedelta(days=first),
                "wanted_to": TODAY + timedelta(days=last),
                **vals,
            }
        )

    def _offer(self, **vals):
        """A waiting customer to whom the place at 10:30 is offered."""
        waiting = self._wait(**vals)
        self.booked[1].action_cancel()
        self.assertEqual((waiting.offered_start, waiting.offer_open), (self._at(10, 30), True))
        return waiting

    def _lane_is_held_by(self, appointment):
        seats = self.env["dcrc.appointment.seat"].search(
            [("resource_id", "=", self.resources["inspection"].id), ("start", "=", self._at(10, 30))]
        )
        return seats.appointment_id == appointment

    def _slots(self, hour=10, minute=30, **kwargs):
        model = self._as(self.specialist, "dcrc.appointment")
        found = model.get_free_slots(self.kinds["inspection"].id, str(TODAY + timedelta(days=1)), **kwargs)
        return next(slot for slot in found["slots"] if slot["start"] == str(self._at(hour, minute)))

    def test_who_must_not_be_called_is_offered_nothing(self):
        partner = self._create_customer()
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        self.env["dcrc.do.not.contact"].create({"partner_id": partner.id, "reason_id": reason.id})
        refused, next_one = self._wait(partner=partner), self._wait()
        self.booked[1].action_cancel()
        self.assertEqual((refused.offer_open, next_one.offer_open), (False, True))

    def test_nobody_else_books_what_is_offered(self):
        waiting = self._offer()
        answer = self._ask(10, 30, kind="inspection")
        self.assertFalse(answer["ok"])
        until = waiting._format_moment(waiting.offered_until)
        self.assertIn(f"is kept until {until} for a customer on the waiting list", answer["message"])
        self.assertEqual(len(answer["alternatives"]), 2)
        self.assertTrue(self._lane_is_held_by(waiting))

    def test_the_dialog_shows_who_books_what_is_kept_and_until_when(self):
        waiting = self._offer()
        slot = self._slots()
        self.assertEqual((slot["free"], slot["kept"]), (False, waiting._format_moment(self._at(10))))
        self.assertFalse(self._slots(12, 30)["kept"], "booked, not kept")
        self.assertTrue(self._slots(appointment_id=waiting.id)["free"], "for the one it is kept for")

    def test_staff_take_the_offer_for_the_customer(self):
        waiting = self._offer()
        self._as(self.specialist, waiting).action_take_offer()
        self.assertEqual((waiting.state, waiting.start, waiting.offered_until), ("booked", self._at(10, 30), False))
        self.assertTrue(self._lane_is_held_by(waiting))

    def test_the_customer_takes_the_offer_by_link_even_close_to_its_start(self):
        waiting = self._offer()
        with freeze_time(self._at(9, 30)):
            waiting.offered_until = self._at(10, 30)
            self.assertTrue(waiting._link_book(str(self._at(10, 30)))[0])
        self.assertEqual(waiting.state, "booked")

    def test_who_declines_waits_on_and_the_next_is_asked(self):
        first, second = self._offer(), self._wait()
        self._as(self.specialist, first).action_decline_offer()
        self.assertEqual((first.state, first.waiting, first.offer_open), ("draft", True, False))
        self.assertEqual((second.offered_start, second.offer_open), (self._at(10, 30), True))
        self.assertTrue(self._lane_is_held_by(second))
        self.assertEqual(self._followups("appointment_offer", first).state, "cancelled")
        self.assertEqual(self._followups("appointment_offer", second).state, "open")

    def test_the_customer_declines_by_link(self):
        first, second = self._offer(), self._wait()
        page = first._get_link_page()
        self.assertEqual(page["offered"]["until"], first._format_moment(self._at(10)))
        self.assertTrue(first._link_decline()[0])
        self.assertFalse(first._get_link_page()["offered"])
        self.assertTrue(second.offer_open)

    def test_who_says_no_on_the_phone_leaves_the_place_to_the_next(self):
        first, second = self._offer(), self._wait()
        followup = self._followups("appointment_offer", first)
        call = self.env["dcrc.call"].new({"outcome_id": False, "user_id": self.specialist.id, "ended_at": NOW})
        followup._finish_by_call(call, {followup.id: False})
        self.assertTrue(first.offer_open, "was not reached")
        followup._finish_by_call(call, {followup.id: True})
        self.assertFalse(first.offer_open)
        self.assertTrue(second.offer_open)

    def test_who_took_the_place_on_the_phone_keeps_it(self):
        waiting = self._offer()
        followup = self._followups("appointment_offer", waiting)
        self._ask(10, 30, kind="inspection", appointment_id=waiting.id)
        call = self.env["dcrc.call"].new({"outcome_id": False, "user_id": self.specialist.id, "ended_at": NOW})
        followup._finish_by_call(call, {followup.id: True})
        self.assertEqual(waiting.state, "booked")
        self.assertTrue(self._lane_is_held_by(waiting))

    def test_an_offer_that_ran_out_is_the_nexts_even_before_the_clock_comes_round(self):
        first, second = self._offer(), self._wait()
        with freeze_time(first.offered_until):
            self.assertFalse(self._ask(10, 30, kind="inspection")["ok"])
            self.assertTrue(second.offer_open)
            with self.assertRaisesRegex(UserError, "No place is kept"):
                first.action_take_offer()
        self.assertTrue(self._lane_is_held_by(second))

    def test_an_offer_that_ran_out_with_nobody_else_waiting_is_free_at_once(self):
        first = self._offer()
        with freeze_time(NOW + timedelta(hours=24)):
            first.offered_until = NOW
            self.assertTrue(self._slots()["free"])
        self.assertFalse(first.seat_ids)

    def test_an_offer_never_outlasts_its_start(self):
        self.dealer.dcrc_offer_hours = 72
        self.assertEqual(self._offer().offered_until, self._at(10, 30))

    def test_a_cancelled_or_deleted_wish_gives_its_place_to_the_next(self):
        for way in ("action_cancel", "unlink"):
            with self.subTest(way):
                first, second = self._offer(), self._wait()
                getattr(first, way)()
                self.assertTrue(second.offer_open)
                second.action_take_offer()
                self.booked[1] = second

    def test_who_takes_another_time_frees_the_offered_one(self):
        first, second = self._offer(), self._wait()
        self.assertTrue(self._ask(9, days=2, kind="inspection", appointment_id=first.id)["ok"])
        self.assertTrue(second.offer_open)
        self.assertTrue(self._lane_is_held_by(second))

    def test_who_books_the_same_work_separately_waits_no_longer(self):
        first, second = self._offer(partner=self.customer, vehicle_id=self.car.id), self._wait()
        answer = self._ask(9, days=2, kind="inspection", vehicle_id=self.car.id)
        self.assertTrue(answer["ok"])
        self.assertEqual((first.state, first.waiting), ("cancelled", False))
        self.assertIn("Y", first.cancel_note)
        self.assertTrue(second.offer_open)

    def test_who_waits_for_other_work_or_another_car_waits_on(self):
        other = self._wait(partner=self.customer, vehicle_id=self._create_car(self.customer).id)
        repair = self._wait("repair", partner=self.customer, vehicle_id=self.car.id)
        self._ask(9, days=2, kind="inspection", vehicle_id=self.car.id)
        self.assertEqual([other.state, repair.state], ["draft", "draft"])

    def test_several_places_freed_at_once_are_offered_as_one_gap(self):
        self.resources["repair"].write({"kind": "bay", "bay_kind": "inspection", "capacity": 0})
        self.kinds["repair"].write({"bay_kind": "inspection", "duration": 240})
        long_work, short = self._wait("repair"), self._wait()
        (self.booked[1] | self.booked[2]).action_cancel()
        self.assertEqual(long_work.offered_start, self._at(10, 30))
        self.assertFalse(short.offer_open, "the gap is full then")

    def test_as_many_are_asked_as_there_is_room_for(self):
        waiting = [self._wait() for _n in range(3)]
        (self.booked[1] | self.booked[2]).action_cancel()
        self.assertEqual([a.offered_start for a in waiting], [self._at(10, 30), self._at(12, 30), False])

    def test_other_work_keeps_the_offered_time_where_it_fits(self):
        waiting = self._offer()
        waiting.kind_id = self.kinds["advice"]
        self.assertEqual((waiting.offered_start, waiting.offer_open), (self._at(10, 30), True))
        self.assertFalse(self._lane_is_held_by(waiting), "advice needs no lane")
        self.assertTrue(waiting.seat_ids)

    def test_what_other_work_no_longer_needs_is_seen_by_who_books(self):
        self._offer().kind_id = self.kinds["advice"]
        self.assertTrue(self._ask(10, 30, kind="inspection")["ok"])

    def test_other_work_that_does_not_fit_lets_the_offer_go(self):
        first, second = self._offer(), self._wait()
        self.resources["repair"].capacity = 0
        first.kind_id = self.kinds["repair"]
        self.assertEqual((first.offer_open, second.offer_open), (False, True))

    def test_an_adviser_who_is_wanted_and_busy_lets_the_offer_go(self):
        wanted = self.resources["advisers"].copy({"name": "李顾问", "capacity": 1, "company_id": self.dealer.id})
        self._book(10, 30, kind="advice", adviser_id=wanted.id)
        first, second = self._offer(), self._wait()
        first.adviser_id = wanted
        self.assertEqual((first.offer_open, second.offer_open), (False, True))

    def test_a_wish_for_other_days_or_taken_back_lets_the_offer_go(self):
        for vals in (
            {"waiting": False},
            {"wanted_from": TODAY + timedelta(days=3), "wanted_to": TODAY + timedelta(days=4)},
        ):
            with self.subTest(vals):
                first, second = self._offer(), self._wait()
                first.write(vals)
                self.assertEqual((first.offer_open, second.offer_open), (False, True))
                second.action_take_offer()
                self.booked[1] = second

    def test_capacity_is_not_lowered_below_what_is_offered(self):
        waiting = self._offer()
        for appointment in (self.booked[0], self.booked[2], self.booked[3]):
            appointment.action_cancel()
        with self.assertRaisesRegex(ValidationError, f"{waiting.name} · .*kept until"), self.env.cr.savepoint():
            self.resources["inspection"].capacity = 0
        waiting.action_decline_offer()
        self.resources["inspection"].capacity = 0

    def test_the_evening_changes_no_offer_that_stands(self):
        waiting = self._offer()
        for step in ("_mark_late", "_close_past_days", "_link_visits", "_renew_offers", "_gc_places"):
            getattr(self.Appointment, step)()
        self.assertTrue(waiting.offer_open)
        self.assertTrue(self._lane_is_held_by(waiting))

    def test_the_call_about_an_offer_proposes_the_kept_time(self):
        waiting = self._offer()
        followup = self._followups("appointment_offer", waiting)
        info = self._as(self.specialist, "dcrc.appointment").get_booking(followup_id=followup.id)
        self.assertEqual((info["appointment_id"], info["day"]), (waiting.id, "2026-10-15"))
        self.assertEqual(info["offered"], str(self._at(10, 30)))

    def test_who_is_not_of_the_dealer_declines_nothing(self):
        waiting = self._offer()
        with self.assertRaises(UserError):
            self._as(self.stranger, waiting).action_decline_offer()
        with self.assertRaises(UserError):
            self._as(self.workshop, waiting).action_decline_offer()
        self.assertTrue(waiting.offer_open)

    # -- the call about it -------------------------------------------------

    def _call(self, code="answered", **values):
        """Call the customer to whom a place is offered; return the appointment."""
        waiting = self._offer()
        followup = self._followups("appointment_offer", waiting)
        contact = self._as(self.specialist, followup.contact_id)
        contact._claim()
        call = contact._start_call()
        outcome = self.env.ref(f"dcrc_dealer.call_outcome_{code}")
        decisions = {str(followup.id): values["decision"]} if "decision" in values else {}
        call._finish({"outcome_id": outcome.id, "phone_id": call.phone_id.id, "decisions": decisions})
        return waiting

    def test_a_call_about_a_kept_place_does_not_end_with_nothing_decided(self):
        with self.assertRaisesRegex(UserError, "take the place"):
            self._call()

    def test_what_was_decided_is_done(self):
        waiting = self._call(decision="take")
        self.assertEqual((waiting.state, waiting.start), ("booked", self._at(10, 30)))

    def test_who_waits_on_leaves_the_place_to_others(self):
        waiting = self._call(decision="wait")
        self.assertEqual((waiting.state, waiting.waiting, waiting.offer_open), ("draft", True, False))

    def test_who_needs_none_any_more_waits_no_longer(self):
        waiting = self._call(decision="leave")
        self.assertEqual((waiting.state, bool(waiting.seat_ids)), ("cancelled", False))

    def test_who_refuses_to_talk_leaves_the_place_to_others(self):
        self.assertFalse(self._call("refused").offer_open)

    def test_who_was_not_reached_keeps_the_offer(self):
        self.assertTrue(self._call("no_answer").offer_open)

    def test_the_call_screen_asks_for_the_decision(self):
        followup = self._followups("appointment_offer", self._offer())
        payload = self._as(self.specialist, "dcrc.console").open_contact(followup.contact_id.id)
        choices = [choice["value"] for choice in payload["followups"][0]["decision"]["choices"]]
        self.assertEqual(choices, ["take", "wait", "leave"])
