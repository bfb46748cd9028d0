"""Who has an appointment is not invited to make one (REM-6, APT-1)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW
from .common_appointment import AppointmentCase
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestAppointmentReminder(AppointmentCase, ReminderCase):
    """A car whose first service is due in eleven days; its reminder is in the queue."""

    def setUp(self):
        super().setUp()
        self.due = self._due_car("2026-07-25")
        self._plan()
        self.reminder = self._of("first_service", vehicle_id=self.due.id)

    def _book_due(self, **values):
        return self._book(partner=self.due.dcrc_contact_id, vehicle_id=self.due.id, **values)

    def test_a_booking_takes_the_reminder_out_of_the_queue(self):
        contact = self.reminder.contact_id
        self.assertEqual((self.reminder.state, contact.state), ("open", "open"))
        self._book_due()
        self.assertEqual((self.reminder.state, self.reminder.block_reason), ("blocked", "appointment"))
        self.assertNotEqual(contact.state, "open")

    def test_a_cancelled_appointment_brings_it_back(self):
        self._book_due().action_cancel()
        self.assertEqual((self.reminder.state, self.reminder.contact_id.state), ("open", "open"))

    def test_who_was_served_is_not_called_before_the_repair_order_comes(self):
        appointment = self._book_due(days=0, hour=15)
        appointment.action_arrive()
        appointment.action_serve()
        self.assertEqual((self.reminder.state, self.reminder.block_reason), ("blocked", "appointment"))

    def test_without_a_repair_order_the_reminder_comes_back_after_some_days(self):
        appointment = self._book_due(days=0, hour=15)
        appointment.action_arrive()
        appointment.action_serve()
        with freeze_time(NOW + timedelta(days=self.dealer.dcrc_visit_match_days + 1)):
            self._plan()
        self.assertEqual(self.reminder.state, "open")

    def test_an_appointment_of_another_car_changes_nothing(self):
        self._book(partner=self.due.dcrc_contact_id, vehicle_id=self._create_car(self.due.dcrc_contact_id).id)
        self.assertEqual(self.reminder.state, "open")

    def test_a_car_that_is_booked_already_is_not_put_into_the_queue(self):
        other = self._due_car("2026-07-24")
        self._book(partner=other.dcrc_contact_id, vehicle_id=other.id)
        self._plan()
        reminder = self._of("first_service", vehicle_id=other.id)
        self.assertEqual((reminder.state, reminder.block_reason), ("blocked", "appointment"))

    def test_the_call_in_which_it_was_booked_goes_on(self):
        self.reminder.contact_id.with_user(self.specialist)._claim()
        self._book_due()
        self.assertEqual((self.reminder.state, self.reminder.contact_id.state), ("open", "open"))

    def test_calls_about_the_appointment_itself_are_made(self):
        appointment = self._book_due()
        self._plan()
        self.assertNotEqual(self._followups("appointment_confirm", appointment).state, "blocked")

    def test_it_is_not_held_against_the_dealer(self):
        self._book_due(days=30)
        with freeze_time(NOW + timedelta(days=29)):
            self._plan()
        self.assertRecordValues(self.reminder, [{"state": "cancelled", "base_state": "out"}])
        self.assertEqual(self.reminder.cancel_reason_id.code, "appointment")

    def test_coming_in_settles_it(self):
        self._book_due()
        self._serve(self.due, NOW.date() + timedelta(days=1), kind="first")
        with freeze_time(NOW + timedelta(days=2)):
            self._plan()
        self.assertEqual((self.reminder.state, self.reminder.cancel_reason_id.code), ("cancelled", "came_back"))
