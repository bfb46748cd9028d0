"""Greetings go on their day, or not at all; late ones say so (REM-4, FUP-9)."""

from datetime import timedelta

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase

LUNCH = NOW + timedelta(hours=1, minutes=30)  # 11:30 in Shanghai, half an hour after the hour of the rule


class TestServiceGreeting(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("dcrc_dealer.followup_rule_birthday")._dcrc_copy_for(cls.dealer)
        cls.rule.active_from = TODAY - timedelta(days=30)
        cls.sender = cls.env["dcrc.followup.sender"]

    def _birthday(self, **vals):
        """The planned greeting of somebody whose birthday is today."""
        customer = self._create_customer(dcrc_birth_date="1988-10-14", lang="en_US", **vals)
        self._plan()
        return self.Followup.search([("rule_id", "=", self.rule.id), ("partner_id", "=", customer.id)])

    def _texts(self, greeting):
        return self.env["sms.sms"].sudo().search([("dcrc_followup_id", "=", greeting.id)])

    def _send(self, moment):
        with freeze_time(moment):
            self.sender._send_texts(self.dealer)

    def test_before_the_hour_the_call_may_still_be_made(self):
        greeting = self._birthday()
        self._send(NOW)
        self.assertEqual((greeting.state, len(self._texts(greeting))), ("open", 0))

    def test_whom_nobody_called_gets_a_text_on_the_same_day(self):
        greeting = self._birthday()
        self._send(LUNCH)
        self._send(LUNCH)
        self.assertEqual((greeting.sms_state, len(self._texts(greeting))), ("sent", 1))
        self.assertIn("today is your birthday", self._texts(greeting).body)
        self.assertNotEqual(greeting.contact_id.state, "open")

    def test_who_is_on_the_line_gets_no_text(self):
        greeting = self._birthday()
        with freeze_time(LUNCH):
            self._start(greeting)
            self.sender._send_texts(self.dealer)
        self.assertFalse(self._texts(greeting))

    def test_a_vain_call_is_followed_by_the_text_on_the_day(self):
        greeting = self._birthday()
        greeting._fail(self._get_outcome("no_answer"))
        self._send(LUNCH)
        self.assertEqual(len(self._texts(greeting)), 1)

    def test_on_the_next_day_there_is_no_greeting_any_more(self):
        greeting = self._birthday()
        greeting._fail(self._get_outcome("no_answer"))
        self._send(NOW + timedelta(days=1))
        self.assertEqual((greeting.sms_state, greeting.message_note), ("skipped", "Its day is over."))
        self.assertFalse(self._texts(greeting))

    def test_a_text_that_the_queue_kept_too_long_is_not_sent(self):
        greeting = self._birthday()
        self._send(LUNCH)
        text = self._texts(greeting)
        self.assertEqual(text.dcrc_last_day, TODAY)
        with freeze_time(NOW + timedelta(days=1)):
            self.env["dcrc.text.sender"]._cancel_unwanted(text)
        self.assertEqual(text.state, "canceled")

    def _put_right_after(self, days):
        greeting = self._birthday(phone=False)
        with freeze_time(NOW + timedelta(days=days)):
            self._plan()
            self.env["dcrc.phone"].create({"partner_id": greeting.partner_id.id, "number": "13900000123"})
            self.sender._send_texts(self.dealer)
            self.sender._send_texts(self.dealer)
        return greeting

    def test_a_number_put_right_in_time_gets_the_missed_greeting_worded_as_late(self):
        greeting = self._put_right_after(6)
        self.assertEqual(len(self._texts(greeting)), 1)
        self.assertIn("come late", self._texts(greeting).body)

    def test_after_the_days_of_the_rule_it_is_too_late(self):
        self.assertFalse(self._texts(self._put_right_after(8)))

    def test_the_greetings_of_the_year_are_shipped_on(self):
        rules = self.Rule.search([("company_id", "=", self.dealer.id), ("trigger", "=", "holiday")])
        self.assertGreaterEqual(len(rules), 4)
