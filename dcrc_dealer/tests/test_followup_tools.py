import doctest
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..tools import placeholders, schedule, void
from ..tools.schedule import Slot, next_attempt, next_window, slot_at

MORNING, AFTERNOON, EVENING = DAY = [Slot(1, 9, 12), Slot(2, 14, 17.5), Slot(3, 17.5, 20.5)]


def at(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute)


@tagged("post_install", "-at_install")
class TestFollowupTools(BaseCase):
    """Engines without a database: calling hours, placeholders, void orders."""

    def test_the_manuals_examples_are_true(self):
        for module in (placeholders, schedule, void):
            self.assertFalse(doctest.testmod(module).failed)

    def test_a_slot_ends_where_the_next_begins(self):
        self.assertEqual(slot_at(at(14, 17, 29), DAY), AFTERNOON)
        self.assertEqual(slot_at(at(14, 17, 30), DAY), EVENING)
        self.assertIsNone(slot_at(at(14, 20, 30), DAY))

    def test_rest_ends_with_the_next_slot(self):
        self.assertEqual(next_window(at(14, 13), DAY), at(14, 14))
        self.assertEqual(next_window(at(14, 23), DAY), at(15, 9))
        self.assertIsNone(next_window(at(14, 13), []))

    def test_attempts_go_through_all_slots(self):
        last = date(2026, 10, 16)
        self.assertEqual(next_attempt(at(14, 10), DAY, {1}, last), at(14, 14))
        self.assertEqual(next_attempt(at(14, 15), DAY, {1, 2}, last), at(14, 17, 30))
        self.assertEqual(next_attempt(at(14, 18), DAY, {3}, last), at(15, 9))

    def test_with_all_slots_used_any_other_one_will_do(self):
        last = date(2026, 10, 16)
        self.assertEqual(next_attempt(at(14, 18), DAY, {1, 2, 3}, last), at(15, 9))
        self.assertEqual(next_attempt(at(14, 10), [MORNING], {1}, last), at(15, 9))

    def test_after_the_last_day_there_is_no_attempt(self):
        self.assertIsNone(next_attempt(at(16, 21), DAY, {1}, date(2026, 10, 16)))

    def test_without_distinct_slots_the_same_one_is_good_enough(self):
        last = date(2026, 10, 16)
        self.assertEqual(next_attempt(at(14, 10), DAY, {1}, last, distinct=False), at(14, 10))
