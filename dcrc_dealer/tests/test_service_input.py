"""Bad input in the service and retention rooms: clear words, nothing lost."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY
from .test_retention_lifecycle import RetentionCase

TYPED = ("dcrc_delivery_date", "dcrc_registered_on", "dcrc_insurance_end", "dcrc_licence_due", "dcrc_inspection_due")


@tagged("post_install", "-at_install")
class TestServiceInput(RetentionCase):
    def _copy_plan(self, **vals):
        return self.plan.copy({"model_ids": [Command.set(self.model.ids)], **vals})

    def test_no_date_of_a_car_lies_in_1900(self):
        car = self._as(self.specialist, self._due_car("2026-08-01"))
        for name in TYPED:
            for day in ("1900-01-01", "0206-08-01", "2206-08-01"):
                with self.subTest(field=name, day=day), self.assertRaisesRegex(ValidationError, "cannot be right"):
                    car.write({name: day})

    def test_what_the_dms_says_is_taken_as_it_is(self):
        car = self._due_car("2026-08-01").with_context(dcrc_source="dms")
        car.dcrc_insurance_end = "1900-01-01"
        self.assertEqual(car.dcrc_insurance_end.year, 1900)

    def test_a_leap_day_and_the_thirty_first_are_days(self):
        car = self._due_car("2024-02-29")
        car.dcrc_insurance_end = "2028-02-29"
        self.assertEqual(self._due_car("2026-08-31").dcrc_next_service_date, date(2026, 11, 30))

    def test_two_plans_for_the_same_cars_say_which_comes_first(self):
        twin = self._copy_plan(name="CS75 B")
        self.assertIn("“CS75” holds for the same cars", twin.overlap_note)
        twin.valid_from = "2026-01-01"
        self.plan.valid_to = "2025-12-31"
        self.assertEqual([twin.overlap_note, self.plan.overlap_note], [False, False])
        twin.write({"valid_from": False, "active": False})
        self.assertFalse(twin.overlap_note)

    def test_plans_for_other_cars_do_not_meet(self):
        other = self.env["fleet.vehicle.model"].create({"name": "UNI-V", "brand_id": self.model.brand_id.id})
        self.assertFalse(self._copy_plan(model_ids=[Command.set(other.ids)]).overlap_note)

    def test_what_cars_follow_is_kept(self):
        car = self._due_car("2026-08-01")
        with self.assertRaisesRegex(UserError, "1 cars follow “CS75”"):
            self._as(self.manager, self.plan).unlink()
        schedule = self.env["dcrc.inspection.schedule"].create(
            {"name": "租赁", "company_id": self.dealer.id, "step_ids": [Command.create({"first": 12, "every": 12})]}
        )
        car.dcrc_inspection_schedule_id = schedule
        with self.assertRaisesRegex(UserError, "1 cars are inspected"):
            schedule.unlink()
        car.dcrc_inspection_schedule_id = False
        schedule.unlink()

    def test_a_win_back_plan_with_cases_is_kept(self):
        case = self.env["dcrc.retention.case"].create({"vehicle_id": self._judged("2025-10-10").id})
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self._as(self.manager, case.plan_id).unlink()

    def test_a_contact_day_long_past_or_far_away_is_refused(self):
        case = self.env["dcrc.retention.case"].create({"vehicle_id": self._judged("2025-10-10").id})
        for day in ("1900-01-01", "2026-10-13", "2206-10-14"):
            with self.subTest(day=day), self.assertRaisesRegex(ValidationError, "choose another"):
                case.next_contact_on = day
        case.next_contact_on = TODAY
