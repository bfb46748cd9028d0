"""A first import of ten years: from when the rules hold, and what is due at once (REM-2, CUS-10)."""

from odoo.tests import tagged

from .common import TODAY
from .common_dms import DmsCase, sales_row
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestFirstList(DmsCase):
    def test_it_is_asked_before_the_first_import_only(self):
        first = self._give("sales", [sales_row(1)])
        self.assertTrue(first.is_first)
        as_manager = first.with_user(self.manager)
        as_manager.write({"rules_from": TODAY, "spread_weeks": 4})
        self.assertEqual((self.dealer.dcrc_rules_from, self.dealer.dcrc_spread_weeks), (TODAY, 4))
        first.action_import()
        first.sudo()._run_all()
        self.assertFalse(self._give("sales", [sales_row(2)]).is_first)


@tagged("post_install", "-at_install")
class TestSpread(ReminderCase):
    def _starts(self):
        """When the insurance calls of twelve cars begin, all due at once."""
        cars = [self._create_car(self._create_customer()) for _number in range(12)]
        for car in cars:
            car.dcrc_insurance_end = self._day(40)
        self._plan()
        return self._of("insurance").mapped("date_start")

    def test_what_was_over_before_the_rules_held_is_no_call(self):
        self.dealer.dcrc_rules_from = TODAY
        old = self._create_delivery(date=self._day(-60))
        new = self._create_delivery(date=self._day(-2))
        self._plan()
        self.assertEqual(self._of("first").delivery_id, new)
        self.assertNotIn(old, self._of("second").delivery_id)

    def test_what_is_due_at_once_is_spread_over_weeks(self):
        self.dealer.write({"dcrc_rules_from": TODAY, "dcrc_spread_weeks": 4})
        starts = self._starts()
        self.assertEqual(len(starts), 12)
        self.assertGreater(len(set(starts)), 6)
        self.assertLess(max(starts), self._day(28))

    def test_without_weeks_nothing_waits(self):
        self.dealer.dcrc_rules_from = TODAY
        self.assertEqual(len(set(self._starts())), 1)

    def test_calls_about_papers_are_not_spread(self):
        self.dealer.write({"dcrc_rules_from": TODAY, "dcrc_spread_weeks": 4})
        deliveries = [self._create_delivery(date=self._day(-1)) for _number in range(5)]
        self._plan()
        self.assertEqual(set(self._of("first").mapped("date_start")), {self._day(0)})
        self.assertEqual(len(self._of("first")), len(deliveries))
