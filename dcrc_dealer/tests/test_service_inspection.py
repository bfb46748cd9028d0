"""Annual inspection, licence, birthdays by two calendars (REM-3, REM-4)."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.inspection import Span, kind_at, licence_window, next_inspection
from ..tools.lunar import days_with_keys, festival_days, key_of, keys_on

NOW = [Span(24, 120, 24, "mark"), Span(72, 72, 12, "test"), Span(120, None, 12, "test")]
OLD = [Span(24, 72, 24, "test"), Span(84, 180, 12, "test"), Span(186, None, 6, "test")]
COMMERCIAL = [Span(12, 60, 12, "test"), Span(66, None, 6, "test")]
TODAY = date(2026, 10, 14)


@tagged("post_install", "-at_install")
class TestServiceInspection(BaseCase):
    def _years(self, spans, until=16):
        return {m / 12: kind_at(spans, m) for m in range(1, until * 12 + 1) if kind_at(spans, m)}

    def test_private_car_since_2022(self):
        """On site in the 6th and 10th year, the mark every two years, yearly after ten."""
        self.assertEqual(
            self._years(NOW, 13),
            {2: "mark", 4: "mark", 6: "test", 8: "mark", 10: "test", 11: "test", 12: "test", 13: "test"},
        )

    def test_vans_keep_the_older_schedule(self):
        years = list(self._years(OLD, 17))
        self.assertEqual(years, [2, 4, 6, *range(7, 16), 15.5, 16, 16.5, 17])

    def test_commercial_cars(self):
        self.assertEqual(list(self._years(COMMERCIAL, 6)), [1, 2, 3, 4, 5, 5.5, 6])

    def test_valid_to_the_end_of_the_month(self):
        due = next_inspection(date(2024, 10, 2), NOW, TODAY)
        self.assertEqual((due.date, due.kind, due.months), (date(2026, 10, 31), "mark", 24))

    def test_the_window_opens_three_months_before(self):
        due = next_inspection(date(2025, 2, 10), NOW, TODAY)
        self.assertEqual((due.window_start, due.date), (date(2026, 12, 1), date(2027, 2, 28)))

    def test_on_the_last_day_it_is_still_due(self):
        self.assertEqual(next_inspection(date(2020, 10, 1), NOW, date(2026, 10, 31)).months, 72)
        self.assertEqual(next_inspection(date(2020, 10, 1), NOW, date(2026, 11, 1)).months, 96)

    def test_registered_on_a_leap_day_or_the_31st(self):
        self.assertEqual(next_inspection(date(2024, 2, 29), NOW, date(2026, 1, 1)).date, date(2026, 2, 28))
        self.assertEqual(next_inspection(date(2022, 12, 31), NOW, TODAY).date, date(2026, 12, 31))

    def test_a_car_of_more_than_ten_years_every_year(self):
        self.assertEqual(next_inspection(date(2012, 11, 5), NOW, TODAY).date, date(2026, 11, 30))

    def test_a_date_of_the_year_1900_gives_nothing(self):
        self.assertIsNone(next_inspection(date(1900, 1, 1), NOW, TODAY))
        self.assertIsNone(next_inspection(date(2031, 1, 1), NOW, TODAY))

    def test_no_rules_no_date(self):
        self.assertIsNone(next_inspection(date(2020, 1, 1), [], TODAY))

    def test_licence_ninety_days_before(self):
        self.assertEqual(licence_window(date(2027, 1, 14)), date(2026, 10, 16))

    def test_lunar_birthday_moves_with_the_moon(self):
        key = key_of(date(1990, 2, 3), lunar=True)
        days = [day for day, k in days_with_keys(date(2026, 1, 1), date(2027, 12, 31)) if k == key]
        self.assertEqual(days, [date(2026, 2, 24), date(2027, 2, 13)])

    def test_born_in_a_leap_month_celebrates_in_the_ordinary_one(self):
        leap = key_of(date(2023, 4, 1), lunar=True)  # 11th day of the leap second month
        self.assertEqual(leap, 10211)
        days = [day for day, key in days_with_keys(date(2023, 1, 1), date(2023, 12, 31)) if key == leap]
        self.assertEqual(days, [date(2023, 3, 2)])

    def test_born_on_the_29th_of_february(self):
        self.assertIn(229, keys_on(date(2026, 2, 28)))
        self.assertNotIn(229, keys_on(date(2028, 2, 28)))
        self.assertIn(229, keys_on(date(2028, 2, 29)))

    def test_everybody_has_one_birthday_a_year(self):
        keys = [key for _day, key in days_with_keys(date(2026, 2, 17), date(2027, 2, 5))]
        self.assertEqual(sum(key == 10101 for key in keys), 1)
        self.assertTrue(all(keys.count(10000 + m * 100 + 30) == 1 for m in range(1, 13)))

    def test_outside_the_moons_tables(self):
        self.assertIsNone(key_of(date(1890, 1, 1), lunar=True))
        self.assertEqual(keys_on(date(2150, 1, 1)), {101})

    def test_festivals_of_both_calendars(self):
        year = date(2026, 1, 1), date(2026, 12, 31)
        self.assertEqual(festival_days(10, 1, False, *year), [date(2026, 10, 1)])
        self.assertEqual(festival_days(5, 5, True, *year), [date(2026, 6, 19)])
