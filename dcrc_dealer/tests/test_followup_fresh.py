from datetime import timedelta

from odoo.tests import freeze_time
from odoo.tools import SQL

from .common import NOW
from .common_followup import FollowupCase


class TestFollowupFresh(FollowupCase):
    """The nightly planning looks at what is new or due, not at the whole file again."""

    def _candidates(self, rule, fresh_only=True):
        """Ids of the sources that planning would look at now."""
        self.env.flush_all()
        today = self.dealer._dcrc_today()
        until = today + timedelta(days=self.dealer.dcrc_plan_days)
        select = self.rules_by_key[rule]._get_candidates(self.dealer, today, until, fresh_only=fresh_only)
        return {row[0] for row in self.env.execute_query(SQL("SELECT source_id FROM (%s) c", select))}

    def _plan_at(self, **later):
        with freeze_time(NOW + timedelta(**later)):
            self._plan()

    def test_rows_are_written_when_the_frozen_clock_says(self):
        delivery = self._create_delivery()
        self.assertEqual((delivery.create_date, delivery.write_date), (NOW, NOW))
        with freeze_time(NOW + timedelta(days=2)):
            delivery.order_no = "XS1"
            self.env.flush_all()
        self.assertEqual((delivery.create_date, delivery.write_date), (NOW, NOW + timedelta(days=2)))

    def test_what_was_written_and_due_before_the_last_planning_is_not_looked_at(self):
        old = self._create_delivery(date=self._day(-10))
        self._plan_at(days=10)
        with freeze_time(NOW + timedelta(days=11)):
            self.assertNotIn(old.id, self._candidates("first"))
            self.assertIn(old.id, self._candidates("first", fresh_only=False))

    def test_what_was_written_within_a_day_before_the_last_planning_is_looked_at_again(self):
        with freeze_time(NOW + timedelta(days=9)):
            edge = self._create_delivery(date=self._day(-10))
        with freeze_time(NOW + timedelta(days=9, seconds=-1)):
            before = self._create_delivery(date=self._day(-10))
            self.env.flush_all()
        self._plan_at(days=10)
        with freeze_time(NOW + timedelta(days=10)):
            found = self._candidates("first")
        self.assertIn(edge.id, found, "its transaction may have ended after the planning began")
        self.assertNotIn(before.id, found)

    def test_a_late_list_is_found_days_later(self):
        self._plan_at(days=10)
        with freeze_time(NOW + timedelta(days=12)):
            delivery = self._create_delivery(date=self._day(-20))
            self._plan()
        self.assertEqual(self._of("first", delivery_id=delivery.id).state, "missed")

    def test_an_old_row_that_is_corrected_is_looked_at_again(self):
        visit = self._create_visit(date_in=NOW - timedelta(days=3), date_out=False)
        self._plan_at(days=10)
        with freeze_time(NOW + timedelta(days=12)):
            visit.date_out = NOW + timedelta(days=11)
            self._plan()
        self.assertEqual(self._of("third").visit_id, visit)

    def test_what_becomes_due_later_is_planned_though_nobody_wrote_it_since(self):
        delivery = self._create_delivery(date=self._day(-10))
        self._plan()
        self.assertFalse(self._of("lost_new"))
        for days in (20, 35, 51):
            self._plan_at(days=days)
        self.assertEqual(self._of("lost_new").delivery_id, delivery)

    def test_planning_every_night_finds_what_one_planning_of_everything_finds(self):
        for days in range(0, 40, 3):
            with freeze_time(NOW + timedelta(days=days)):
                self._create_delivery(date=self._day(days - days % 4 * 5))
                self._create_visit(date_in=NOW + timedelta(days=days - days % 5 * 3))
                self._plan()
        with freeze_time(NOW + timedelta(days=41)):
            self._plan()
            for key in ("first", "second", "third", "lost_new"):
                planned = set(self._of(key).mapped("source_id"))
                self.assertEqual(planned, self._candidates(key, fresh_only=False), key)
