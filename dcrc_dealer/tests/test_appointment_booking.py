from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentBooking(AppointmentCase):
    def _slots(self, day, kind="periodic", **kwargs):
        model = self._as(self.specialist, "dcrc.appointment")
        return model.get_free_slots(self.kinds[kind].id, day and str(day), **kwargs)

    def test_a_booking_takes_adviser_bay_and_time(self):
        appointment = self._book(10)
        self.assertEqual(appointment.state, "booked")
        self.assertEqual(appointment.stop, self._at(11, 30))
        self.assertEqual(appointment.adviser_id, self.resources["advisers"])
        self.assertEqual(appointment.bay_id, self.resources["service"])
        self.assertEqual(len(appointment.seat_ids), 2 + 6)
        self.assertEqual((appointment.day, appointment.hour), (TODAY + timedelta(days=1), 10))
        self.assertRegex(appointment.name, r"Y\d\d-\d{5}")

    def test_a_day_shows_its_free_times_on_the_dealers_clock(self):
        slots = self._slots(TODAY + timedelta(days=1))["slots"]
        self.assertEqual((slots[0]["label"], slots[-1]["label"]), ("08:30", "16:00"))
        self.assertEqual(slots[0]["until"], "10:00")

    def test_todays_times_that_are_over_are_not_offered(self):
        slots = self._slots(None)["slots"]
        self.assertEqual(slots[0]["label"], "10:00")
        self.assertTrue(slots[0]["walk_in"])
        self.assertFalse(slots[-1]["walk_in"])

    def test_a_full_slot_offers_two_alternatives_and_not_more(self):
        for _n in range(2):
            self._book(10)
        answer = self._ask(10)
        self.assertFalse(answer["ok"])
        self.assertIn("fully booked", answer["message"])
        self.assertEqual(
            [slot["start"] for slot in answer["alternatives"]], [str(self._at(10, 30)), str(self._at(9, 30))]
        )

    def test_an_alternative_can_be_booked_at_once(self):
        for _n in range(2):
            self._book(10)
        start = self._ask(10)["alternatives"][0]["start"]
        answer = self._ask(start=start)
        self.assertTrue(answer["ok"])
        self.assertEqual(self.Appointment.browse(answer["appointment_id"]).start, self._at(10, 30))

    def test_the_bay_is_the_limit_where_advisers_have_time(self):
        self._book(9, kind="inspection")
        self.assertFalse(self._ask(9, 30, kind="inspection")["ok"])
        self.assertTrue(self._ask(11, kind="inspection")["ok"])

    def test_a_kind_of_work_has_a_limit_of_its_own(self):
        self.kinds["periodic"].max_parallel = 1
        self._book(9)
        self.assertFalse(self._ask(9, 30)["ok"])
        self.assertTrue(self._ask(9, 30, kind="first")["ok"])

    def test_an_adviser_whom_the_customer_wants_is_kept(self):
        wanted = self.resources["advisers"].copy({"name": "李顾问", "capacity": 1, "company_id": self.dealer.id})
        self.assertTrue(self._ask(10, adviser_id=wanted.id)["ok"])
        answer = self._ask(10, adviser_id=wanted.id)
        self.assertFalse(answer["ok"])
        self.assertTrue(self._ask(10)["ok"], "others have time")

    def test_nobody_books_the_past(self):
        answer = self._ask(9, days=0)
        self.assertFalse(answer["ok"])
        self.assertIn("is over", answer["message"])

    def test_nobody_books_a_year_ahead(self):
        answer = self._ask(9, days=200)
        self.assertIn("up to 60 days", answer["message"])
        self.assertEqual(self._slots(TODAY + timedelta(days=200))["slots"], [])

    def test_outside_opening_hours_the_nearest_open_times_are_offered(self):
        answer = self._ask(20)
        self.assertIn("closed", answer["message"])
        self.assertEqual(answer["alternatives"][0]["start"], str(self._at(16)))

    def test_work_that_would_outlast_the_day_says_so(self):
        self.assertIn("before closing", self._ask(16, 30)["message"])

    def test_less_than_three_hours_ahead_is_a_walk_in(self):
        self.assertTrue(self._book(12, 30, days=0).walk_in)
        self.assertFalse(self._book(13, 0, days=0).walk_in)
        self.dealer.dcrc_walk_in_hours = 4
        self.assertTrue(self._book(13, 30, days=0).walk_in)

    def test_a_booking_needs_a_customer_a_kind_and_a_time(self):
        model = self._as(self.specialist, "dcrc.appointment")
        for missing in ("partner_id", "kind_id", "start"):
            values = {
                "partner_id": self.customer.id,
                "kind_id": self.kinds["first"].id,
                "start": str(self._at(10)),
                missing: False,
            }
            answer = model.book(values)
            self.assertFalse(answer["ok"], missing)
            self.assertTrue(answer["message"])

    def test_a_number_that_cannot_be_dialled_is_refused_in_words(self):
        self.assertIn("not a phone number", self._ask(10, phone="12")["message"])
        answer = self._ask(10, phone="139 0000 1111")
        self.assertEqual(self.Appointment.browse(answer["appointment_id"]).phone, "+8613900001111")

    def test_moving_frees_the_old_place(self):
        one = self._book(10)
        self._book(10)
        answer = self._ask(14, appointment_id=one.id)
        self.assertTrue(answer["ok"])
        self.assertEqual((one.start, one.state), (self._at(14), "booked"))
        self.assertTrue(self._ask(10)["ok"])

    def test_moving_by_half_an_hour_does_not_stand_in_its_own_way(self):
        appointment = self._book(9, kind="inspection")
        appointment.start = self._at(9, 30)
        self.assertEqual(appointment.stop, self._at(11, 30))

    def test_a_failed_move_leaves_the_appointment_as_it_was(self):
        one = self._book(9, kind="inspection")
        self._book(14, kind="inspection")
        seats = one.seat_ids
        self.assertFalse(self._ask(14, kind="inspection", appointment_id=one.id)["ok"])
        self.assertEqual((one.start, one.seat_ids), (self._at(9), seats))

    def test_dragging_in_the_calendar_is_refused_when_full(self):
        one = self._book(9, kind="inspection")
        self._book(14, kind="inspection")
        with self.assertRaisesRegex(UserError, "fully booked"), self.env.cr.savepoint():
            one.write({"start": self._at(14), "stop": self._at(15)})

    def test_another_kind_of_work_takes_other_places(self):
        appointment = self._book(9)
        appointment.kind_id = self.kinds["repair"]
        self.assertEqual(appointment.bay_id, self.resources["repair"])
        self.assertEqual(appointment.stop, self._at(12))

    def test_an_odd_minute_is_booked_as_its_quarter(self):
        self.assertEqual(self._book(10, 7).start, self._at(10))

    def test_work_without_bay_takes_only_the_adviser(self):
        appointment = self._book(10, kind="advice")
        self.assertFalse(appointment.bay_id)
        self.assertEqual(appointment.stop, self._at(10, 30))

    def test_the_dialog_starts_with_what_is_known(self):
        model = self._as(self.specialist, "dcrc.appointment")
        info = model.get_booking(vehicle_id=self.car.id)
        self.assertEqual(info["partner"]["id"], self.customer.id)
        self.assertEqual(info["vehicle_id"], self.car.id)
        self.assertEqual(info["phone"], self.customer.dcrc_phone_ids.number)
        self.assertEqual(info["kinds"][0]["problem"], "")
        self.assertEqual(info["day"], "2026-10-14")

    def test_the_dialog_names_what_is_booked_already(self):
        self._book(10, partner=self.customer)
        info = self._as(self.specialist, "dcrc.appointment").get_booking(self.customer.id)
        self.assertEqual(len(info["booked"]), 1)

    def test_the_dialog_does_not_open_without_a_customer(self):
        with self.assertRaisesRegex(UserError, "Open the customer first"):
            self._as(self.specialist, "dcrc.appointment").get_booking()

    def test_another_dealers_customer_or_work_cannot_be_booked(self):
        theirs = self._create_customer(company=self.other_dealer)
        kind = self.env.ref("dcrc_dealer.appointment_kind_first")._dcrc_copy_for(self.other_dealer)
        for vals in ({"partner_id": theirs.id}, {"kind_id": kind.id}):
            with self.assertRaisesRegex(AccessError, "does not exist"):
                self._ask(10, **vals)

    def test_each_dealer_has_its_own_numbers_and_places(self):
        for _n in range(2):
            self._book(10)
        theirs = self._create_customer(company=self.other_dealer)
        kind = self.env.ref("dcrc_dealer.appointment_kind_periodic")._dcrc_copy_for(self.other_dealer)
        other = self._book(10, partner=theirs, kind_id=kind.id)
        self.assertEqual(other.name, "Y26-00001")

    def test_what_happened_is_not_deleted(self):
        appointment = self._book(10)
        with self.assertRaisesRegex(UserError, "instead of deleting"):
            appointment.unlink()

    def test_a_shipped_kind_of_work_cannot_be_booked_by_anybody(self):
        template = self.env.ref("dcrc_dealer.appointment_kind_first")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._book(10, kind_id=template.id)

    def test_closed_days_are_grey_in_the_calendar(self):
        tomorrow = TODAY + timedelta(days=1)
        self.env.user.tz = self.dealer.dcrc_opening_id.tz  # Odoo's time off takes times as of whoever enters them
        self.env["resource.calendar.leaves"].create(
            {
                "name": "盘点",
                "calendar_id": self.dealer.dcrc_opening_id.id,
                "company_id": self.dealer.id,
                "date_from": self._at(0),
                "date_to": self._at(23, 59),
            }
        )
        days = self._as(self.specialist, "dcrc.appointment").get_unusual_days("2026-10-14", "2026-10-16")
        self.assertEqual(days, {"2026-10-14": False, str(tomorrow): True, "2026-10-16": False})
        answer = self._slots(tomorrow)
        self.assertEqual((answer["slots"], answer["message"]), ([], "The service is closed on this day."))

    def test_a_holiday_of_another_dealer_closes_nothing_here(self):
        leave = self.env["resource.calendar.leaves"].create(
            {"name": "盘点", "date_from": self._at(0), "date_to": self._at(23, 59)}
        )
        leave.company_id = self.other_dealer
        self.assertTrue(self._slots(TODAY + timedelta(days=1))["slots"])

    def test_a_lunch_break_is_no_start_and_work_goes_on_after_it(self):
        hours = [(8.5, 12), (13, 17.5)]
        self.dealer.dcrc_opening_id.attendance_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": "x",
                    "dayofweek": str(day),
                    "hour_from": a,
                    "hour_to": b,
                    "day_period": "morning" if a < 12 else "afternoon",
                }
            )
            for day in range(7)
            for a, b in hours
        ]
        labels = self._labels(self._slots(TODAY + timedelta(days=1))["slots"])
        self.assertNotIn("12:00", labels)
        self.assertEqual(self._book(11, 30).stop, self._at(14))

    def test_another_time_zone_moves_the_day(self):
        self.dealer.dcrc_tz = "America/New_York"
        self.assertEqual(self.dealer.dcrc_opening_id.tz, "America/New_York")
        slots = self._slots("2026-10-14")["slots"]
        self.assertEqual(slots[0]["label"], "08:30")
        self.assertEqual(slots[0]["start"], "2026-10-14 12:30:00")

    def test_without_opening_hours_nothing_can_be_booked_and_the_kind_says_why(self):
        self.dealer.dcrc_opening_id = False
        self.assertIn("no opening hours", self._ask(10)["message"])
        self.assertIn("no opening hours", self.kinds["first"].problem)

    def test_the_clock_is_frozen_where_these_tests_think_it_is(self):
        self.assertEqual(self.dealer._dcrc_to_local(NOW).hour, 10)

    def test_free_times_cost_the_same_however_much_is_booked(self):
        for key in ("advisers", "service"):
            self.resources[key].capacity = 60
        self._count_queries()
        few = self._count_queries()
        for _n in range(25):
            self._book(10)
        self.assertLessEqual(self._count_queries(), few)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._slots(TODAY + timedelta(days=1))
        return self.env.cr.sql_log_count - before
