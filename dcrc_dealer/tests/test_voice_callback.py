"""The callback is a follow-up of the one queue (CMP-2): planned, called, answered through the link, called off."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import NOW, TODAY
from .common_voice import ComplaintCase


class TestComplaintCallback(ComplaintCase):
    def _settled(self, **vals):
        complaint = self._complain(**vals)
        self._settle(complaint)
        return complaint

    def test_it_is_in_the_queue_at_once_with_its_questionnaire(self):
        callback = self._settled().callback_id
        self.assertRecordValues(
            callback, [{"state": "open", "date_start": TODAY, "date_due": self._day(3), "partner_id": self.customer.id}]
        )
        self.assertTrue(callback.contact_id)
        self.assertEqual([question["code"] for question in callback._get_questions()], ["A", "Z"])

    def test_planning_again_makes_no_second_one(self):
        complaint = self._settled()
        self._plan()
        found = self.Followup.search(
            [("source_model", "=", "dcrc.complaint.round"), ("source_id", "=", complaint.round_id.id)]
        )
        self.assertEqual(found, complaint.callback_id)

    def test_a_rule_that_was_off_catches_up_by_night(self):
        rule = self.Rule.search([("trigger", "=", "complaint_callback"), ("company_id", "=", self.dealer.id)])
        rule.active = False
        complaint = self._settled()
        self.assertFalse(complaint.callback_id)
        rule.active = True
        self._plan()
        self.assertEqual(complaint.callback_id.state, "open")

    def test_each_complaint_is_asked_about_by_itself(self):
        first, second = self._settled(), self._settled()
        self.assertEqual(first.callback_id.contact_id, second.callback_id.contact_id)
        followup = first.callback_id.with_env(self.env)
        answers = self._answers(followup, 5) | self._answers(second.callback_id.with_env(self.env), 2)
        self._finish(followup, "answered", answers=answers)
        self.assertEqual((first.state, second.state), ("closed", "investigate"))

    def test_one_left_unasked_stays_open(self):
        first, second = self._settled(), self._settled()
        followup = first.callback_id.with_env(self.env)
        self._finish(followup, "answered", answers=self._answers(followup, 5))
        self.assertEqual((first.state, second.state), ("closed", "callback"))

    def test_a_dissatisfied_callback_needs_no_second_complaint(self):
        complaint = self._settled()
        self._call_back(complaint, 1)
        self.assertEqual(self.env["dcrc.complaint"].search_count([("partner_id", "=", self.customer.id)]), 1)

    def test_what_is_complained_of_in_it_stands_in_its_round(self):
        complaint = self._settled()
        followup = complaint.callback_id.with_env(self.env)
        said = {"followup_id": followup.id, "text": "还是响"}
        result = self._finish(followup, "answered", answers=self._answers(followup, 2), complaints=[said])
        self.assertEqual(result["complaints"], complaint.ids)
        self.assertIn("还是响", complaint.round_ids[0].customer_words)

    def test_an_answer_through_the_link_decides_as_well(self):
        complaint = self._settled()
        callback = complaint.callback_id.sudo()
        self._finish(complaint.callback_id.with_env(self.env), "refused")
        sheet = self.env["survey.user_input"]._dcrc_open(callback)
        question = callback.rule_id._get_survey().question_ids[0]
        good = question.suggested_answer_ids.filtered(lambda answer: answer.dcrc_level == 5)
        sheet._save_lines(question, str(good.id))
        sheet.with_user(self.env.ref("base.public_user")).sudo()._mark_done()
        self.assertEqual((complaint.state, complaint.closing), ("closed", "answer"))

    def test_a_callback_that_came_to_nothing_is_asked_for_anew(self):
        complaint = self._settled()
        with self.assertRaises(UserError):
            self._as(self.specialist, complaint).action_call_again()
        first = complaint.callback_id
        self._finish(first.with_env(self.env), "refused")
        with freeze_time(NOW + timedelta(days=1)):
            self._as(self.specialist, complaint).action_call_again()
            complaint.invalidate_recordset()
            self.assertNotEqual(complaint.callback_id, first)
            self.assertEqual(complaint.callback_id.state, "open")

    def test_a_customer_who_wants_no_call_is_not_called_and_the_case_says_so(self):
        complaint = self._complain()
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        self.env["dcrc.do.not.contact"].create({"partner_id": self.customer.id, "reason_id": reason.id})
        self._settle(complaint)
        self.assertEqual((complaint.callback_id.state, complaint.state), ("blocked", "callback"))
        self.assertIn(complaint, self.env["dcrc.complaint"].search([("listed", "in", ["no_callback"])]))

    def test_a_customer_merged_while_it_is_open_is_called_under_the_new_file(self):
        complaint = self._settled()
        other = self._create_customer("王芳芳")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, other, extra_checks=False)
        complaint.invalidate_recordset()
        self.assertEqual((complaint.partner_id, complaint.callback_id.partner_id), (other, other))
        self._call_back(complaint, 5)
        self.assertEqual(complaint.state, "closed")
