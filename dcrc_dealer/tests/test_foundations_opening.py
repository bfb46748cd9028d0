"""One calendar of working time a dealer: weekly hours, closed days, hours of single dates."""

from datetime import date, datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form

from ..models.foundations.res_company_opening import UTC
from ..tools.schedule import FAR
from .common import NOW, TODAY, DcrcCase

SATURDAY, MONDAY = date(2026, 10, 17), date(2026, 10, 19)


class TestFoundationsOpening(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.dealer.dcrc_opening_id
        weekend = cls.calendar.attendance_ids.filtered(lambda line: line.dayofweek in "56")
        weekend.unlink()  # this dealer rests on Saturdays and Sundays

    def _open(self, day, *hours):
        """Hours of a single date."""
        vals = [{"calendar_id": self.calendar.id, "date": day, "hour_from": a, "hour_to": b} for a, b in hours]
        return self.env["dcrc.opening.day"].create(vals)

    def _close(self, first, last):
        start, stop = self.dealer._dcrc_day_bounds(first)[0], self.dealer._dcrc_day_bounds(last)[1]
        self.env["resource.calendar.leaves"].create(
            {
                "name": "国庆节",
                "calendar_id": self.calendar.id,
                "company_id": self.dealer.id,
                "date_from": start,
                "date_to": stop - timedelta(seconds=1),
            }
        )

    def _hours(self, day):
        return self.dealer._dcrc_day_hours(day, day)[day]

    def _local(self, *args):
        return self.dealer._dcrc_to_utc(datetime(2026, 10, *args))

    def test_a_worked_weekend_is_open(self):
        self.assertFalse(self.dealer._dcrc_is_open(SATURDAY))
        self._open(SATURDAY, (9, 12), (13, 17))
        self.assertEqual(self._hours(SATURDAY), [(9, 12), (13, 17)])

    def test_a_short_day_replaces_the_hours_of_its_weekday(self):
        self._open(MONDAY, (10, 12))
        self.assertEqual(self._hours(MONDAY), [(10, 12)])
        self.assertEqual(self._hours(MONDAY + timedelta(days=1)), [(8.5, 17.5)])

    def test_a_closed_day_goes_before_everything(self):
        self._open(MONDAY, (10, 12))
        self._close(MONDAY, MONDAY)
        self.assertFalse(self._hours(MONDAY))

    def test_a_day_closed_twice_is_closed_once(self):
        self._close(MONDAY, MONDAY)
        self._close(TODAY, MONDAY)
        after = self.dealer._dcrc_add_work(self._local(13, 17, 0), 60)
        self.assertEqual(after, self._local(20, 9, 0))

    def test_a_date_until_midnight(self):
        self._open(SATURDAY, (20, 24))
        self.assertEqual(self._hours(SATURDAY), [(20, 24)])

    def test_calendars_of_others_do_not_change(self):
        other = self.env["resource.calendar"].create(
            {"name": "HR", "company_id": self.dealer.id, "tz": "Asia/Shanghai"}
        )
        self.env["dcrc.opening.day"].create({"calendar_id": other.id, "date": SATURDAY})
        start, stop = (moment.replace(tzinfo=UTC) for moment in self.dealer._dcrc_day_bounds(SATURDAY))
        self.assertFalse(list(other._work_intervals_batch(start, stop)[False]))

    def test_hours_of_one_date_do_not_overlap(self):
        self._open(SATURDAY, (9, 12))
        with self.assertRaises(ValidationError):
            self._open(SATURDAY, (11, 13))

    def test_a_deadline_in_working_time_skips_night_weekend_and_closed_days(self):
        self._close(MONDAY, MONDAY)
        friday = self._local(16, 17, 0)
        self.assertEqual(self.dealer._dcrc_add_work(friday, 60), self._local(20, 9, 0))
        self.assertEqual(self.dealer._dcrc_count_work(friday, self._local(20, 9, 0)), 60)

    def test_a_deadline_far_away_is_found(self):
        self.assertGreater(self.dealer._dcrc_add_work(NOW, 9 * 60 * 100), NOW + timedelta(days=130))

    def test_a_dealer_without_a_calendar_is_always_open(self):
        self.dealer.dcrc_opening_id = False
        self.assertTrue(self.dealer._dcrc_is_open(SATURDAY))
        self.assertEqual(self.dealer._dcrc_add_work(NOW, 60), NOW + timedelta(hours=1))
        self.assertEqual(self.dealer._dcrc_count_work(NOW, NOW + timedelta(hours=1)), 60)

    def test_closed_days_are_those_without_hours(self):
        self.assertEqual(self.dealer._dcrc_closed_days(TODAY, MONDAY), {SATURDAY, SATURDAY + timedelta(days=1)})

    # -- what derives from it --------------------------------------------------

    def test_nobody_is_called_on_a_closed_day(self):
        self._close(TODAY, SATURDAY)
        contacts = self.env["dcrc.contact"]
        self.assertIsNone(contacts._slot_now(self.dealer))
        self.assertEqual(contacts._next_window(self.dealer), self._local(19, 9, 0))

    def test_messages_reach_customers_on_a_closed_day_too(self):
        self._close(TODAY, TODAY)
        self.assertTrue(self.env["dcrc.contact"]._is_awake(self.dealer))

    def test_a_short_day_limits_the_calls(self):
        self._open(TODAY, (8.5, 9.5))
        self.assertIsNone(self.env["dcrc.contact"]._slot_now(self.dealer))

    def test_weekly_hours_do_not_end_the_calls_of_the_evening(self):
        limits = self.env["dcrc.call.slot"]._get_limits(self.dealer)
        self.assertNotIn(TODAY, limits)
        self.assertEqual(len(limits), len([n for n in range(FAR + 1) if (TODAY + timedelta(days=n)).weekday() > 4]))

    def test_places_can_be_booked_on_a_worked_weekend(self):
        self.assertFalse(self.dealer._dcrc_openings(*self.dealer._dcrc_day_bounds(SATURDAY)))
        self._open(SATURDAY, (9, 12))
        spans = self.dealer._dcrc_openings(*self.dealer._dcrc_day_bounds(SATURDAY))
        self.assertEqual(spans, [(self._local(17, 9, 0), self._local(17, 12, 0))])

    def test_a_manager_enters_them(self):
        calendar = self._as(self.manager, self.calendar)
        with Form(calendar, view="dcrc_dealer.resource_calendar_view_form") as form, form.dcrc_day_ids.new() as line:
            line.date = SATURDAY
        self.assertEqual(self._hours(SATURDAY), [(8.5, 17.5)])
        calendar.dcrc_day_ids = [Command.clear()]
        self.assertFalse(self._hours(SATURDAY))
