"""Cars about to be lost are called each month (RET-4)."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestAtRisk(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("dcrc_dealer.followup_rule_at_risk")._dcrc_copy_for(cls.dealer)

    def _car(self, stage="at_risk", since="2026-09-20"):
        car = self._create_car(self._create_customer())
        car.with_context(dcrc_direct_write=True).write({"dcrc_stage": stage, "dcrc_stage_since": since})
        return car

    def _days(self, car):
        calls = self.Followup.search([("rule_id", "=", self.rule.id), ("vehicle_id", "=", car.id)], order="id")
        return calls.mapped("anchor_date")

    def test_a_car_about_to_be_lost_is_called_about_once_a_month(self):
        car = self._car()
        self._plan()
        self._plan()
        self.assertEqual(self._days(car), [date(2026, 10, 1)])
        with freeze_time(datetime(2026, 11, 3, 2)):
            self._plan()
            self._plan()
        self.assertEqual(self._days(car), [date(2026, 10, 1), date(2026, 11, 1)])

    def test_in_its_first_month_from_the_day_it_got_there(self):
        car = self._car(since="2026-10-12")
        self._plan()
        self.assertEqual(self._days(car), [date(2026, 10, 12)])

    def test_other_stages_are_not_called(self):
        cars = [self._car(stage) for stage in ("active", "lost", "gone")]
        self._plan()
        self.assertFalse([day for car in cars for day in self._days(car)])

    def test_whom_a_win_back_case_calls_is_left_to_it(self):
        car = self._car()
        self.env["dcrc.retention.case"].create({"vehicle_id": car.id})
        self._plan()
        self.assertFalse(self._days(car))
