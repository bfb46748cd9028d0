"""What complaints and corrections mean for the calls (FUP-5, FUP-7, REM-6)."""

from odoo.tests import tagged

from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestVoiceFollowup(FollowupCase):
    def _complain(self, customer):
        model = self._as(self.specialist, "dcrc.complaint")
        return model.create({"partner_id": customer.id, "text": "空调异响"})

    def _close(self, complaint):
        vals = {"complaint_id": complaint.id, "step": "sign", "words": "已解决"}
        self._as(self.director, "dcrc.complaint.step").create(vals).action_take()

    def _open_marketing(self):
        """An open call whose rule is marketing."""
        first = self._open_first()
        first.sudo().purpose = "marketing"
        return first

    def _settle(self, followup, step, new_value=None):
        """Settle the correction that a call with an empty number opened."""
        correction = self.env["dcrc.correction"].search(
            [("partner_id", "=", followup.partner_id.id), ("state", "=", "open")]
        )
        self.assertEqual(len(correction), 1)
        correction = self._as(self.manager, correction)
        if new_value:
            correction.new_value = new_value
            correction.action_propose()
        getattr(correction, step)()
        return correction

    # -- complaints -------------------------------------------------------------

    def test_an_open_complaint_stops_marketing_at_once(self):
        marketing = self._open_marketing()
        self._complain(marketing.partner_id)
        self.assertRecordValues(
            marketing, [{"state": "blocked", "block_reason": "complaint_open", "contact_id": False}]
        )

    def test_marketing_goes_on_when_the_last_complaint_is_closed(self):
        marketing = self._open_marketing()
        first, second = self._complain(marketing.partner_id), self._complain(marketing.partner_id)
        self._close(first)
        self.assertEqual(marketing.state, "blocked")
        self._close(second)
        self.assertEqual(marketing.state, "open")

    def test_a_complaint_opened_again_stops_marketing_again(self):
        marketing = self._open_marketing()
        complaint = self._complain(marketing.partner_id)
        self._close(complaint)
        vals = {"complaint_id": complaint.id, "step": "reopen", "words": "又响了"}
        self._as(self.specialist, "dcrc.complaint.step").create(vals).action_take()
        self.assertEqual(marketing.state, "blocked")

    def test_a_care_call_goes_on_in_spite_of_a_complaint(self):
        care = self._open_first()
        self._complain(care.partner_id)
        self.assertEqual(care.state, "open")

    def test_a_complaint_of_a_call_knows_call_car_and_department(self):
        first = self._open_first()
        question = next(q for q in first._get_questions() if q["department_kind"] == "service")
        said = {"followup_id": first.id, "text": "异响", "question_id": question["id"]}
        answers = self._answers(first, 1)
        self._finish(first, "answered", answers=answers, complaints=[said])
        complaint = self.env["dcrc.complaint"].search([("followup_id", "=", first.id)])
        self.assertRecordValues(
            complaint,
            [
                {
                    "source": "call",
                    "vehicle_id": first.vehicle_id.id,
                    "department_id": self.service.id,
                    "user_id": self.specialist.id,
                    "call_id": first.call_ids.id,
                }
            ],
        )

    def test_nobody_of_the_house_took_what_came_through_the_link(self):
        first = self._open_first()
        public = self.env.ref("base.public_user")
        calls = self.env["dcrc.call"].with_user(public).sudo()
        complaint = calls._open_complaints([{"followup_id": first.id, "text": "异响", "source": "link"}])
        self.assertEqual(complaint.source, "link")
        self.assertFalse(complaint.user_id.share)

    # -- corrections ------------------------------------------------------------

    def test_a_new_number_brings_the_call_back_into_the_queue(self):
        first = self._open_first()
        self._finish(first, "empty")
        self.assertEqual((first.state, first.base_state), ("blocked", "pending"))
        self._settle(first, "action_verify", "13900139000")
        self.assertEqual((first.state, first.base_state), ("open", "in"))
        self.assertEqual(first.partner_id._dcrc_best_phone().number, "+8613900139000")

    def test_a_call_that_nobody_can_make_leaves_the_rate(self):
        first = self._open_first()
        self._finish(first, "empty")
        self._settle(first, "action_close_unresolved")
        self.assertEqual(first.base_state, "out")

    def test_a_number_that_was_right_all_along_counts_again(self):
        first = self._open_first()
        number = first.partner_id.dcrc_phone_ids.number
        self._finish(first, "empty")
        self._settle(first, "action_verify", number)
        self.assertEqual((first.state, first.base_state), ("open", "in"))

    def test_a_sold_car_ends_the_old_owners_calls_once_confirmed(self):
        third = self._open_third()
        self._finish(third, "transferred")
        self._settle(third, "action_close_unresolved")
        self.assertEqual(third.base_state, "out")
        self.assertFalse(third.vehicle_id.dcrc_owner_id)
