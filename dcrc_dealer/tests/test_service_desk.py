"""A share of the calls that the insurance desk has made is checked (REM-3)."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TODAY
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestServiceDesk(ReminderCase):
    def _called_car(self, day="2026-10-12", **vals):
        insured = {"dcrc_insurance_end": "2026-12-10", "dcrc_insured_here": True}
        return self._due_car(forecast=False, dcrc_insurance_called_on=day, **{**insured, **vals})

    def test_sixty_percent_of_the_insurance_desks_calls_are_checked(self):
        for _n in range(60):
            self._called_car()
        self._plan()
        chosen = self._of("insurance_check")
        self.assertTrue(24 <= len(chosen) <= 48, len(chosen))
        self.assertFalse(self._of("insurance"))
        self.rules_by_key["insurance_check"].planned_at = False
        self._plan()
        self.assertEqual(self._of("insurance_check"), chosen, "the same cars are drawn again")

    def test_a_call_that_did_not_take_place_is_not_checked(self):
        self.rules_by_key["insurance_check"].sample_percent = 100
        car = self._called_car(False)
        self._plan()
        self.assertFalse(self._of("insurance_check"))
        car.dcrc_insurance_called_on = "2026-10-12"
        self._plan()
        check = self._of("insurance_check", vehicle_id=car.id)
        self.assertEqual((check.state, check.date_start), ("open", date(2026, 10, 13)))
        car.dcrc_insurance_called_on = False  # another car was meant
        self._plan()
        self.assertEqual(check.cancel_reason_id.code, "date_changed")

    def test_the_check_speaks_of_the_end_of_the_insurance(self):
        self.rules_by_key["insurance_check"].sample_percent = 100
        car = self._called_car()
        self._plan()
        check = self._of("insurance_check", vehicle_id=car.id).with_context(lang="zh_CN")
        self.assertIn("12月10日", check.rule_id.script_id._render("opening", check))
        self.assertEqual(check._get_department_kind(), "insurance")

    def test_a_call_of_the_desk_through_us_is_noted_by_itself(self):
        self.rules_by_key["insurance"].source_domain = False
        ours, elsewhere = self._called_car(False), self._called_car(False, dcrc_insured_here=False)
        self._plan()
        for car in (ours, elsewhere):
            self._finish(self._of("insurance", vehicle_id=car.id), "answered")
        self.assertEqual((ours.dcrc_insurance_called_on, elsewhere.dcrc_insurance_called_on), (TODAY, False))

    def test_nobody_has_called_tomorrow(self):
        with self.assertRaises(ValidationError):
            self._called_car("2026-10-15")

    def test_the_share_is_a_figure_the_dealer_changes(self):
        for _n in range(10):
            self._called_car()
        self.rules_by_key["insurance_check"].sample_percent = 100
        self._plan()
        self.assertEqual(len(self._of("insurance_check")), 10)
