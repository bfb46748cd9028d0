from odoo.tests import tagged

from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentFigure(AppointmentCase):
    """Appointment rate, arrival rate, load by hour (APT-5)."""

    def _sum(self, *measures, **domain):
        self.env.flush_all()
        model = self._as(self.director, "dcrc.appointment.figure")
        conditions = [("company_id", "=", self.dealer.id)] + [(k, "=", v) for k, v in domain.items()]
        fields = model._fields
        aggregates = [f"{name}:{fields[name].aggregator or 'sum'}" for name in measures]
        [row] = model._read_group(conditions, [], aggregates)
        return row if len(row) > 1 else row[0]

    def _come(self, hour, state="served", days=1, **vals):
        appointment = self._book(hour, days=days, **vals)
        appointment.with_context(dcrc_history=True).state = state  # as history has it, whatever the time
        return appointment

    def test_the_arrival_rate_leaves_out_who_cancelled_and_who_is_still_to_come(self):
        self._come(9)
        self._come(10, "arrived")
        self._come(11, "no_show")
        self._come(12, "cancelled")
        self._book(14)
        self.assertAlmostEqual(self._sum("arrival_rate"), 2 / 3)
        self.assertEqual(self._sum("nb_appointments", "nb_came", "nb_no_show", "nb_cancelled"), (4, 2, 1, 1))

    def test_without_anything_to_say_a_rate_is_empty_not_zero(self):
        self._book(14)
        self.assertIsNone(self._sum("arrival_rate") or None)
        self.assertNotEqual(self._sum("arrival_rate"), 0.5)

    def test_the_appointment_rate_is_booked_arrivals_of_all_arrivals(self):
        self._book(14, days=0, partner=self.customer, vehicle_id=self.car.id)
        self._create_visit(self.car, date_in=self._at(14, days=0))
        for _n in range(3):
            self._create_visit(date_in=self._at(15, days=0))
        self.assertEqual(self._sum("nb_visits", "nb_booked_visits"), (4, 1))
        self.assertAlmostEqual(self._sum("appointment_rate"), 0.25)

    def test_a_walk_in_is_an_arrival_without_appointment(self):
        self._book(11, days=0, partner=self.customer, vehicle_id=self.car.id)
        self._create_visit(self.car, date_in=self._at(11, days=0))
        self.assertEqual(self._sum("nb_appointments", "nb_walk_ins", "nb_booked_visits"), (0, 1, 0))

    def test_what_the_dms_calls_booked_counts_too(self):
        self._create_visit(date_in=self._at(15, days=0), booked=True)
        self.assertEqual(self._sum("nb_booked_visits"), 1)

    def test_load_by_hour_counts_on_the_dealers_clock(self):
        self._book(9)
        self._create_visit(date_in=self._at(9, 40, days=0))
        self.assertEqual(self._sum("nb_appointments", hour="09:00"), 1)
        self.assertEqual(self._sum("nb_visits", hour="09:00"), 1)

    def test_the_other_dealer_sees_none_of_it(self):
        self._come(9)
        self.env.flush_all()
        self.assertFalse(self._as(self.stranger, "dcrc.appointment.figure").search([]))
