"""Service plans: validated with clear words, copied to each dealer, chosen for each car (REM-1)."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DcrcCase

PERIODIC = {"kind": "periodic", "km": 10000, "months": 12}


@tagged("post_install", "-at_install")
class TestServicePlan(DcrcCase):
    def _plan(self, *steps, **vals):
        return self.env["dcrc.service.plan"].create(
            {"name": "CS75", "step_ids": [Command.create(step) for step in steps], "sequence": 1, **vals}
        )

    def _of(self, **vals):
        car = self._create_car(self._create_customer(), **{"dcrc_delivery_date": "2026-08-01", **vals})
        car._dcrc_forecast()
        return car.dcrc_plan_id

    def test_each_dealer_has_its_own_samples(self):
        plans = self.env["dcrc.service.plan"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(len(plans), 2)
        self.assertTrue(all(plans.mapped("is_sample")))
        self.assertTrue(all(plan.step_ids for plan in plans))

    def test_a_plan_without_intervals_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "has no interval"):
            self._plan()

    def test_a_plan_with_only_a_first_service_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "at least one periodic"):
            self._plan({"kind": "first", "km": 5000})

    def test_a_service_without_km_and_months_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "neither km nor months"):
            self._plan({"kind": "periodic", "name": "Oil"})

    def test_two_first_services_are_refused(self):
        first = {"kind": "first", "km": 5000}
        with self.assertRaisesRegex(ValidationError, "more than one first"):
            self._plan(first, first, PERIODIC)

    def test_an_interval_of_a_million_km_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be right"):
            self._plan({"kind": "periodic", "km": 1000000})

    def test_the_last_interval_cannot_be_taken_away(self):
        plan = self._plan(PERIODIC)
        with self.assertRaisesRegex(ValidationError, "has no interval"):
            plan.step_ids.unlink()

    def test_a_year_1900_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be right"):
            self._plan(PERIODIC, valid_from="1900-01-01")

    def test_summary_reads_like_the_booklet(self):
        plan = self._plan({"kind": "first", "km": 5000, "months": 3}, PERIODIC)
        self.assertEqual(plan.summary, "5,000 km or 3 months → 10,000 km or 12 months")

    def test_the_model_goes_before_the_drive(self):
        plan = self._plan(PERIODIC, model_ids=self.model.ids, sequence=99)
        self.assertEqual(self._of(), plan)

    def test_green_plates_follow_the_new_energy_plan(self):
        self.assertEqual(self._of(license_plate="渝AD12345").energy, "new_energy")
        self.assertEqual(self._of().energy, "combustion")

    def test_the_models_drive_goes_before_the_plate(self):
        self.model.dcrc_energy = "new_energy"
        self.assertEqual(self._of().energy, "new_energy")

    def test_a_plan_holds_for_cars_delivered_in_its_time(self):
        plan = self._plan(PERIODIC, model_ids=self.model.ids, valid_from="2026-08-01", valid_to="2026-08-31")
        self.assertEqual(self._of(), plan)
        self.assertNotEqual(self._of(dcrc_delivery_date="2026-07-31"), plan)
        self.assertNotEqual(self._of(dcrc_delivery_date="2026-09-01"), plan)

    def test_plans_of_another_dealer_hold_nothing_here(self):
        self._plan(PERIODIC, model_ids=self.model.ids, company_id=self.other_dealer.id)
        self.assertEqual(self._of().company_id, self.dealer)

    def test_a_changed_interval_has_its_cars_forecast_again(self):
        plan = self._plan(PERIODIC, model_ids=self.model.ids)
        car = self._create_car(self._create_customer(), dcrc_delivery_date="2026-08-01")
        car._dcrc_forecast()
        plan.step_ids.months = 6
        self.assertTrue(car.dcrc_forecast_dirty)

    def test_a_change_leaves_other_models_alone(self):
        other = self.model.copy({"name": "UNI-V"})
        car = self._create_car(self._create_customer(), model_id=other.id, dcrc_delivery_date="2026-08-01")
        car._dcrc_forecast()
        self._plan(PERIODIC, model_ids=self.model.ids)
        self.assertFalse(car.dcrc_forecast_dirty)

    def test_a_plan_opens_the_list_of_its_cars(self):
        plan = self._of()
        listed = self.env["fleet.vehicle"].search(plan.action_open_cars()["domain"])
        self.assertEqual(plan.car_count, len(listed))
