"""The customer's page tells before any talk what is open and what was said last (CUS-3)."""

from odoo.exceptions import UserError
from odoo.tests import Form

from .common_followup import FollowupCase

VIEW = "dcrc_dealer.customer_view_form"


class TestFollowupNow(FollowupCase):
    def test_what_is_open_and_what_was_said_last(self):
        first = self._open_first()
        partner = self._as(self.specialist, first.partner_id)
        self.assertEqual(partner.dcrc_open_followup_ids, first)
        self._finish(first, "answered", answers=self._answers(first, level=4))
        partner.invalidate_recordset()
        self.assertFalse(partner.dcrc_open_followup_ids)
        self.assertEqual((partner.dcrc_answered_ids, first.score), (first, 4))

    def test_an_answer_without_the_scale_has_no_score(self):
        self.assertEqual(self._open_first().score, 0)

    def test_the_call_opens_from_the_page(self):
        first = self._open_first()
        action = self._as(self.specialist, first.partner_id).action_dcrc_call()
        self.assertEqual(action["params"], {"contact_id": first.contact_id.id})

    def test_nothing_open_is_said(self):
        with self.assertRaisesRegex(UserError, "Nothing is open"):
            self._as(self.specialist, self._create_customer()).action_dcrc_call()

    def test_everybody_opens_the_page(self):
        partner = self._open_first().partner_id
        for user in (self.specialist, self.manager, self.director, self.auditor):
            with self.subTest(user=user.login):
                self.assertEqual(Form(self._as(user, partner), view=VIEW).name, partner.name)

    def test_complaint_and_correction_begin_on_the_page(self):
        partner = self._as(self.specialist, self._open_first().partner_id)
        for action in (partner.action_dcrc_complain(), partner.action_dcrc_correct()):
            form = Form(self._as(self.specialist, action["res_model"]).with_context(**action["context"]))
            self.assertEqual(form.partner_id, partner)
