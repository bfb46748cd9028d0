from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentMoves(AppointmentCase):
    """From booked to served, cancelled or not come (APT-5)."""

    def test_an_appointment_goes_its_way(self):
        appointment = self._book(10)
        for action, state in (("confirm", "confirmed"), ("arrive", "arrived"), ("serve", "served")):
            getattr(appointment, f"action_{action}")()
            self.assertEqual(appointment.state, state)
        self.assertEqual(appointment.arrived_on, NOW)

    def test_a_move_that_makes_no_sense_is_refused_in_words(self):
        appointment = self._book(10)
        appointment.action_cancel()
        with self.assertRaisesRegex(UserError, "cannot become"):
            appointment.action_arrive()
        served = self._book(12)
        served.action_serve()
        with self.assertRaisesRegex(UserError, "cannot become"):
            served.state = "no_show"

    def test_cancelling_gives_the_place_back(self):
        one = self._book(10)
        self._book(10)
        self.assertFalse(self._ask(10)["ok"])
        one.action_cancel()
        self.assertFalse(one.seat_ids)
        self.assertTrue(self._ask(10)["ok"])

    def test_a_car_that_left_early_frees_its_bay(self):
        appointment = self._book(9, kind="inspection")
        appointment.action_arrive()
        self.assertTrue(appointment.seat_ids)
        appointment.action_serve()
        self.assertFalse(appointment.seat_ids)

    def test_what_is_over_is_not_moved_any_more(self):
        appointment = self._book(10)
        appointment.action_serve()
        with self.assertRaisesRegex(UserError, "book a new appointment"):
            appointment.start = self._at(14)

    def test_moving_asks_for_a_new_confirmation(self):
        appointment = self._book(10)
        appointment.action_confirm()
        appointment.start = self._at(14)
        self.assertEqual(appointment.state, "booked")

    def test_a_mistaken_arrival_is_undone(self):
        appointment = self._book(10)
        appointment.action_arrive()
        appointment.action_undo()
        self.assertEqual(appointment.state, "booked")

    def test_who_is_not_here_after_a_quarter_of_an_hour_is_late(self):
        appointment = self._book(10, 30, days=0)
        with freeze_time(NOW + timedelta(minutes=40)):
            self.Appointment._mark_late()
            self.assertEqual(appointment.state, "booked")
        with freeze_time(NOW + timedelta(minutes=45)):
            self.Appointment._mark_late()
        self.assertEqual(appointment.state, "late")

    def test_each_dealer_has_its_own_patience(self):
        appointment = self._book(10, 30, days=0)
        self.dealer.dcrc_late_minutes = 60
        with freeze_time(NOW + timedelta(minutes=45)):
            self.Appointment._mark_late()
        self.assertEqual(appointment.state, "booked")

    def test_a_day_that_nobody_closed_is_closed_by_itself(self):
        appointment = self._book(17, days=0, kind="advice")
        with freeze_time(NOW + timedelta(hours=13, minutes=50)):
            self.Appointment._close_past_days()
            self.assertEqual(appointment.state, "booked", "23:50 of the same day")
        with freeze_time(NOW + timedelta(hours=14, minutes=10)):
            self.Appointment._close_past_days()
        self.assertEqual(appointment.state, "no_show")

    def test_who_comes_after_all_is_welcome(self):
        appointment = self._book(10, days=0)
        appointment.action_no_show()
        appointment.action_arrive()
        self.assertEqual(appointment.state, "arrived")

    def test_nobody_has_failed_to_come_before_the_time(self):
        appointment = self._book(10, 30, days=0)
        with self.assertRaisesRegex(UserError, "only after that"):
            appointment.action_no_show()

    def _no_show(self):
        """An inspection of 10:00 whose customer did not come: its lane is free again."""
        appointment = self._book(10, days=0, kind="inspection")
        appointment.action_no_show()
        self.assertFalse(appointment.seat_ids)
        return appointment

    def test_an_undone_no_show_has_its_places_again(self):
        appointment = self._book(10, days=0, kind="inspection")
        places = len(appointment.seat_ids)
        appointment.action_no_show()
        appointment.action_undo()
        self.assertEqual((appointment.state, len(appointment.seat_ids)), ("booked", places))

    def test_an_undone_no_show_whose_place_is_gone_says_so(self):
        appointment = self._no_show()
        self._book(10, days=0, kind="inspection")
        with self.assertRaisesRegex(UserError, "fully booked"):
            appointment.action_undo()

    def test_who_comes_after_all_is_served_without_a_place_and_the_log_says_so(self):
        appointment = self._no_show()
        self._book(10, days=0, kind="inspection")
        appointment.action_arrive()
        self.assertEqual((appointment.state, appointment.seat_ids.ids), ("arrived", []))
        self.assertIn("given away meanwhile", appointment.message_ids[0].body)

    def test_an_undone_arrival_is_forgotten(self):
        appointment = self._book(10, 30, days=0)
        appointment.action_confirm()
        confirmed = appointment.confirmed_on
        with freeze_time(NOW + timedelta(minutes=5)):
            appointment.action_arrive()
            appointment.action_undo()
        self.assertEqual(
            (appointment.state, appointment.arrived_on, appointment.confirmed_on), ("confirmed", False, confirmed)
        )

    def test_a_day_that_is_over_is_not_undone(self):
        appointment = self._book(10, days=0)
        appointment.action_no_show()
        with freeze_time(NOW + timedelta(days=1)), self.assertRaisesRegex(UserError, "is over"):
            appointment.action_undo()

    def test_places_of_past_days_are_swept_up(self):
        appointment = self._book(10)
        with freeze_time(NOW + timedelta(days=4)):
            self.Appointment._gc_places()
        self.assertFalse(appointment.seat_ids)

    def test_the_cron_does_all_of_it(self):
        appointment = self._book(10, 30, days=0)
        with freeze_time(NOW + timedelta(hours=2)), self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.appointment_cron_watch").method_direct_trigger()
        self.assertEqual(appointment.state, "late")

    def test_who_was_faster_puts_a_step_of_the_cron_off_without_an_error(self):
        def _close_past_days(model):
            raise ConcurrencyError("somebody else was faster")

        appointment = self._book(10, 30, days=0)
        self.patch(type(self.Appointment), "_close_past_days", _close_past_days)
        with freeze_time(NOW + timedelta(hours=2)), self.enter_registry_test_mode():
            with self.assertNoLogs("odoo.addons.dcrc_dealer", "WARNING"):
                self.env.ref("dcrc_dealer.appointment_cron_watch").method_direct_trigger()
        self.assertEqual(appointment.state, "late")

    def test_named_lists_count_what_they_open(self):
        self._book(10)
        late = self._book(11, days=0)
        late.state = "late"
        domains = self.Appointment.with_company(self.dealer)._get_domains()
        counts = {name: self.Appointment.search_count(domain) for name, domain in domains.items()}
        self.assertEqual(
            counts, {"today": 1, "tomorrow": 1, "coming": 2, "to_confirm": 1, "expected": 1, "late": 1, "waiting": 0}
        )
        self.assertEqual(late.day, TODAY)
