from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW
from .common_hotline import HotlineCase


@tagged("post_install", "-at_install")
class TestHotlineRecord(HotlineCase):
    """One record of a call, from the first word to its answer (HOT-1, HOT-3)."""

    def test_a_record_has_a_number_and_the_dealers_hour(self):
        record = self._record()
        self.assertRegex(record.name, r"^H26-\d+")
        self.assertEqual((record.hour, record.user_id, record.state), ("10", self.specialist, "open"))

    def test_what_is_answered_at_once_says_so(self):
        record = self._record()
        record.action_answered()
        self.assertRecordValues(record, [{"state": "done", "answer_kind": "at_once", "closed_by": self.specialist.id}])
        self.assertFalse(record.called_on)

    def test_a_record_without_a_word_is_not_answered(self):
        with self.assertRaises(UserError):
            self._record(text=" ").action_answered()

    def test_nothing_changes_in_a_record_that_is_done(self):
        record = self._record()
        record.action_answered()
        with self.assertRaises(UserError):
            record.text = "另一件事"

    def test_a_record_opened_again_begins_anew(self):
        record = self._record()
        record.action_answered()
        record.action_reopen()
        self.assertRecordValues(record, [{"state": "open", "answer_kind": False, "closed_on": False}])

    def test_no_client_writes_what_the_steps_note(self):
        record = self._record()
        for vals in ({"state": "done"}, {"called_on": NOW}, {"missed": True}, {"callback_result": "in_time"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                record.write(vals)

    def test_a_caller_may_be_unknown(self):
        record = self._record(partner_id=False, vehicle_id=False, number="139 8675 3090", caller="李先生")
        self.assertEqual((record.number, record.who), ("+8613986753090", "李先生"))
        record.caller = False
        self.assertEqual(record.who, "139****3090")

    def test_a_screen_left_without_a_word_leaves_no_record(self):
        empty = self._as(self.specialist, "dcrc.hotline").create({})
        written = self._record(text="想问价格")
        (empty | written).leave_record()
        self.assertEqual((empty | written).exists(), written)

    # -- handed to a department -----------------------------------------------------

    def test_choosing_the_department_hands_over_and_starts_the_limit(self):
        record = self._record()
        record.department_id = self.service
        self.assertEqual((record.state, record.promised_on), ("handed", NOW))
        clock = self._clock(record)
        self.assertEqual((clock.kind, clock.due_on), ("hotline_call", fields.Datetime.add(NOW, minutes=30)))

    def test_the_department_answers_with_a_masked_number(self):
        record = self._record(number="13800138000", department_id=self.service.id)
        mine = self._as(self.workshop, record)
        self.assertEqual(mine.phone_masked, "138****8000")
        with self.assertRaises(AccessError):
            mine.read(["number"])
        mine.answer = "已告知下午三点可修"
        mine.action_answered()
        self.assertRecordValues(record, [{"state": "done", "answer_kind": "called_back", "callback_result": "in_time"}])
        self.assertEqual(self._clock(record).state, "met")

    def test_a_department_writes_its_answer_alone(self):
        mine = self._as(self.workshop, self._record(department_id=self.service.id))
        with self.assertRaises(AccessError):
            mine.text = "没有的事"
        with self.assertRaises(AccessError):
            mine.action_call_back()

    def test_a_department_sees_nothing_that_was_not_handed_to_it(self):
        record = self._record(department_id=self.sales.id)
        self.assertFalse(self._as(self.workshop, "dcrc.hotline").search([("id", "=", record.id)]))

    def test_what_is_answered_after_the_limit_is_late(self):
        record = self._record(department_id=self.service.id)
        with freeze_time(fields.Datetime.add(NOW, minutes=31)):
            self.assertTrue(record.clock_late)
            record.action_answered()
        self.assertEqual(record.callback_result, "late")

    def test_the_ladder_warns_and_then_tells_the_department_and_the_managers(self):
        record = self._record(department_id=self.service.id)
        told = []
        for minutes in (21, 31, 32, 63):
            with freeze_time(fields.Datetime.add(NOW, minutes=minutes)):
                self.env["dcrc.clock"]._climb_batch(self.dealer)
            told.append(self._clock(record).climb_ids.user_id)
        self.assertEqual(told[:2], [self.specialist, self.specialist | self.workshop])
        self.assertNotIn(self.manager, told[2])
        self.assertIn(self.manager, told[3])

    def test_a_matter_passed_on_keeps_its_first_promise(self):
        record = self._record(department_id=self.service.id)
        with freeze_time(fields.Datetime.add(NOW, minutes=20)):
            record.department_id = self.sales
        self.assertEqual(record.promised_on, NOW)
        self.assertEqual(len(self._clock(record)), 1)

    def test_the_number_that_is_revealed_is_logged(self):
        record = self._record(number="13986753090", department_id=self.service.id)
        self._as(self.workshop, record)._dcrc_reveal("call")
        log = self.env["dcrc.reveal"].search([("res_model", "=", "dcrc.hotline"), ("res_id", "=", record.id)])
        self.assertEqual((log.user_id, log.what), (self.workshop, "139****3090"))
