from datetime import datetime, time, timedelta

from odoo.tests import freeze_time

from .common import NOW
from .common_followup import FollowupCase


class TestFollowupClosed(FollowupCase):
    """FUP-12: a house that is closed on all days of a window moves the window."""

    def _close(self, first, last):
        """A holiday of the house from day `first` to `last` (days from today)."""
        bounds = [self.dealer._dcrc_day_bounds(self._day(day)) for day in (first, last)]
        self.env["resource.calendar.leaves"].create(
            {
                "name": "春节",
                "company_id": self.dealer.id,
                "calendar_id": self.dealer.dcrc_opening_id.id,
                "resource_id": False,
                "date_from": bounds[0][0],
                "date_to": bounds[1][1],
            }
        )

    def test_a_holiday_over_the_whole_window_moves_it_behind(self):
        self._close(1, 8)
        self._create_delivery(date=self._day(0))
        self._plan()
        first = self._of("first")
        self.assertEqual((first.date_start, first.date_due), (self._day(9), self._day(11)))

    def test_a_window_with_one_open_day_stays(self):
        self._close(1, 2)
        self._create_delivery(date=self._day(0))
        self._plan()
        self.assertEqual(self._of("first").date_start, self._day(1))

    def test_a_holiday_entered_after_the_planning_moves_what_is_planned(self):
        self._create_delivery(date=self._day(0))
        self._plan()
        self._close(1, 8)
        self._plan()
        self.assertEqual(self._of("first").date_due, self._day(11))

    def test_the_week_of_the_festival_makes_no_missed_calls(self):
        self._close(1, 8)
        self._create_delivery(date=self._day(0))
        self._plan()
        for days in range(1, 13):
            with freeze_time(datetime.combine(self._day(days), time(2))):
                self._plan()
                self.assertNotEqual(self._of("first").state, "missed")

    def test_a_list_given_after_the_holiday_is_not_late(self):
        self._close(-9, -1)
        self._create_delivery(date=self._day(-10))
        self._plan()
        self.assertEqual((self._of("first").state, self._of("first").date_start), ("open", self._day(0)))

    def test_without_opening_hours_no_day_is_closed(self):
        self.dealer.dcrc_opening_id = False
        self.assertFalse(self.dealer._dcrc_closed_days(self._day(0), self._day(30)))

    def test_the_weekly_day_off_counts_as_closed(self):
        hours = self.dealer.dcrc_opening_id.attendance_ids
        sunday = NOW.date() + timedelta(days=(6 - NOW.weekday()) % 7)
        hours.filtered(lambda line: line.dayofweek == "6").unlink()
        self.assertEqual(self.dealer._dcrc_closed_days(sunday, sunday + timedelta(days=6)), {sunday})
