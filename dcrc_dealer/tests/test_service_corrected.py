"""A deadline or birthday that was corrected is the same one still: nobody is asked twice (FUP-12)."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestServiceCorrected(ReminderCase):
    def _plan_in(self, days):
        with freeze_time(NOW + timedelta(days=days)):
            self._plan()

    def _insured(self, end):
        return self._due_car(forecast=False, dcrc_insurance_end=end)

    def test_a_deadline_corrected_by_some_days_is_not_asked_about_again(self):
        car = self._insured("2026-12-10")
        self._plan()
        asked = self._of("insurance", vehicle_id=car.id)
        self._finish(asked, "answered")
        car.dcrc_insurance_end = "2026-12-20"
        self._plan_in(8)
        self.assertEqual(self._of("insurance", vehicle_id=car.id), asked)

    def test_coverage_counts_a_corrected_deadline_once(self):
        car = self._insured("2026-12-10")
        self._plan()
        self._finish(self._of("insurance", vehicle_id=car.id), "answered")
        car.dcrc_insurance_end = "2026-12-16"
        self.env.flush_all()
        found = self.env["dcrc.coverage"].search([("vehicle_id", "=", car.id), ("trigger", "=", "insurance")])
        self.assertEqual(found.mapped("status"), ["in_time"])

    def test_a_deadline_corrected_before_the_call_is_called_about_once(self):
        car = self._insured("2026-12-10")
        self._plan()
        wrong = self._of("insurance", vehicle_id=car.id)
        car.dcrc_insurance_end = "2026-12-16"
        self._plan_in(3)
        right = self._of("insurance", vehicle_id=car.id) - wrong
        self.assertEqual((wrong.state, right.state, right.anchor_date), ("cancelled", "open", date(2026, 12, 16)))

    def test_the_next_years_deadline_is_called_about(self):
        car = self._insured("2026-12-10")
        self._plan()
        self._finish(self._of("insurance", vehicle_id=car.id), "answered")
        car.dcrc_insurance_end = "2027-12-08"
        self._plan_in(365)
        self.assertEqual(len(self._of("insurance", vehicle_id=car.id)), 2)

    def test_the_inspection_half_a_year_later_is_called_about(self):
        car = self._due_car(forecast=False, dcrc_inspection_due="2026-12-31")
        self._plan()
        asked = self._of("inspection", vehicle_id=car.id)
        self._finish(asked, "answered", answers=self._answers(asked, K="30000"))
        car.dcrc_inspection_due = "2027-06-30"
        self._plan_in(182)
        self.assertEqual(len(self._of("inspection", vehicle_id=car.id)), 2)

    def test_who_was_greeted_is_not_greeted_again_on_the_corrected_day(self):
        customer = self._create_customer(dcrc_birth_date="1990-10-14")
        self._plan()
        greeting = self._of("birthday", partner_id=customer.id)
        self._finish(greeting, "answered")
        customer.dcrc_birth_date = "1990-10-24"
        self._plan_in(10)
        self.assertEqual(self._of("birthday", partner_id=customer.id), greeting)

    def test_a_corrected_birthday_moves_the_greeting(self):
        customer = self._create_customer(dcrc_birth_date="1990-10-16")
        self._plan()
        wrong = self._of("birthday", partner_id=customer.id)
        customer.dcrc_birth_date = "1990-10-18"
        self._plan()
        right = self._of("birthday", partner_id=customer.id) - wrong
        self.assertEqual((wrong.state, right.anchor_date), ("cancelled", date(2026, 10, 18)))
