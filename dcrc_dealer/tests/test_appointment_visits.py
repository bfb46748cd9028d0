from datetime import timedelta

from odoo.tests import tagged

from .common import NOW
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentVisits(AppointmentCase):
    """The repair order that an appointment became, also when it comes from the DMS (APT-5)."""

    def _visit(self, hour=10, days=0, **vals):
        return self._create_visit(self.car, date_in=self._at(hour, days=days), **vals)

    def _mine(self, hour=10, days=0, **vals):
        return self._book(hour, days=days, partner=self.customer, vehicle_id=self.car.id, **vals)

    def test_a_finished_repair_order_serves_the_appointment_of_the_day(self):
        appointment = self._mine(14)
        visit = self._visit(14)
        self.assertEqual((appointment.visit_id, appointment.state), (visit, "served"))
        self.assertEqual(appointment.arrived_on, visit.date_in)
        self.assertEqual(appointment.served_on, visit.date_out)
        self.assertTrue(visit.booked)

    def test_a_repair_order_that_turns_void_leaves_the_appointment_to_another(self):
        appointment = self._mine(14)
        visit = self._visit(14)
        visit.sudo().write({"void": True, "void_cause": "red"})
        self.assertEqual((appointment.visit_id, appointment.state), (visit.browse(), "arrived"))
        right = self._visit(15)
        self.assertEqual((appointment.visit_id, appointment.state), (right, "served"))

    def test_a_void_repair_order_serves_nobody(self):
        appointment = self._mine(14)
        self._visit(14, void=True, void_cause="status")
        self.assertEqual((appointment.visit_id, appointment.state), (self.env["dcrc.service.visit"], "booked"))

    def test_a_repair_order_still_open_means_the_car_is_here(self):
        appointment = self._mine(14)
        visit = self._visit(14, date_out=False)
        self.assertEqual(appointment.state, "arrived")
        visit.date_out = visit.date_in + timedelta(hours=2)
        self.assertEqual((appointment.state, appointment.served_on), ("served", visit.date_out))

    def test_a_day_apart_still_matches_two_do_not(self):
        appointment = self._mine(14, days=2)
        self._visit(14, days=0)
        self.assertFalse(appointment.visit_id)
        visit = self._visit(14, days=1)
        self.assertEqual(appointment.visit_id, visit)

    def test_the_tolerance_is_the_dealers(self):
        self.dealer.dcrc_visit_match_days = 0
        appointment = self._mine(14, days=1)
        self._visit(14, days=0)
        self.assertFalse(appointment.visit_id)

    def test_of_two_appointments_the_nearer_one_is_meant(self):
        far, near = self._mine(10, days=1), self._mine(14, days=0)
        visit = self._visit(13, days=0)
        self.assertEqual((near.visit_id, far.visit_id), (visit, self.env["dcrc.service.visit"]))

    def test_two_repair_orders_of_a_day_do_not_fight_over_one_appointment(self):
        appointment = self._mine(14)
        first = self._visit(14)
        self._visit(15)
        self.assertEqual(appointment.visit_id, first)

    def test_another_car_or_a_cancelled_appointment_is_left_alone(self):
        appointment = self._mine(14)
        self._create_visit(date_in=self._at(14, days=0))
        self.assertFalse(appointment.visit_id)
        appointment.action_cancel()
        self._visit(14)
        self.assertFalse(appointment.visit_id)

    def test_a_no_show_whose_car_was_there_came(self):
        appointment = self._mine(10)
        appointment.action_no_show()
        self._visit(10)
        self.assertEqual(appointment.state, "served")

    def test_a_walk_in_does_not_make_the_visit_an_appointment(self):
        self._mine(11)
        visit = self._visit(11)
        self.assertFalse(visit.booked)

    def test_a_match_after_midnight_counts_on_the_dealers_calendar(self):
        self.dealer.dcrc_visit_match_days = 0
        appointment = self._mine(9, days=1)
        visit = self._visit(0.5, days=1)
        self.assertEqual(appointment.visit_id, visit)

    def test_what_was_missed_is_found_by_the_watch(self):
        visit = self._visit(9)
        appointment = self._mine(11)
        appointment.with_context(dcrc_history=True).start = NOW - timedelta(minutes=30)
        self.Appointment._link_visits()
        self.assertEqual(appointment.visit_id, visit)

    def test_many_repair_orders_at_once_cost_no_query_each(self):
        cars = [self._create_car(self._create_customer()) for _n in range(20)]
        visits = self.env["dcrc.service.visit"]
        for car in cars:
            visits |= self._create_visit(car)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            self.Appointment._link_visits(visits)
