from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestFollowupCall(FollowupCase):
    """Handbook FUP-4 … FUP-7: attempts, outcomes, answers, dissatisfaction."""

    def _at(self, day, hour):
        """Freeze the dealer's clock at an hour of a day counted from today."""
        return freeze_time(NOW + timedelta(days=day, hours=hour - 10))

    def test_a_satisfied_call_closes_everything(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first))
        self.assertRecordValues(first, [{"state": "done", "effective": True, "dissatisfied": False}])
        self.assertEqual(first.contact_id.state, "done")
        self.assertEqual(first.contact_id.done_day, TODAY)

    def test_answers_stand_in_the_surveys_own_tables(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first, 4, B="很满意"))
        lines = first.user_input_id.user_input_line_ids
        self.assertEqual(len(lines.filtered("suggested_answer_id")), 8)
        self.assertEqual(lines.filtered("value_char_box").value_char_box, "很满意")
        self.assertEqual(first.user_input_id.state, "done")
        self.assertEqual(first.user_input_id.dcrc_company_id, self.dealer)

    def test_keys_of_answers_may_be_texts_as_json_makes_them(self):
        first = self._open_first()
        given = {str(k): {str(q): a for q, a in v.items()} for k, v in self._answers(first).items()}
        self._finish(first, "answered", answers=given)
        self.assertTrue(first.effective)

    def test_dissatisfaction_without_a_complaint_does_not_close(self):
        first = self._open_first()
        with self.assertRaisesRegex(UserError, "complaint"):
            self._finish(first, "answered", answers=self._answers(first, 2))
        self.assertEqual(first.state, "open")

    def test_dissatisfaction_with_a_complaint_closes(self):
        first = self._open_first()
        complaint = {"followup_id": first.id, "text": "异响", "department_id": self.service.id}
        self._finish(first, "answered", answers=self._answers(first, 1), complaints=[complaint])
        self.assertRecordValues(first, [{"state": "done", "effective": True, "dissatisfied": True}])
        self.assertTrue(first._has_complaint())

    def test_answers_with_an_outcome_that_says_there_are_none_are_refused(self):
        first = self._open_first()
        for code in ("refused", "no_answer", "transferred"):
            with self.assertRaisesRegex(UserError, "Answers are noted"):
                self._finish(first, code, answers=self._answers(first))
        self.assertFalse(first.user_input_id.user_input_line_ids)

    def test_who_asks_to_be_called_again_goes_on_where_the_talk_stopped(self):
        first = self._open_first()
        answers = self._answers(first)
        self._finish(first, "later", answers=answers, callback_at=NOW + timedelta(minutes=30))
        self.assertEqual(
            (first.state, first.effective, first.user_input_id.user_input_line_ids.ids), ("open", False, [])
        )
        with self._at(0, 11):
            draft = self._start(first).draft
            self.assertEqual(draft["answers"], {str(first.id): {str(q): a for q, a in answers[first.id].items()}})
            self._finish(first, "answered", answers=draft["answers"])
        self.assertTrue(first.effective)

    def test_an_answered_call_without_answers_is_refused(self):
        first = self._open_first()
        with self.assertRaisesRegex(UserError, "No question is answered"):
            self._finish(first, "answered")

    def test_only_reasons_with_an_opinion_are_effective(self):
        car = self._create_car(self._create_customer())
        first = self._create_delivery(car, date=self._day(-2)) and self._open_third(car)
        others = first.contact_id.followup_ids - first
        self._finish(first, "answered", answers=self._answers(first))
        self.assertEqual((first.effective, others.effective), (True, False))
        self.assertEqual(others.state, "done")

    def test_without_a_questionnaire_reaching_somebody_is_enough(self):
        self._create_delivery(date=self._day(-21))
        self._plan()
        second = self._of("second")
        self._finish(second, "answered")
        self.assertTrue(second.effective)

    def test_three_attempts_in_three_slots_then_a_text_message_and_a_failure(self):
        first = self._open_first()
        self._finish(first, "no_answer")
        with self._at(0, 14):
            self._finish(first, "busy")
        with self._at(0, 18):
            self._finish(first, "off")
        self.assertRecordValues(
            first,
            [
                {
                    "state": "failed",
                    "effective": False,
                    "sms_state": "queued",
                    "outcome_id": self._get_outcome("off").id,
                    "base_state": "in",
                }
            ],
        )
        self.assertEqual(first.contact_id.state, "failed")
        self.assertEqual(len(first.call_ids.slot_id), 3)

    def test_the_next_attempt_waits_for_another_slot(self):
        first = self._open_first()
        self._finish(first, "no_answer")
        self.assertEqual(first.contact_id.call_after, NOW + timedelta(hours=4))
        with self._at(0, 11), self.assertRaisesRegex(UserError, "14:00"):
            self._start(first)

    def test_after_three_days_the_attempts_are_over(self):
        first = self._open_first()
        self.rules.expiry_days = 30
        self._finish(first, "no_answer")
        with self._at(2, 10):
            self._plan()
        self.assertEqual(first.state, "open")
        with self._at(3, 1):
            self._plan()
        self.assertEqual(first.state, "missed")

    def test_nobody_is_called_in_rest_hours(self):
        first = self._open_first()
        with self._at(0, 13), self.assertRaisesRegex(UserError, "14:00"):
            self._start(first)

    def test_a_customer_who_asks_for_it_is_called_at_that_time(self):
        first = self._open_first()
        with self._at(0, 10):
            self._finish(first, "later", callback_at=NOW + timedelta(hours=3))
        self.assertTrue(first.contact_id.is_callback)
        with self._at(0, 13):
            self.assertTrue(self._start(first))

    def test_call_later_needs_a_time_to_come(self):
        first = self._open_first()
        for moment in (False, NOW - timedelta(hours=1)):
            with self.assertRaisesRegex(UserError, "Choose a time"):
                self._finish(first, "later", callback_at=moment)

    def test_a_call_back_beyond_the_expiry_is_waited_for(self):
        first = self._open_first()
        self._finish(first, "later", callback_at=NOW + timedelta(days=20))
        with self._at(10, 1):
            self._plan()
        self.assertEqual(first.state, "open")

    def test_an_empty_number_leaves_the_queue_and_opens_a_correction(self):
        first = self._open_first()
        self._finish(first, "empty")
        self.assertRecordValues(first, [{"state": "blocked", "block_reason": "wrong_number", "base_state": "pending"}])
        self.assertEqual(first.partner_id.dcrc_phone_ids.state, "empty")
        self.assertEqual(first.call_ids.contact_id.state, "failed")

    def test_with_a_second_number_the_contact_goes_on(self):
        customer = self._create_customer()
        spare = self.env["dcrc.phone"].create({"partner_id": customer.id, "number": "13911112222"})
        first = self._open_first(car=self._create_car(customer))
        self._finish(first, "wrong")
        self.assertEqual(first.state, "open")
        self.assertEqual(customer._dcrc_best_phone(), spare)

    def test_a_new_number_brings_the_customer_back(self):
        first = self._open_first()
        self._finish(first, "wrong")
        self.env["dcrc.phone"].create({"partner_id": first.partner_id.id, "number": "13911112222"})
        self.assertRecordValues(first, [{"state": "open", "base_state": "in", "block_reason": False}])
        self.assertEqual(first.contact_id.state, "open")

    def test_a_verified_wrong_number_leaves_the_base(self):
        first = self._open_first()
        self._finish(first, "wrong")
        first._dcrc_correction_closed(True, self.specialist, self.manager)
        self.assertEqual((first.base_state, first.state), ("out", "cancelled"))
        self.assertEqual((first.exit_found_by, first.exit_confirmed_by), (self.specialist, self.manager))

    def test_a_number_that_was_right_after_all_counts_again(self):
        first = self._open_first()
        self._finish(first, "wrong")
        first.partner_id.dcrc_phone_ids.with_context(dcrc_no_refresh=True).state = "ok"
        first._dcrc_correction_closed(False, self.specialist, self.manager)
        self.assertEqual((first.base_state, first.state), ("in", "open"))

    def test_a_sold_car_leaves_the_base_once_verified(self):
        first = self._open_first()
        self._finish(first, "transferred")
        self.assertRecordValues(first, [{"block_reason": "sold", "base_state": "pending"}])
        self._plan()
        self.assertEqual(first.base_state, "pending")
        first._dcrc_correction_closed(True, self.specialist, self.manager)
        self.assertEqual(first.base_state, "out")

    def test_a_sold_car_leaves_the_customers_other_car_in_the_queue(self):
        customer = self._create_customer()
        first = self._open_first(car=self._create_car(customer))
        third = self._open_third(self._create_car(customer))
        self._finish(third, "transferred", corrections=[{"item": "owner", "vehicle_id": third.vehicle_id.id}])
        self.assertEqual((third.state, first.state), ("blocked", "open"))
        self.assertEqual(first.contact_id.state, "open")

    def test_a_refusal_ends_the_contact_and_asks_for_a_link(self):
        first = self._open_first()
        self._finish(first, "refused")
        self.assertRecordValues(first, [{"state": "done", "effective": False, "link_state": "due"}])

    def test_a_wish_noted_in_the_call_holds_for_other_reasons_at_once(self):
        first = self._open_first()
        self._create_delivery(first.vehicle_id, date=TODAY)
        self._plan()
        self._finish(first, "refused", do_not_contact={"channel": "phone", "purpose": "all"})
        others = self.Followup.search([("partner_id", "=", first.partner_id.id), ("id", "!=", first.id)])
        self.assertEqual(set(others.mapped("block_reason")), {"do_not_contact"})

    def test_a_reached_number_is_known_to_be_right(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first))
        self.assertEqual(first.partner_id.dcrc_phone_ids.state, "ok")
        self.assertEqual(first.partner_id.dcrc_phone_ids.last_check, TODAY)

    def test_a_suspended_number_is_marked_after_the_last_attempt_only(self):
        first = self._open_first()
        self._finish(first, "suspended")
        self.assertEqual(first.partner_id.dcrc_phone_ids.state, "unverified")
        self.rules.max_attempts = 1
        first.contact_id.max_attempts = 1
        with self._at(0, 14):
            self._finish(first, "suspended")
        self.assertEqual(first.partner_id.dcrc_phone_ids.state, "suspended")

    def test_a_reason_that_joined_late_gets_its_own_attempts(self):
        first = self._open_first()
        self._finish(first, "no_answer")
        with self._at(0, 14):
            self._finish(first, "no_answer")
        with self._at(0, 18):
            third = self._open_third(first.vehicle_id)
            self._finish(first, "no_answer")
        self.assertEqual((first.state, third.state), ("failed", "open"))
        self.assertEqual(third.contact_id.attempt_count, 0)
        self.assertEqual(third.contact_id.call_after, NOW + timedelta(hours=14))

    def test_another_customers_number_is_refused(self):
        first, stranger = self._open_first(), self._create_customer()
        with self.assertRaisesRegex(UserError, "another customer"):
            self._finish(first, "no_answer", phone_id=stranger.dcrc_phone_ids.id)

    def test_a_finished_call_cannot_be_finished_again(self):
        first = self._open_first()
        call = self._start(first)
        call._finish({"outcome_id": self._get_outcome("no_answer").id})
        with self.assertRaisesRegex(UserError, "finished already"):
            call._finish({"outcome_id": self._get_outcome("no_answer").id})

    def test_what_was_typed_survives_and_is_found_again(self):
        first = self._open_first()
        self._start(first)._save_draft({"note": "在忙"})
        self.assertEqual(self._start(first).draft, {"note": "在忙"})

    def test_nobody_writes_into_a_colleagues_call(self):
        call = self._start(self._open_first())
        with self.assertRaisesRegex(UserError, "Specialist"):
            self._as(self.colleague, call)._save_draft({"note": "x"})
