from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_hotline import HotlineCase


@tagged("post_install", "-at_install")
class TestHotlineCallback(HotlineCase):
    """A promised call is a follow-up of the one queue, with its limit (HOT-3)."""

    def _promise(self, record=None, **vals):
        record = record or self._record(**vals)
        record.action_call_back()
        return record

    def _followup(self, record):
        return self.env["dcrc.followup"].search(
            [("source_model", "=", "dcrc.hotline"), ("source_id", "=", record.id)], order="id desc", limit=1
        )

    def _call(self, record, code):
        """A specialist opens the contact and closes the call with an outcome."""
        console = self._as(self.specialist, "dcrc.console")
        contact = self._followup(record).contact_id
        call = console.open_contact(contact.id)["call_id"]
        outcome = self.env["dcrc.call.outcome"].search([("code", "=", code)], limit=1)
        return console.finish_call(call, {"outcome_id": outcome.id}, want_next=False)

    def test_the_call_stands_in_the_queue_at_once_and_first(self):
        record = self._promise()
        contact = self._followup(record).contact_id
        self.assertEqual((record.state, contact.state, contact.is_callback), ("callback", "open", True))
        self.assertEqual(self._as(self.specialist, "dcrc.contact")._claim_next(), contact)

    def test_a_caller_who_wants_no_calls_is_called_as_asked(self):
        reason = self.env["dcrc.reason"].search([("code", "=", "dnc_asked")])
        self.env["dcrc.do.not.contact"].create(
            {"partner_id": self.customer.id, "channel": "all", "purpose": "all", "reason_id": reason.id, "date": TODAY}
        )
        self.assertEqual(self._followup(self._promise()).state, "open")

    def test_a_named_time_is_kept_and_its_limit_waits_for_it(self):
        moment = NOW + timedelta(hours=3)
        record = self._promise(callback_at=moment)
        self.assertEqual(self._followup(record).contact_id.call_after, moment)
        self.assertEqual(self._clock(record).state, "paused")
        with freeze_time(moment + timedelta(minutes=1)):
            self.env["dcrc.clock"]._climb_batch(self.dealer)
            self.assertEqual(self._clock(record).state, "running")

    def test_a_named_day_comes_with_its_planning(self):
        tomorrow = NOW + timedelta(days=1)
        record = self._promise(callback_at=tomorrow)
        self.assertEqual(self._followup(record).state, "planned")
        with freeze_time(tomorrow - timedelta(hours=6)):
            self.env["dcrc.followup.rule"]._plan(self.dealer)
        contact = self._followup(record).contact_id
        self.assertEqual((contact.is_callback, contact.call_after), (True, tomorrow))

    def test_a_time_that_is_over_is_refused(self):
        with self.assertRaises(UserError):
            self._promise(callback_at=NOW - timedelta(minutes=1))

    def test_nobody_is_called_back_who_is_unknown(self):
        with self.assertRaises(UserError):
            self._promise(partner_id=False, vehicle_id=False, number="13986753090")

    def test_the_call_that_reached_the_customer_settles_the_record(self):
        record = self._promise()
        self._call(record, "answered")
        self.assertRecordValues(record, [{"state": "done", "answer_kind": "called_back", "callback_result": "in_time"}])

    def test_an_attempt_in_vain_keeps_the_promise_and_the_queue_goes_on(self):
        record = self._promise()
        self._call(record, "no_answer")
        self.assertRecordValues(record, [{"state": "callback", "called_on": NOW, "callback_result": "in_time"}])
        contact = self._followup(record).contact_id
        self.assertEqual((contact.state, contact.is_callback), ("open", False))
        self.env["dcrc.followup.planner"]._refresh(self.customer)
        self.assertFalse(contact.is_callback, "the next attempt is one of the usual ones")

    def test_a_call_nobody_made_opens_the_record_again(self):
        record = self._promise()
        with freeze_time(NOW + timedelta(days=4)):
            self.env["dcrc.followup.rule"]._plan(self.dealer)
        self.assertEqual((self._followup(record).state, record.state), ("missed", "open"))
        self.assertEqual(self._clock(record).state, "running", "somebody still owes the call")

    def test_what_is_answered_otherwise_leaves_the_queue(self):
        record = self._promise()
        record.action_answered()
        self.assertEqual(self._followup(record).state, "cancelled")
        self.assertEqual(self._followup(record).cancel_reason_id.code, "hotline_done")

    def test_handing_over_takes_the_call_out_of_the_queue(self):
        record = self._promise()
        record.department_id = self.service
        self.assertEqual((record.state, self._followup(record).state), ("handed", "cancelled"))

    def test_a_second_promise_is_a_second_call(self):
        record = self._promise()
        record.action_answered()
        record.action_reopen()
        self._promise(record)
        self.assertEqual((record.callback_no, self._followup(record).occurrence), (2, "2"))
        self.assertEqual(self._followup(record).state, "open")

    def test_without_a_rule_the_promise_is_refused_in_words(self):
        rules = self.env["dcrc.followup.rule"].search(
            [("company_id", "=", self.dealer.id), ("trigger", "=", "hotline_callback")]
        )
        rules.active = False
        with self.assertRaises(UserError):
            self._promise()

    def test_the_calls_of_the_hotline_are_no_part_of_the_success_rate(self):
        triggers = self.env["dcrc.followup"]._get_success_triggers()
        self.assertNotIn("hotline_callback", triggers)

    def test_a_promise_of_the_night_is_due_in_the_morning(self):
        night = fields.Datetime.to_datetime("2026-10-14 14:00:00")
        with freeze_time(night):
            record = self._record()
            record.department_id = self.service
        self.assertGreater(self._clock(record).due_on, night + timedelta(hours=8))
