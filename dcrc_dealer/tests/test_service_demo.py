"""The habits that the demo's cars are driven by: plausible, and the same for the same day and seed."""

import random
from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..demo import habits, story

DAY = date(2025, 1, 10)
NOW = datetime(2026, 10, 14, 10, 0)


@tagged("post_install", "-at_install")
class TestServiceDemo(BaseCase):
    def _car(self, daily, rhythm="plan"):
        driving = habits.Driving(random.Random(3), DAY, NOW.date(), daily)
        return {"driving": driving, "rhythm": (rhythm, 150), "delivered": DAY}

    def _days(self, daily, rhythm="plan"):
        """Days until the next periodic service, in the middle of many."""
        car, rng = self._car(daily, rhythm), random.Random(5)
        days = [(habits.next_coming(rng, car, DAY, 10000, 182) - DAY).days for _n in range(101)]
        return sorted(days)[50]

    def test_the_meter_never_runs_back(self):
        car = self._car(38)
        km = [car["driving"].km(DAY + timedelta(days=n)) for n in range(600)]
        self.assertEqual(km, sorted(km))

    def test_the_day_of_a_km_is_the_day_that_shows_it(self):
        driving = self._car(38)["driving"]
        self.assertAlmostEqual(driving.km(driving.day_of(10000)), 10000, delta=60)

    def test_no_month_is_driven_like_the_other(self):
        driving = self._car(38)["driving"]
        months = {
            round(driving.km(DAY + timedelta(days=30 * n + 30)) - driving.km(DAY + timedelta(days=30 * n)))
            for n in range(12)
        }
        self.assertEqual(len(months), 12)

    def test_who_drives_much_comes_by_km(self):
        self.assertTrue(85 < self._days(100) < 130)

    def test_who_drives_little_comes_by_months(self):
        self.assertTrue(180 < self._days(20) < 200)

    def test_some_mind_the_km_only_and_some_their_own_rhythm(self):
        self.assertGreater(self._days(20, "km"), 230)
        self.assertTrue(145 < self._days(20, "own") < 165)

    def test_some_are_always_late(self):
        self.assertGreater(self._days(20, "late"), self._days(20) + 20)

    def test_customers_from_far_away_leave_more_often(self):
        rng = random.Random(1)
        left = {far: sum(bool(habits.leaving(rng, "SC7155", far, 700)) for _n in range(400)) for far in (0, 1)}
        self.assertGreater(left[1], 1.5 * left[0])
        self.assertGreater(left[0], 0)

    def test_nobody_leaves_before_two_months(self):
        rng = random.Random(1)
        left = [found["after"] for _n in range(300) if (found := habits.leaving(rng, "SC7155", True, 90))]
        self.assertGreaterEqual(min(left), 60)

    def test_same_day_and_seed_make_the_same_story(self):
        facts = [self._facts(story.Story(7, NOW, 30, "A")) for _n in range(2)]
        self.assertEqual(*facts)
        self.assertNotEqual(facts[0], self._facts(story.Story(8, NOW, 30, "A")))

    def _facts(self, plot):
        return [
            (customer["name"], car["vin"], car["plate"], [(v["date_in"], v["mileage"]) for v in car["visits"]])
            for customer, car in plot.all_cars()
        ]
