from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..tools.slots import QUARTER, Book, Need, Pool, ceil_quarter, floor_quarter, merge

LANE = Need((Pool("lane", 1),), 60)


def at(hour, minute=0, day=4):
    return datetime(2026, 5, day, hour, minute)


def quarters(start, count):
    return [start + n * QUARTER for n in range(count)]


@tagged("post_install", "-at_install")
class TestAppointmentSlots(BaseCase):
    """The book of the workshop, without a database."""

    def _book(self, *spans, taken=(), step=30):
        """`taken`: (key, quarter, place number)."""
        used = {}
        for key, quarter, number in taken:
            used.setdefault((key, quarter), set()).add(number)
        return Book(spans or [(at(1), at(9))], used, step)

    def _starts(self, book, *needs, **bounds):
        return [slot.start for slot in book.look(needs or (LANE,), **bounds) if slot.picks]

    def test_quarters_are_rounded_to_the_clock(self):
        self.assertEqual(floor_quarter(at(8, 29)), at(8, 15))
        self.assertEqual(ceil_quarter(at(8, 16)), at(8, 30))
        self.assertEqual((floor_quarter(at(8)), ceil_quarter(at(8))), (at(8), at(8)))

    def test_touching_and_empty_hours_become_one(self):
        self.assertEqual(merge([(at(3), at(5)), (at(1), at(3)), (at(7), at(7))]), [(at(1), at(5))])

    def test_slots_follow_the_configured_length(self):
        self.assertEqual(len(list(self._book(step=15).starts())), 32)
        self.assertEqual(len(list(self._book(step=60).starts())), 8)

    def test_the_last_start_leaves_time_for_the_work(self):
        self.assertEqual(self._starts(self._book())[-1], at(8))

    def test_an_opening_off_the_clock_begins_at_the_next_quarter(self):
        self.assertEqual(self._starts(self._book((at(1, 20), at(3))))[0], at(1, 30))

    def test_work_goes_on_after_lunch(self):
        book = self._book((at(1), at(4)), (at(5), at(9)))
        self.assertEqual(book.at(at(3, 30), [LANE]).stop, at(5, 30))
        self.assertIsNone(book.at(at(4, 30), [LANE]))

    def test_work_does_not_go_on_the_next_morning(self):
        book = self._book((at(1), at(9)), (at(1, day=5), at(9, day=5)))
        self.assertIsNone(book.at(at(8, 30), [LANE]))

    def test_work_may_end_after_midnight_where_the_dealer_is_open(self):
        book = self._book((at(20), datetime(2026, 5, 5, 2)))
        self.assertEqual(book.at(at(23, 30), [LANE]).stop, at(0, 30, day=5))

    def test_a_place_taken_in_one_quarter_makes_every_start_over_it_full(self):
        book = self._book(taken=[("lane", at(2), 1)])
        self.assertEqual(self._starts(book)[:3], [at(1), at(2, 30), at(3)])

    def test_the_lowest_free_place_is_taken(self):
        book = self._book(taken=[("lane", at(2), 1), ("lane", at(2), 3)])
        self.assertEqual(book.place("lane", at(2), 4), 2)
        self.assertIsNone(book.place("lane", at(2), 2))

    def test_a_pool_without_places_is_never_free(self):
        self.assertEqual(self._starts(self._book(), Need((Pool("lane", 0),), 30)), [])

    def test_a_need_nobody_can_meet_is_full_not_closed(self):
        slot = self._book().at(at(2), [Need((), 30)])
        self.assertIsNone(slot.picks)

    def test_every_need_has_to_be_met(self):
        adviser = Need((Pool("adviser", 1),), 30)
        book = self._book(taken=[("adviser", quarter, 1) for quarter in quarters(at(1), 4)])
        self.assertEqual(self._starts(book, LANE, adviser)[0], at(2))

    def test_the_adviser_is_only_needed_at_the_start(self):
        adviser = Need((Pool("adviser", 1),), 30)
        book = self._book(taken=[("adviser", at(2), 1)])
        self.assertTrue(book.at(at(1, 30), [LANE, adviser]).picks)

    def test_the_same_bay_serves_the_whole_work(self):
        bays = Need((Pool("a", 1), Pool("b", 1)), 60)
        book = self._book(taken=[("a", at(1), 1), ("b", at(1, 30), 1)])
        self.assertIsNone(book.at(at(1), [bays]).picks)

    def test_work_goes_to_who_has_less_to_do(self):
        bays = Need((Pool("a", 1), Pool("b", 1)), 60)
        book = self._book(taken=[("a", quarter, 1) for quarter in quarters(at(6), 4)])
        self.assertEqual(book.at(at(1), [bays]).picks[0][0], "b")

    def test_a_full_start_that_is_only_kept_says_until_when(self):
        spans = {("lane", quarter): {1} for quarter in quarters(at(2), 4)}
        kept = {place: {1: at(1, 15)} for place in spans}
        book = Book([(at(1), at(9))], spans, kept=kept)
        self.assertEqual(book.kept_until(at(1, 30), [LANE]), at(1, 15))
        self.assertIsNone(book.kept_until(at(5), [LANE]), "is free")
        self.assertIsNone(book.kept_until(at(8, 30), [LANE]), "does not fit in")

    def test_a_start_that_is_booked_too_is_not_only_kept(self):
        spans = {("lane", quarter): {1} for quarter in quarters(at(2), 8)}
        kept = {("lane", quarter): {1: at(1)} for quarter in quarters(at(2), 2)}
        book = Book([(at(1), at(9))], spans, kept=kept)
        self.assertFalse(book.kept_until(at(2), [LANE]))

    def test_what_is_kept_first_of_several_ends_first(self):
        two = Need((Pool("lane", 2),), 60)
        spans = {("lane", quarter): {1, 2} for quarter in quarters(at(2), 4)}
        kept = {place: {1: at(1, 30), 2: at(1)} for place in spans}
        self.assertEqual(Book([(at(1), at(9))], spans, kept=kept).kept_until(at(2), [two]), at(1))

    def test_the_first_day_with_a_free_start(self):
        spans = [(at(1, day=day), at(9, day=day)) for day in (4, 5, 7)]
        taken = {("lane", quarter): {1} for quarter in quarters(at(1), 32)}
        days = [(at(0, day=day), at(0, day=day + 1)) for day in (4, 6, 7, 5)]
        book = Book(spans, taken)
        self.assertEqual(book.first_day([LANE], days), 2)
        self.assertIsNone(book.first_day([LANE], days[:2]))

    def test_two_alternatives_are_the_nearest_and_the_later_comes_first(self):
        book = self._book(taken=[("lane", quarter, 1) for quarter in quarters(at(4), 4)])
        slots = book.nearest([LANE], at(4))
        self.assertEqual([slot.start for slot in slots], [at(5), at(3)])

    def test_alternatives_are_never_over_already(self):
        book = self._book(taken=[("lane", quarter, 1) for quarter in quarters(at(4), 4)])
        slots = book.nearest([LANE], at(4), first=at(4))
        self.assertEqual([slot.start for slot in slots], [at(5), at(5, 30)])

    def test_alternatives_cross_into_the_next_day(self):
        book = self._book((at(8), at(9)), (at(8, day=5), at(9, day=5)), taken=[("lane", at(8), 1)])
        self.assertEqual([slot.start for slot in book.nearest([LANE], at(8))], [at(8, day=5)])

    def test_leap_day_and_the_31st_are_days_like_others(self):
        for day in (datetime(2028, 2, 29), datetime(2026, 12, 31)):
            opened = day + timedelta(hours=22)
            book = Book([(opened, opened + timedelta(hours=4))], {})
            self.assertEqual(len(book.look([LANE])), 7)
            self.assertEqual(book.look([LANE])[-1].stop, opened + timedelta(hours=4))

    def test_summer_time_changes_no_length(self):
        """The night in which Berlin's clocks go from 2:00 to 3:00."""
        zone, utc = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
        local = [datetime(2026, 3, 29, hour, tzinfo=zone) for hour in (0, 6)]
        start, stop = (moment.astimezone(utc).replace(tzinfo=None) for moment in local)
        slots = Book([(start, stop)], {}, step=60).look([LANE])
        self.assertEqual(len(slots), 5)
        self.assertTrue(all(slot.stop - slot.start == timedelta(hours=1) for slot in slots))

    def test_a_month_is_looked_through_in_no_time(self):
        spans = [(at(0) + timedelta(days=n), at(9) + timedelta(days=n)) for n in range(31)]
        taken = {("lane", quarter): {1} for opened, closed in spans for quarter in quarters(opened, 36)}
        self.assertEqual(Book(spans, taken).nearest([LANE], at(4)), [])
