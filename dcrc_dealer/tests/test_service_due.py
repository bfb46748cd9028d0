"""Due by km or months, whichever comes first (REM-1)."""

from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.forecast import Step, add_months, next_service, reach_km
from ..tools.mileage import Reading, usage_of

START = date(2026, 1, 31)
PLAN = [Step("first", 5000, 3), Step("periodic", 10000, 6, "minor"), Step("periodic", 10000, 6, "major")]


def driven(daily, days=60, start=START, **means):
    """Usage of a car read once, `days` after delivery."""
    reading = Reading(start + timedelta(days=days), daily * days)
    return usage_of([reading], start=start, **means)


@tagged("post_install", "-at_install")
class TestServiceDue(BaseCase):
    def test_whoever_drives_much_is_due_by_km(self):
        due = next_service(PLAN, driven(100), delivered=START)
        self.assertEqual((due.kind, due.by, due.km), ("first", "km", 5000))
        self.assertEqual(due.date, START + timedelta(days=50))

    def test_whoever_drives_little_is_due_by_months(self):
        due = next_service(PLAN, driven(10), delivered=START)
        self.assertEqual((due.by, due.date), ("months", date(2026, 4, 30)))

    def test_the_band_lies_around_the_day(self):
        due = next_service([Step("first", 20000)], driven(40), delivered=START)
        self.assertLess(due.low, due.date)
        self.assertLess(due.date, due.high)

    def test_months_cap_the_band(self):
        due = next_service(PLAN, driven(45), delivered=START)
        self.assertLessEqual(due.high, date(2026, 4, 30))

    def test_periodic_counts_from_the_last_service(self):
        usage = driven(100, days=90)
        last = START + timedelta(days=90)
        due = next_service(PLAN, usage, START, last_service=last, done=1)
        self.assertEqual((due.kind, due.step, due.km), ("periodic", "minor", 19000))
        self.assertEqual(due.date, last + timedelta(days=100))

    def test_periodic_services_take_turns(self):
        usage, last = driven(100), START + timedelta(days=60)
        steps = [next_service(PLAN, usage, START, last, done).step for done in (1, 2, 3)]
        self.assertEqual(steps, ["minor", "major", "minor"])

    def test_km_after_a_new_meter_are_those_it_shows(self):
        days = [START + timedelta(days=d) for d in (60, 120, 180, 240)]
        readings = [Reading(d, km) for d, km in zip(days, (6000, 12000, 500, 6500), strict=True)]
        usage = usage_of(readings, start=START)
        due = next_service(PLAN, usage, START, last_service=days[-1], done=2)
        self.assertAlmostEqual(due.km, 16500, delta=10)

    def test_without_any_rate_the_months_decide(self):
        due = next_service(PLAN, usage_of([], START), delivered=START)
        self.assertEqual((due.by, due.date), ("months", date(2026, 4, 30)))

    def test_a_plan_in_km_alone_needs_a_rate(self):
        plan = [Step("first", 5000)]
        self.assertIsNone(next_service(plan, usage_of([], START), delivered=START))
        self.assertIsNotNone(next_service(plan, usage_of([], START, dealer_daily=40), delivered=START))

    def test_no_delivery_no_visit_no_date(self):
        self.assertIsNone(next_service(PLAN, usage_of([])))

    def test_a_plan_without_intervals_says_nothing(self):
        self.assertIsNone(next_service([Step("first")], driven(40), delivered=START))
        self.assertIsNone(next_service([], driven(40), delivered=START))

    def test_a_visit_without_delivery_is_enough(self):
        due = next_service(PLAN, usage_of([], dealer_daily=40), last_service=START)
        self.assertEqual((due.kind, due.date), ("periodic", date(2026, 7, 31)))

    def test_it_says_how_it_got_there(self):
        due = next_service(PLAN, driven(100), delivered=START)
        self.assertEqual([code for code, _figures in due.reasons],
                         ["since_delivery", "by_km", "by_months", "decided_km"])  # fmt: skip

    def test_a_car_that_stands_still_is_due_by_months(self):
        usage = usage_of([Reading(START + timedelta(days=n), 100) for n in (30, 60)])
        self.assertEqual(next_service(PLAN, usage, START).by, "months")

    def test_warranty_km_are_reached_on_a_day(self):
        self.assertEqual(reach_km(driven(100), 60000), START + timedelta(days=600))

    def test_months_from_leap_day_and_the_31st(self):
        self.assertEqual(add_months(date(2024, 2, 29), 48), date(2028, 2, 29))
        self.assertEqual(add_months(date(2026, 10, 31), 1), date(2026, 11, 30))
        self.assertEqual(add_months(date(2026, 12, 31), 2), date(2027, 2, 28))
