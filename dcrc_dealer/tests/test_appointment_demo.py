from datetime import timedelta

from odoo.tests import tagged

from ..demo.appointments import build_appointments
from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentDemo(AppointmentCase):
    """The demo dealer's appointments: plausible, and nobody is overbooked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for n in range(40):
            cls._create_visit(date_in=NOW - timedelta(days=1 + n, minutes=13), booked=n % 2 == 0)
        build_appointments(cls.env, cls.dealer)
        cls.all = cls.Appointment.search([("company_id", "=", cls.dealer.id)])

    def test_history_is_joined_with_its_visits(self):
        past = self.all.filtered("visit_id")
        self.assertGreater(len(past), 5)
        self.assertEqual(set(past.mapped("state")), {"served"})
        self.assertTrue(all(past.visit_id.mapped("booked")))

    def test_some_did_not_come_or_called_it_off(self):
        states = self.all.filtered(lambda a: a.start and a.start < NOW).mapped("state")
        came, missed = states.count("served") + states.count("arrived"), states.count("no_show")
        self.assertGreater(came, 3 * missed)
        self.assertTrue({"no_show", "cancelled"} & set(states))

    def test_mornings_are_busier_than_afternoons(self):
        hours = self.all.filtered("start").mapped("hour")
        self.assertGreater(sum(hour < 12 for hour in hours), sum(hour >= 12 for hour in hours))

    def test_today_is_busy(self):
        self.assertGreaterEqual(len(self.all.filtered(lambda a: a.day == TODAY)), 8)

    def test_the_next_days_hold_places(self):
        coming = self.all.filtered(lambda a: a.state in ("booked", "confirmed"))
        self.assertGreater(len(coming), 10)
        self.assertTrue(all(appointment.seat_ids for appointment in coming))

    def test_two_people_wait(self):
        self.assertEqual(len(self.all.filtered("waiting")), 2)

    def test_a_place_is_kept_for_one_of_them(self):
        offered = self.all.filtered("offered_until")
        self.assertEqual(len(offered), 1)
        self.assertTrue(offered.seat_ids)

    def test_a_second_call_changes_nothing(self):
        self.assertEqual(build_appointments(self.env, self.dealer), 0)
