"""Due by km or months, whichever comes first (REM-1)."""

from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.forecast import Step, add_months, next_service, reach_km, why_none
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
        due = next_service(PLAN, driven(60), delivered=START)  # by km on 24 April, give or take
        self.assertEqual((due.by, due.high), ("km", date(2026, 4, 30)))
        self.assertLess(due.low, due.date)

    def test_where_months_decide_km_may_still_come_first(self):
        due = next_service(PLAN, driven(52), delivered=START)  # by km on 7 May
        self.assertEqual((due.by, due.date, due.high), ("months", date(2026, 4, 30), date(2026, 4, 30)))
        self.assertLess(due.low, due.date)
        self.assertEqual(due.reasons[-1], ("maybe_km", {"date": due.low}))

    def test_where_months_clearly_decide_the_day_is_exact(self):
        due = next_service(PLAN, driven(10), delivered=START)
        self.assertEqual((due.low, due.date, due.high), (date(2026, 4, 30),) * 3)
        self.assertEqual(due.reasons[-1][0], "decided_months")

    def test_nobody_knows_how_early_a_car_is_due_whose_use_nobody_knows(self):
        due = next_service(PLAN, usage_of([], START), delivered=START)
        self.assertEqual((due.low, due.date, due.high), (None, date(2026, 4, 30), date(2026, 4, 30)))
        self.assertEqual(due.reasons[-1][0], "at_latest")

    def test_km_already_driven_are_exact(self):
        due = next_service(PLAN, driven(100), delivered=START)  # read at 6,000 km
        self.assertEqual((due.low, due.date, due.high), (START + timedelta(days=50),) * 3)

    def test_an_irregular_driver_has_a_wider_band(self):
        def band(*kms):
            readings = [Reading(START + timedelta(days=60 * (n + 1)), km) for n, km in enumerate(kms)]
            due = next_service([Step("periodic", 20000)], usage_of(readings, START), last_service=START)
            return (due.high - due.low).days

        self.assertGreater(band(3000, 3600, 7800, 8400, 12000), 2 * band(2400, 4800, 7200, 9600, 12000))

    def test_a_plan_in_months_alone_asks_for_no_readings(self):
        electric = [Step("first", 0, 6), Step("periodic", 0, 12)]
        for usage in (usage_of([], START), driven(300)):
            due = next_service(electric, usage, delivered=START)
            self.assertEqual((due.by, due.low, due.date, due.km), ("months", due.date, date(2026, 7, 31), 0))
            self.assertEqual(due.reasons[-1][0], "by_months")

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

    def test_km_are_told_as_exactly_as_they_are_known(self):
        later = START + timedelta(days=77)
        self.assertEqual(next_service(PLAN, usage_of([], START), START).km, 5000)
        self.assertEqual(next_service(PLAN, driven(100), START, later, 1).km, 17700)
        self.assertEqual(next_service(PLAN, driven(33), START, later, 1).km, 12500)
        self.assertEqual(next_service(PLAN, usage_of([], START), START, later, 1).km, 0)
        self.assertEqual(next_service(PLAN, usage_of([], dealer_daily=40), last_service=later).km, 0)

    def test_without_any_rate_the_months_decide(self):
        due = next_service(PLAN, usage_of([], START), delivered=START)
        self.assertEqual((due.by, due.date), ("months", date(2026, 4, 30)))

    def test_a_plan_in_km_alone_needs_a_rate(self):
        plan = [Step("first", 5000)]
        self.assertIsNone(next_service(plan, usage_of([], START), delivered=START))
        self.assertIsNotNone(next_service(plan, usage_of([], START, dealer_daily=40), delivered=START))

    def test_it_says_what_is_missing(self):
        km_alone, still = [Step("first", 5000)], usage_of([Reading(START, 12), Reading(START + timedelta(60), 12)])
        for code, given in (
            ("no_plan", ([], driven(40), START)),
            ("no_base", (PLAN, usage_of([]))),
            ("no_rate", (km_alone, usage_of([], START), START)),
            ("no_use", (km_alone, still, START)),
        ):
            self.assertIsNone(next_service(*given), code)
            self.assertEqual(why_none(*given), code)

    def test_a_delivery_of_the_year_1900_counts_as_none(self):
        ancient = date(1900, 1, 1)
        self.assertIsNone(next_service(PLAN, usage_of([], ancient, dealer_daily=40), ancient))
        self.assertEqual(next_service(PLAN, driven(40), START, ancient, 3).kind, "first")

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
        self.assertEqual(
            [code for code, _figures in due.reasons], ["since_delivery", "by_km", "by_months", "decided_km"]
        )

    def test_a_car_that_stands_still_is_due_by_months(self):
        usage = usage_of([Reading(START + timedelta(days=n), 100) for n in (30, 60)])
        self.assertEqual(next_service(PLAN, usage, START).by, "months")

    def test_warranty_km_are_reached_on_a_day(self):
        self.assertEqual(reach_km(driven(100), 60000), START + timedelta(days=600))

    def test_a_new_meter_gives_no_new_warranty(self):
        days = [START + timedelta(days=60 * n) for n in range(1, 5)]
        readings = [Reading(d, km) for d, km in zip(days, (6000, 12000, 500, 6500), strict=True)]
        self.assertEqual(reach_km(usage_of(readings, start=START), 60000), START + timedelta(days=600))

    def test_months_from_leap_day_and_the_31st(self):
        self.assertEqual(add_months(date(2024, 2, 29), 48), date(2028, 2, 29))
        self.assertEqual(add_months(date(2026, 10, 31), 1), date(2026, 11, 30))
        self.assertEqual(add_months(date(2026, 12, 31), 2), date(2027, 2, 28))

    def test_a_car_of_the_leap_day_is_due_on_the_last_of_february(self):
        due = next_service([Step("first", 0, 12)], usage_of([]), delivered=date(2024, 2, 29))
        self.assertEqual(due.date, date(2025, 2, 28))
