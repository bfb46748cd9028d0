"""Time limits: when something is due, what pauses it, who is told; and the mistakes that help desks make."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import NOW
from .common_clock import ClockCase


@tagged("post_install", "-at_install")
class TestFoundationsClock(ClockCase):
    # -- when it is due --------------------------------------------------------

    def test_working_hours_end_at_night_and_go_on_in_the_morning(self):
        self._set_rule(2)
        with freeze_time(self._moment(14, 16, 30)):
            clock = self._clock(self._correct())
        self.assertEqual(clock.due_on, self._moment(15, 9, 30))

    def test_what_is_made_out_of_hours_has_its_whole_time_and_not_the_night(self):
        self._set_rule(2)
        with freeze_time(self._moment(14, 22)):
            clock = self._clock(self._correct())
        self.assertEqual((clock.minutes, clock.due_on), (120, self._moment(15, 10, 30)))

    def test_hours_by_the_wall_run_at_night(self):
        self._set_rule(2, unit="wall")
        with freeze_time(self._moment(14, 22)):
            clock = self._clock(self._correct())
        self.assertEqual(clock.due_on, self._moment(15, 0))

    def test_closing_time_of_the_day(self):
        self._set_rule(0, unit="day")
        self.assertEqual(self._clock(self._correct()).due_on, self._moment(14, 17, 30))
        with freeze_time(self._moment(14, 18)):
            self.assertEqual(self._clock(self._correct()).due_on, self._moment(15, 17, 30))

    def test_a_day_that_is_closed_twice_counts_once(self):
        self._set_rule(9)
        start, stop = self.dealer._dcrc_day_bounds(fields.Date.to_date("2026-10-15"))
        for calendar in (self.dealer.dcrc_opening_id.id, False):
            self.env["resource.calendar.leaves"].create(
                {"calendar_id": calendar, "company_id": self.dealer.id, "date_from": start, "date_to": stop}
            )
        self.assertEqual(self._clock(self._correct()).due_on, self._moment(16, 10, 0))

    def test_a_shorter_clock_hides_no_other(self):
        complaint = self._complain(source="call")
        short, long = self._clock(complaint, "complaint_contact"), self._clock(complaint)
        self.assertEqual(complaint.clock_due_on, short.due_on)
        short._meet()
        complaint.invalidate_recordset()
        self.assertEqual(complaint.clock_due_on, long.due_on)

    # -- what has run stays ------------------------------------------------------

    def test_a_pause_stops_the_clock(self):
        self._set_rule(4)
        clock = self._clock(self._correct())
        with freeze_time(NOW + timedelta(hours=1)):
            clock._pause("customer")
        self.assertEqual((clock.state, clock.used, clock.due_on, clock.next_on), ("paused", 60, False, False))
        with freeze_time(self._moment(15, 8, 30)):
            clock._resume("customer")
        self.assertEqual((clock.state, clock.due_on), ("running", self._moment(15, 11, 30)))

    def test_the_last_reason_that_ends_lets_it_run_on(self):
        clock = self._clock(self._correct())
        clock._pause("customer")
        clock._pause("parts")
        clock._pause("parts")
        clock._resume("customer")
        self.assertEqual(clock.state, "paused")
        clock._resume("parts")
        self.assertEqual((clock.state, len(clock.pause_ids)), ("running", 2))

    def test_another_rule_keeps_what_has_run(self):
        self._set_rule(4)
        clock = self._clock(self._correct())
        with freeze_time(NOW + timedelta(hours=1)):
            self.rule.amount = 2
        self.assertEqual(clock.due_on, NOW + timedelta(hours=2))
        with freeze_time(NOW + timedelta(hours=1)):
            self.rule.unit = "wall"
        self.assertEqual((clock.used, clock.due_on), (60, NOW + timedelta(hours=2)))

    def test_a_changed_level_keeps_the_pause(self):
        complaint = self._complain(source="call")
        clock = self._clock(complaint)
        clock._pause("customer")
        strict = self.rules.filtered(lambda rule: rule.kind == "handing").copy(
            {"level": "3", "unit": "work", "amount": 1, "company_id": self.dealer.id, "template_ref": 0}
        )
        complaint.severity = "3"
        self.assertEqual((clock.rule_id, clock.state, clock.due_on), (strict, "paused", False))
        clock._resume("customer")
        self.assertEqual(clock.due_on, NOW + timedelta(hours=1))

    def test_taken_up_again_it_runs_anew_and_the_old_run_stays(self):
        complaint = self._complain(source="call")
        first = self._clock(complaint)
        complaint.department_id = self.sales
        self.assertEqual((first.state, first.met_on, first.next_on), ("met", NOW, False))
        with freeze_time(NOW + timedelta(hours=1)):
            complaint.department_id = False
        second = self._clock(complaint)
        self.assertEqual((second.run, second.started_on, first.state), (2, NOW + timedelta(hours=1), "met"))

    def test_where_no_rule_counts_nothing_runs(self):
        self.rule.active = False
        self.assertFalse(self._clock(self._correct()))

    def test_what_is_deleted_leaves_no_clock(self):
        complaint = self._complain(source="call")
        clock = self._clock(complaint)
        complaint.unlink()
        self.assertFalse(clock.exists())
