"""Daily kilometres from readings that are not all true (REM-1)."""

import doctest
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools import forecast, inspection, lunar, mileage
from ..tools.mileage import Reading, usage_of

START = date(2025, 1, 1)


def series(*kms, every=90, start=START):
    """Readings every 90 days after delivery."""
    return [Reading(start + timedelta(days=every * (n + 1)), km, n) for n, km in enumerate(kms)]


@tagged("post_install", "-at_install")
class TestServiceMileage(BaseCase):
    def _codes(self, usage):
        return [(reading.km, code) for reading, code in usage.excluded]

    def test_manuals_are_true(self):
        for module in (mileage, forecast, inspection, lunar):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_regular_readings_give_the_mean(self):
        usage = usage_of(series(3600, 7200, 10800), start=START)
        self.assertAlmostEqual(usage.daily_km, 40)
        self.assertFalse(usage.excluded)

    def test_recent_use_counts_more(self):
        usage = usage_of(series(1800, 3600, 5400, 7200, 16200), start=START)
        mean = 16200 / 450
        self.assertGreater(usage.daily_km, mean)

    def test_a_digit_too_many_is_left_out(self):
        usage = usage_of(series(3600, 72000, 10800, 14400), start=START)
        self.assertEqual(self._codes(usage), [(72000, "jump")])
        self.assertAlmostEqual(usage.daily_km, 40)

    def test_a_digit_too_many_at_the_end_is_left_out(self):
        usage = usage_of(series(3600, 7200, 108000), start=START)
        self.assertEqual(self._codes(usage), [(108000, "jump")])

    def test_a_plausible_looking_jump_at_the_end_is_left_out(self):
        usage = usage_of(series(3600, 7200, 38000), start=START)
        self.assertEqual(self._codes(usage), [(38000, "jump")])

    def test_a_lost_digit_is_left_out(self):
        usage = usage_of(series(3600, 720, 10800), start=START)
        self.assertEqual(self._codes(usage), [(720, "backwards")])

    def test_a_digit_too_many_at_the_start_is_left_out(self):
        usage = usage_of(series(36000, 7200, 10800), start=START)
        self.assertEqual(self._codes(usage), [(36000, "jump")])

    def test_a_digit_lost_at_the_start_is_left_out(self):
        usage = usage_of(series(360, 7200, 10800), start=START)
        self.assertEqual(self._codes(usage), [(360, "digit")])
        self.assertAlmostEqual(usage.daily_km, 40)

    def test_a_slow_start_is_no_lost_digit(self):
        self.assertFalse(usage_of(series(1500, 7200, 10800), start=START).excluded)

    def test_a_digit_lost_at_the_end_is_left_out(self):
        usage = usage_of(series(3600, 7200, 1080), start=START)
        self.assertEqual(self._codes(usage), [(1080, "backwards")])

    def test_one_reading_turned_back_at_the_end_is_left_out(self):
        usage = usage_of(series(3600, 7200, 10800, 5000), start=START)
        self.assertEqual(self._codes(usage), [(5000, "backwards")])

    def test_a_replaced_meter_is_joined(self):
        usage = usage_of(series(3600, 7200, 10800, 500, 4100, 7700), start=START)
        self.assertFalse(usage.excluded)
        self.assertAlmostEqual(usage.daily_km, 40, delta=2)
        self.assertIn("replaced", [code for code, _figures in usage.reasons])
        self.assertAlmostEqual(usage.points[-1][1] - usage.offset, 7700)

    def test_two_replaced_meters_are_joined(self):
        usage = usage_of(series(3600, 7200, 10800, 100, 3700, 7300, 50, 3650, 7250), start=START)
        self.assertEqual([code for code, _f in usage.reasons].count("replaced"), 2)

    def test_a_single_reading_counts_from_delivery(self):
        usage = usage_of(series(4500), start=START)
        self.assertAlmostEqual(usage.daily_km, 50)
        self.assertEqual(usage.reasons[-1][0], "rate_one")

    def test_a_single_reading_leans_on_the_model(self):
        alone = usage_of(series(9000), start=START).daily_km
        self.assertLess(usage_of(series(9000), start=START, model_daily=40).daily_km, alone)

    def test_it_says_when_others_count_too(self):
        for means, code in (({"model_daily": 40}, "with_model"), ({"dealer_daily": 40}, "with_dealer")):
            codes = [code for code, _figures in usage_of(series(9000), start=START, **means).reasons]
            self.assertEqual(codes, [code, "rate_one"])
        many = usage_of(series(*range(9000, 90000, 9000)), start=START, model_daily=80)
        self.assertEqual([code for code, _figures in many.reasons], ["rate_own"])

    def test_a_single_absurd_reading_is_left_out(self):
        usage = usage_of(series(950000), start=START, model_daily=40)
        self.assertEqual(self._codes(usage), [(950000, "jump")])
        self.assertEqual(usage.daily_km, 40)

    def test_a_car_bought_used_starts_with_its_km(self):
        usage = usage_of(series(83600, 87200, 90800), start=START)
        self.assertFalse(usage.excluded)
        self.assertAlmostEqual(usage.daily_km, 40)

    def test_without_readings_the_model_then_the_dealer_speaks(self):
        self.assertEqual(usage_of([], START, model_daily=31, dealer_daily=44).daily_km, 31)
        usage = usage_of([], START, dealer_daily=44)
        self.assertEqual((usage.daily_km, usage.reasons[-1][0]), (44, "rate_dealer"))

    def test_nothing_known_is_no_zero(self):
        usage = usage_of([])
        self.assertIsNone(usage.daily_km)
        self.assertIsNone(usage.km_at(START))
        self.assertIsNone(usage.day_of(5000))

    def test_impossible_days_are_left_out(self):
        days = [(date(1900, 1, 1), 4000), (date(2027, 1, 1), 9000), (date(2025, 2, 1), 0)]
        readings = [Reading(*pair) for pair in days]
        usage = usage_of(readings, start=START, today=date(2026, 1, 1))
        self.assertEqual([code for _r, code in usage.excluded], ["date", "zero", "date"])

    def test_days_before_delivery_count_as_the_delivery(self):
        for km, days in ((30, 20), (30, 0)):
            readings = [Reading(START - timedelta(days=days), km), Reading(START + timedelta(days=90), 3630)]
            usage = usage_of(readings, start=START)
            self.assertEqual(usage.points, [(START, 30), (START + timedelta(days=90), 3630)])
            self.assertAlmostEqual(usage.daily_km, 40)

    def test_a_reading_long_before_delivery_is_of_another_car(self):
        usage = usage_of([Reading(START - timedelta(days=200), 3000), *series(3600)], start=START)
        self.assertEqual(self._codes(usage), [(3000, "date")])

    def test_an_impossible_delivery_spoils_no_readings(self):
        for start in (date(1900, 1, 1), date(2062, 1, 1)):
            usage = usage_of(series(3600, 7200), start=start, today=date(2026, 1, 1))
            self.assertFalse(usage.excluded)
            self.assertAlmostEqual(usage.daily_km, 40)

    def test_a_car_that_stands_still_is_never_due_by_km(self):
        usage = usage_of(series(100, 100, 100, 100))
        self.assertEqual(usage.daily_km, 0)
        self.assertIsNone(usage.day_of(5000))

    def test_a_customer_rounds_on_the_phone(self):
        readings = series(10050, 10000, 13600)
        self.assertFalse(usage_of(readings, start=START).excluded)

    def test_two_readings_of_one_day(self):
        day = START + timedelta(days=90)
        usage = usage_of([Reading(day, 3600), Reading(day, 3610)], start=START)
        self.assertFalse(usage.excluded)
        self.assertAlmostEqual(usage.daily_km, 40, delta=1)

    def test_of_two_readings_of_one_day_the_likely_one_counts(self):
        day = START + timedelta(days=90)
        usage = usage_of([Reading(day, 36000), Reading(day, 3600)], start=START, model_daily=40)
        self.assertEqual(self._codes(usage), [(36000, "jump")])

    def test_readings_across_a_leap_day(self):
        days = [date(2024, 2, 29), date(2025, 2, 28)]
        usage = usage_of([Reading(days[0], 1200), Reading(days[1], 15800)], start=date(2024, 1, 31))
        self.assertAlmostEqual(usage.daily_km, 40, delta=0.2)

    def test_more_readings_narrow_the_band(self):
        few, many = usage_of(series(3600), start=START), usage_of(series(3600, 7200, 10800), start=START)
        self.assertLess(many.spread, few.spread)

    def test_the_order_of_readings_does_not_matter(self):
        readings = series(3600, 72000, 10800, 14400)
        self.assertEqual(usage_of(readings, START).points, usage_of(readings[::-1], START).points)

    def test_a_hundred_readings_are_quick(self):
        usage = usage_of(series(*range(300, 30300, 300), every=7), start=START)
        self.assertAlmostEqual(usage.daily_km, 300 / 7, delta=0.5)
