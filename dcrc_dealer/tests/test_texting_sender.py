from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..tools.texting.tencent import Tencent
from .common import NOW, TODAY
from .common_texting import TextingCase

DAY = timedelta(days=1)


class TestTextingSender(TextingCase):
    """SMS-1: what waits is sent once, within the hours, and kept with what became of it."""

    def test_a_text_reaches_the_provider_with_signature_and_opt_out(self):
        text = self._queue(body="您好")
        self._run()
        self.assertEqual(self.gateway.log, [(text.uuid, text.number, "【渝州】您好 拒收请回复R")])
        self.assertEqual((text.state, text.dcrc_parts, text.dcrc_tries), ("pending", 1, 0))
        self.assertAlmostEqual(text.dcrc_cost, 0.045)
        self.assertTrue(text.dcrc_provider_reference and text.dcrc_sent_at)

    def test_care_carries_no_opt_out_wording_and_goes_first(self):
        self._queue(body="促销")
        self._queue(body="您的车好了", purpose="care")
        self._run()
        texts = [entry[2] for entry in self.gateway.log]
        self.assertEqual(texts, ["【渝州】您的车好了", "【渝州】促销 拒收请回复R"])

    def test_record_only_sends_nothing(self):
        self.account.provider = "record"
        text = self._queue()
        self._run()
        self.assertEqual((text.state, text.dcrc_cost, self.gateway.log), ("dcrc_recorded", 0, []))

    def test_odoos_own_queue_leaves_dealers_texts_alone(self):
        text = self._queue()
        with patch.object(type(self.env["sms.sms"]), "_send", side_effect=AssertionError("sent")):
            self.env["sms.sms"]._process_queue()
            text.send()
        self.assertEqual(text.state, "dcrc_waiting")

    def test_a_refused_text_says_why(self):
        self.gateway.mode = "refuse"
        text = self._queue()
        self._run()
        self.assertEqual((text.state, text.dcrc_error), ("error", "bad_number no such number"))
        self.assertFalse(self.account.paused_until)

    def test_nothing_goes_out_outside_the_hours(self):
        text = self._queue()
        for hours in (-2, 10.75, 13):  # 8:00, 20:45, 23:00
            with freeze_time(NOW + timedelta(hours=hours)):
                self._run()
            self.assertEqual((text.state, self.gateway.log), ("dcrc_waiting", []))
        self._run()
        self.assertEqual(text.state, "pending")

    def test_hours_are_the_dealers(self):
        self.dealer.dcrc_tz = "America/New_York"  # 22:00 there
        text = self._queue()
        self._run()
        self.assertEqual(text.state, "dcrc_waiting")

    def test_the_daily_cap_holds_and_the_next_day_goes_on(self):
        self.account.daily_cap = 3
        texts = [self._queue() for _number in range(5)]
        self._run()
        self._run()
        self.assertEqual(len(self.gateway.log), 3)
        with freeze_time(NOW + timedelta(days=1)):
            self._run()
        self.assertEqual(len(self.gateway.log), 5)
        self.assertEqual({text.state for text in texts}, {"pending"})

    def test_provider_down_for_an_hour_loses_nothing(self):
        url = self.account.endpoint
        self.account.endpoint = "http://127.0.0.1:9/"
        texts = [self._queue() for _number in range(3)]
        waits = []
        moment = NOW
        for _try in range(4):
            with freeze_time(moment):
                self._run()
                waits.append(self.account.paused_until - moment)
                self.assertIn("does not answer as agreed", self.account.status)
            moment = self.account.paused_until + timedelta(seconds=1)
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[-1], waits[0])
        self.assertEqual({text.state for text in texts}, {"dcrc_waiting"})
        self.env.cr.execute("UPDATE dcrc_text_account SET endpoint = %s WHERE id = %s", [url, self.account.id])
        self.account.invalidate_recordset()
        with freeze_time(moment + timedelta(hours=1)):
            self._run()
        self.assertEqual({text.state for text in texts}, {"pending"})
        self.assertEqual((self.account.failures, self.account.pause_reason), (0, False))

    def test_while_paused_nobody_is_asked(self):
        self.gateway.mode = "throttle"
        self._queue()
        self._run()
        asked = len(self.gateway.requests)
        self._run()
        self.assertEqual(len(self.gateway.requests), asked)
        self.account.action_resume()
        self.gateway.mode = "ok"
        self._run()
        self.assertEqual(len(self.gateway.log), 1)

    def test_an_unknown_result_is_never_resent_blindly(self):
        self.gateway.mode = "cut"
        text = self._queue()
        self._run()
        self.assertEqual(text.state, "dcrc_unknown")
        self.gateway.mode = "ok"
        for again in (text.resend_failed, text.action_set_outgoing, text.action_dcrc_retry):
            with self.assertRaisesRegex(UserError, "Nobody knows"):
                again()
        self.account.action_resume()
        self._run()
        self.assertEqual(len(self.gateway.log), 1)

    def test_an_unknown_result_is_asked_for(self):
        self.gateway.mode = "cut"
        took = self._queue()
        self._run()
        self.gateway.mode = "deaf"
        self.account.action_resume()
        lost = self._queue()
        self._run()
        self.assertEqual((took.state, lost.state), ("dcrc_unknown", "dcrc_unknown"))
        self.gateway.mode = "ok"
        with freeze_time(NOW + timedelta(minutes=30)):
            self._run()
        self.assertEqual((took.state, lost.state), ("pending", "pending"))
        self.assertEqual(sorted(self.gateway.numbers()), sorted([took.number, lost.number]))

    def test_where_the_provider_cannot_tell_a_person_decides(self):
        self.patch(Tencent, "can_ask", False)
        self.account.write({"provider": "tencent", "user": "id", "app": "1400"})
        self.gateway.mode = "cut"
        texts = self._queue(dcrc_template_id=self.template.id)
        self._run()
        self.account.action_resume()
        texts |= self._queue(dcrc_template_id=self.template.id)
        self._run()
        self.gateway.mode = "ok"
        with freeze_time(NOW + timedelta(hours=3)):
            self._run()
        self.assertEqual(texts.mapped("state"), ["dcrc_unknown", "dcrc_unknown"])
        one, two = texts
        with self.assertRaises(AccessError):
            self._as(self.specialist, one).action_dcrc_was_sent()
        self._as(self.manager, one).action_dcrc_was_sent()
        self._as(self.manager, two).action_dcrc_send_again()
        self.account.action_resume()
        self._run()
        self.assertEqual((texts.mapped("state"), len(self.gateway.log)), (["pending", "pending"], 3))
        with self.assertRaises(UserError):
            self._as(self.manager, one).action_dcrc_send_again()

    def test_who_opts_out_between_planning_and_sending_gets_nothing(self):
        texts = self.env["sms.sms"]
        for change in ("wish", "all", "blacklist", "phone", "expired"):
            text = self._queue()
            texts |= text
            if change == "wish":
                self._wish(text.partner_id, purpose="marketing")
            elif change == "all":
                self._wish(text.partner_id, channel="all")
            elif change == "blacklist":
                self.env["phone.blacklist"].sudo()._add([text.number])
            elif change == "phone":
                text.partner_id.dcrc_phone_ids.state = "transferred"
            else:
                day = fields.Date.to_date("2026-10-01")
                self._wish(text.partner_id, date=day, date_end=day)
        self._run()
        self.assertEqual(texts.mapped("state"), ["canceled"] * 4 + ["pending"])
        self.assertEqual(
            texts.mapped("failure_type"), ["sms_optout", "sms_optout", "sms_blacklist", "sms_number_format", False]
        )
        self.assertEqual(self.gateway.numbers(), [texts[-1].number])

    def test_a_wish_against_marketing_lets_care_through(self):
        customer = self._create_customer()
        self._wish(customer, purpose="marketing")
        self._queue(customer, purpose="care")
        self._run()
        self.assertEqual(len(self.gateway.log), 1)

    def test_a_wish_against_care_lets_marketing_through(self):
        wanted, unwanted = self._create_customer(), self._create_customer()
        for customer in (wanted, unwanted):
            self._wish(customer, purpose="care")
        texts = self._queue(wanted, purpose="marketing") | self._queue(unwanted, purpose="care")
        self._run()
        self.assertEqual(texts.mapped("state"), ["pending", "canceled"])

    def test_a_wish_holds_through_its_first_and_last_day(self):
        states = []
        for first, last in ((TODAY, TODAY), (TODAY - DAY, TODAY - DAY), (TODAY + DAY, False)):
            text = self._queue()
            self._wish(text.partner_id, date=first, date_end=last)
            self._run()
            states.append(text.state)
        self.assertEqual(states, ["canceled", "pending", "pending"])

    def test_providers_of_templates_need_an_approved_one(self):
        self.account.write({"provider": "aliyun", "user": "id"})
        without, good = self._queue(), self._queue(dcrc_template_id=self.template.id, dcrc_params=[["name", "王女士"]])
        self._run()
        self.assertEqual((without.state, good.state), ("error", "pending"))
        self.assertIn("approved", without.dcrc_error)
        self.assertEqual(self.gateway.log[0][2], '{"name": "王女士"}')

    def test_a_missing_sdk_is_said_and_costs_nothing(self):
        self.account.write({"provider": "aliyun", "user": "id"})
        text = self._queue(dcrc_template_id=self.template.id)
        with patch.dict("sys.modules", {"alibabacloud_dysmsapi20170525.client": None}):
            self._run()
        self.assertEqual(text.state, "dcrc_waiting")
        self.assertIn("alibabacloud_dysmsapi20170525", self.account.status)

    def test_a_number_that_is_throttled_waits_longer_each_time_then_gives_up(self):
        self.account.write({"provider": "aliyun", "user": "id"})
        self.gateway.mode = "throttle"
        text = self._queue(dcrc_template_id=self.template.id)
        waits, moment = [], NOW
        for _try in range(20):
            with freeze_time(moment):
                self._run()
            if text.state == "error":
                break
            waits.append(text.dcrc_send_after - moment)
            moment = text.dcrc_send_after
            if not 1 <= moment.hour < 12:  # the dealer's night
                moment = (moment + timedelta(hours=13)).replace(hour=2)
        self.assertEqual(text.state, "error")
        self.assertGreater(waits[3], waits[0])
        self.assertFalse(self.account.paused_until)

    def test_texts_are_kept(self):
        text = self._queue()
        self._run()
        text.to_delete = True
        self.assertFalse(text.to_delete)
        with self.assertRaises(UserError):
            text.unlink()

    def test_the_other_dealers_account_is_its_own(self):
        other = self._queue(self._create_customer(company=self.other_dealer))
        mine = self._queue()
        self._run()
        self.assertEqual((mine.state, other.state, len(self.gateway.log)), ("pending", "dcrc_recorded", 1))

    def test_the_work_of_a_batch_does_not_grow_with_it(self):
        def count(texts):
            for _number in range(texts):
                self._queue()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._run()
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(5), count(60)
        self.assertLessEqual(many, few + 10)
