from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentCapacity(AppointmentCase):
    """Capacity lowered, bays out of use, advisers away: never more promised than there is."""

    def test_capacity_below_what_is_booked_is_refused_with_the_bookings(self):
        appointments = self._book(10) | self._book(10)
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self.resources["advisers"].capacity = 1
        for appointment in appointments:
            self.assertIn(appointment.name, str(caught.exception))

    def test_a_long_list_is_cut(self):
        self.resources["advisers"].capacity = 20
        self.resources["service"].capacity = 20
        for _n in range(12):
            self._book(10)
        with self.assertRaisesRegex(ValidationError, "and 2 more"), self.env.cr.savepoint():
            self.resources["advisers"].capacity = 0

    def test_capacity_may_go_down_to_what_is_booked(self):
        self._book(10)
        self.resources["advisers"].capacity = 1
        self.assertFalse(self._ask(10)["ok"])

    def test_what_is_left_moves_to_the_lower_places(self):
        first, second = self._book(10), self._book(10)
        first.action_cancel()
        self.resources["advisers"].capacity = 1
        seats = second.seat_ids.filtered(lambda seat: seat.resource_id == self.resources["advisers"])
        self.assertEqual(set(seats.mapped("number")), {1})

    def test_zero_capacity_books_nobody_and_says_why(self):
        self.resources["advisers"].capacity = 0
        answer = self._ask(10)
        self.assertFalse(answer["ok"])
        self.assertIn("No adviser takes this kind of work", answer["message"])
        self.assertIn("No adviser", self.kinds["periodic"].problem)
        self.assertFalse(answer["alternatives"])

    def test_a_negative_capacity_is_refused(self):
        with self.assertLogs("odoo.sql_db", "ERROR"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.resources["advisers"].capacity = -1
            self.env.flush_all()

    def test_a_past_booking_does_not_stand_in_the_way(self):
        self._book(10)
        with freeze_time(self._at(18)):
            self.resources["advisers"].capacity = 0

    def test_archiving_or_deleting_who_is_booked_is_refused(self):
        self._book(10)
        for action in ("action_archive", "unlink"):
            with self.subTest(action), self.assertRaisesRegex(ValidationError, "Move or cancel"):
                with self.env.cr.savepoint():
                    getattr(self.resources["advisers"], action)()

    def test_an_absence_over_a_booking_names_it(self):
        appointment = self._book(10)
        with self.assertRaisesRegex(ValidationError, appointment.name), self.env.cr.savepoint():
            self._close("advisers", 9, 12)

    def _close(self, key, start, stop):
        self.env["dcrc.appointment.absence"].create(
            {"resource_id": self.resources[key].id, "start": self._at(start), "stop": self._at(stop)}
        )

    def test_nothing_is_booked_into_an_absence(self):
        self._close("inspection", 9, 12)
        self.assertFalse(self._ask(9, kind="inspection")["ok"])
        self.assertFalse(self._ask(8, 30, kind="inspection")["ok"])
        self.assertTrue(self._ask(12, kind="inspection")["ok"])
        self.assertTrue(self._ask(9, kind="periodic")["ok"])

    def test_an_absence_takes_every_place_of_a_resource(self):
        self.assertGreater(self.resources["service"].capacity, 1)
        self._close("service", 9, 12)
        self.assertFalse(self._ask(10)["ok"])
        self.assertTrue(self._ask(12)["ok"])

    def test_the_limit_of_a_kind_is_not_lowered_below_what_is_booked(self):
        self.kinds["periodic"].max_parallel = 2
        self._book(10)
        self._book(10, 30)
        with self.assertRaisesRegex(ValidationError, "Periodic service"), self.env.cr.savepoint():
            self.kinds["periodic"].max_parallel = 1

    def test_a_first_limit_of_a_kind_counts_what_is_booked_already(self):
        self._book(10)
        self._book(10, 30)
        with self.assertRaisesRegex(ValidationError, "Periodic service"), self.env.cr.savepoint():
            self.kinds["periodic"].max_parallel = 1
        self.kinds["periodic"].max_parallel = 2
        self.assertFalse(self._ask(10, 30)["ok"])
        self.assertTrue(self._ask(12)["ok"])

    def test_a_limit_taken_away_and_set_again_counts_who_booked_meanwhile(self):
        kind = self.kinds["advice"]
        kind.max_parallel = 1
        self._book(10, kind="advice")
        kind.max_parallel = 0
        self._book(10, kind="advice")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            kind.max_parallel = 1
        kind.max_parallel = 2
        self.assertFalse(self._ask(10, kind="advice")["ok"])

    def _outside(self, user=None):
        calendar = self._as(user or self.manager, self.dealer.dcrc_opening_id)
        calendar.invalidate_recordset()
        return calendar.dcrc_outside_count, calendar.action_dcrc_outside()["domain"][0][2]

    def test_shorter_hours_name_who_is_booked_outside_them(self):
        late = self._book(16)
        self._book(10)
        self.assertEqual(self._outside(), (0, []))
        self.dealer.dcrc_opening_id.attendance_ids.hour_to = 17
        self.assertEqual(self._outside(), (1, late.ids))
        late.action_cancel()
        self.assertEqual(self._outside(), (0, []))

    def test_a_new_holiday_names_who_is_booked_on_it(self):
        booked = self._book(10, days=2)
        self._book(10)
        self.dealer.dcrc_opening_id.leave_ids = [
            Command.create(
                {
                    "name": "春节",
                    "date_from": self._at(0, days=2),
                    "date_to": self._at(24, days=2),
                    "company_id": self.dealer.id,
                }
            )
        ]
        self.assertEqual(self._outside(), (1, booked.ids))

    def test_working_times_of_others_know_nothing_of_appointments(self):
        self._book(10)
        self.assertFalse(self.other_dealer.dcrc_opening_id.dcrc_outside_count)
        self.assertFalse(self.dealer.resource_calendar_id.dcrc_outside_count)

    def test_an_adviser_takes_only_the_work_meant_for_him(self):
        self.resources["advisers"].kind_ids = [Command.set(self.kinds["repair"].ids)]
        self.assertFalse(self._ask(10)["ok"])
        self.assertTrue(self._ask(10, kind="repair")["ok"])

    def test_shipped_templates_take_no_bookings(self):
        self.assertFalse(self.kinds["periodic"]._get_resources().filtered("is_template"))
