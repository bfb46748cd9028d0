from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestFollowupSender(FollowupCase):
    """FUP-4, FUP-8: text messages after vain attempts, questionnaire links to who was not heard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender = cls.env["dcrc.followup.sender"]
        cls.dealer.write({"phone": "023-60000000", "email": "crm@example.com"})

    def _failed(self, **vals):
        """A first call that could not be reached."""
        customer = self._create_customer(**vals)
        first = self._open_first(car=self._create_car(customer))
        first._fail(self._get_outcome("no_answer"))
        return first

    def _refused(self, **vals):
        customer = self._create_customer(**vals)
        first = self._open_first(car=self._create_car(customer))
        self._finish(first, "refused")
        return first

    def _texts(self, followup):
        return self.env["sms.sms"].sudo().search([("partner_id", "=", followup.partner_id.id)])

    def _mails(self, followup):
        return self.env["mail.mail"].sudo().search([("recipient_ids", "in", followup.partner_id.ids)])

    def _wish(self, followup, **vals):
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        self.env["dcrc.do.not.contact"].create(
            {"partner_id": followup.partner_id.id, "reason_id": reason.id, "date": TODAY, **vals}
        )

    def test_who_was_not_reached_gets_one_text_message(self):
        first = self._failed()
        self.sender._send_texts(self.dealer)
        self.sender._send_texts(self.dealer)
        text = self._texts(first)
        self.assertEqual(text.number, first.partner_id.dcrc_phone_ids.number)
        self.assertIn("渝州长安4S店", text.body)
        self.assertEqual(first.sms_state, "sent")

    def test_the_provider_is_not_called_while_the_call_is_saved(self):
        first = self._failed()
        with patch.object(type(self.env["sms.sms"]), "_send", side_effect=AssertionError("called")):
            self.sender._send_texts(self.dealer)
        self.assertIn(self._texts(first).state, ("outgoing", "dcrc_waiting"))

    def test_no_text_message_in_rest_hours(self):
        first = self._failed()
        with freeze_time(NOW + timedelta(hours=11)):
            self.sender._send_texts(self.dealer)
        self.assertEqual((first.sms_state, len(self._texts(first))), ("queued", 0))

    def test_no_text_message_against_the_customers_wish(self):
        first = self._failed()
        self._wish(first, channel="sms")
        self.sender._send_texts(self.dealer)
        self.assertEqual((first.sms_state, len(self._texts(first))), ("skipped", 0))

    def test_no_text_message_to_a_number_on_odoos_blacklist(self):
        first = self._failed()
        self.env["phone.blacklist"].sudo()._add([first.partner_id.dcrc_phone_ids.number])
        self.sender._send_texts(self.dealer)
        self.assertFalse(self._texts(first))

    def test_a_rule_by_text_message_needs_no_call(self):
        rule = self.rules_by_key["first"]
        rule.write({"channel": "sms"})
        delivery = self._create_delivery(date=self._day(-2))
        self._plan()
        self.sender._send_texts(self.dealer)
        first = self._of("first", delivery_id=delivery.id)
        self.assertRecordValues(first, [{"state": "done", "contact_id": False, "effective": False}])

    def test_a_rule_by_email_sends_the_questionnaire_and_needs_no_call(self):
        self.rules_by_key["first"].write({"channel": "email"})
        customer = self._create_customer(email="wang@example.com")
        delivery = self._create_delivery(self._create_car(customer), date=self._day(-2))
        self._plan()
        self.sender._send_links(self.dealer)
        first = self._of("first", delivery_id=delivery.id)
        self.assertRecordValues(first, [{"state": "done", "contact_id": False, "link_state": "sent"}])
        self._answer_link(first, 4)
        self.assertTrue(first.effective)

    def test_who_refused_gets_the_questionnaire_by_mail_and_text(self):
        first = self._refused(email="wang@example.com")
        self.sender._send_links(self.dealer)
        self.assertEqual(first.link_state, "sent")
        self.assertIn(first.user_input_id.access_token, self._texts(first).body)
        self.assertIn(first.user_input_id.access_token, self._mails(first).body_html)
        self.assertIn("crm@example.com", self._mails(first).email_from)

    def test_the_link_is_sent_once(self):
        first = self._refused(email="wang@example.com")
        self.sender._send_links(self.dealer)
        self.sender._send_links(self.dealer)
        self.assertEqual(len(self._mails(first)), 1)

    def test_who_wants_no_mail_gets_none(self):
        first = self._refused(email="wang@example.com")
        self._wish(first)
        self.sender._send_links(self.dealer)
        self.assertEqual((first.link_state, len(self._mails(first))), ("skipped", 0))

    def test_answers_through_the_link_count_as_an_opinion(self):
        first = self._failed(email="wang@example.com")
        self.sender._send_links(self.dealer)
        self._answer_link(first, 5)
        self.assertRecordValues(
            first, [{"state": "done", "effective": True, "dissatisfied": False, "link_state": "answered"}]
        )

    def test_bad_answers_through_the_link_open_a_complaint(self):
        first = self._refused(email="wang@example.com")
        self.sender._send_links(self.dealer)
        self._answer_link(first, 1, "车门异响")
        complaint = self.env["dcrc.complaint"].search([("followup_id", "=", first.id)])
        self.assertTrue(first.dissatisfied)
        self.assertIn("车门异响", complaint.text)

    def _answer_link(self, followup, level, remark=None):
        """Answer the overall question as Odoo's public page does."""
        sheet = followup.user_input_id
        question = sheet.survey_id.question_ids.filtered("dcrc_overall")
        answer = question.suggested_answer_ids.filtered(lambda a: a.dcrc_level == level)
        sheet._save_lines(question, answer.id, remark)
        sheet._mark_done()

    def test_links_go_out_of_every_dealer_by_the_weekly_action(self):
        first = self._refused(email="wang@example.com")
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_send_links").method_direct_trigger()
        self.assertEqual(first.link_state, "sent")

    def test_links_wait_for_the_morning_when_customers_rest(self):
        first = self._refused(email="wang@example.com")
        cron = self.env.ref("dcrc_dealer.ir_cron_send_links")
        with freeze_time(NOW + timedelta(hours=12)), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(first.link_state, "due")
        self.assertIn(NOW + timedelta(hours=23), triggers.mapped("call_at"))
