"""SMS-1 as operators, the law and customers see it: lengths, signature, limits, parts, gaps."""

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from ..tools.text_length import count_parts
from ..tools.texting import Answer
from ..tools.texting.base import NEXT_DAY
from ..tools.texting.callbacks import Report
from ..tools.texting.errors import read_limit
from .common import NOW
from .common_texting import TextingCase

NINE = NOW.replace(hour=1) + timedelta(days=1)  # tomorrow 9:00 in Shanghai


@tagged("post_install", "-at_install")
class TestTextingRules(TextingCase):
    def _compose(self, body, purpose="care", **vals):
        self.account.write(vals)
        return self.account._compose(body, purpose)

    # -- what is read ------------------------------------------------------------------------

    def test_rare_characters_are_two_as_operators_count(self):
        self.assertEqual((count_parts("𠮷" * 35), count_parts("𠮷" * 36)), ((70, 1), (72, 2)))

    def test_a_text_is_signed_once_wherever_the_signature_stood(self):
        for body in ("您好", "【渝州】您好", "您好【渝州】", "【渝州】您好【渝州】"):
            self.assertEqual(self._compose(body)[0], "【渝州】您好")
        self.assertEqual(self._compose("【渝州】您好", provider_signs=True)[:2], ("您好", 6))
        self.assertEqual(self._compose("您好", provider_signs=False, signature="【渝州】")[0], "【渝州】您好")

    def test_the_provider_gets_the_registered_signature_beside_the_words(self):
        self.assertEqual(self.sender._message(self.account, self._queue()).signature, "渝州")

    def test_a_pause_is_over_at_its_very_end(self):
        self.account.write({"paused_until": NOW, "daily_cap": 5})
        self.assertEqual(self.sender._room(self.account), 5)
        self.account.paused_until = NOW + timedelta(seconds=1)
        self.assertEqual(self.sender._room(self.account), 0)

    def test_another_registered_signature_stands(self):
        self.assertEqual(self._compose("【长安】您好")[0], "【长安】您好")

    def test_service_reminders_say_how_to_refuse_where_the_template_says_so(self):
        self.template.dcrc_opts_out = True
        text = self._queue(purpose="care", dcrc_template_id=self.template.id)
        self.assertTrue(text.body.endswith("拒收请回复R"))

    def test_shipped_texts_fit_one_part_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["dcrc_dealer"], ["zh_CN"])
        samples = {**self.env["dcrc.placeholder"]._samples(), "customer": "王女士", "link": "https://a.cn/s/0123456789"}
        shared = self.env["ir.model.data"].search([("model", "=", "sms.template"), ("module", "=", "dcrc_dealer")])
        templates = self.env["sms.template"].browse(shared.mapped("res_id")).with_context(lang="zh_CN")
        long = {
            template.name: text
            for template in templates
            for text in [self.account._compose(template._dcrc_fill(samples, "zh_CN"), "care", template.dcrc_opts_out)]
            if text[2] > 1
        }
        self.assertFalse(long)

    # -- limits ------------------------------------------------------------------------------

    def test_the_own_limit_lets_the_rest_wait_and_says_until_when(self):
        self.account.daily_cap = 1
        one, two = self._queue(), self._queue()
        self._run()
        self.assertEqual((one.state, two.state), ("pending", "dcrc_waiting"))
        self.assertIn("limit of 1 texts is used up: the rest waits until 10-15 09:00", self.account._get_status())
        with freeze_time(NINE):
            self._run()
            self.assertEqual(two.state, "pending")

    def test_the_providers_limit_for_a_number_waits_for_the_next_day_and_is_no_failure(self):
        text = self._queue()
        text.write({"state": "process", "dcrc_tries": 7})
        text._dcrc_take_answer(Answer("later", code="x", wait=NEXT_DAY), self.account)
        self.assertRecordValues(text, [{"state": "dcrc_waiting", "dcrc_send_after": NINE, "dcrc_tries": 7}])

    def test_the_providers_limit_for_the_account_pauses_it_until_the_next_day(self):
        self.account._pause(Answer("later", code="x", wait=NEXT_DAY, whole=True))
        self.assertEqual(self.account.paused_until, NINE)

    def test_daily_limits_of_providers_are_known(self):
        day = [
            ("isv.DAY_LIMIT_CONTROL", ""),
            ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:40"),
            ("LimitExceeded.PhoneNumberDailyLimit", ""),
        ]
        self.assertEqual({read_limit(*limit).wait for limit in day}, {NEXT_DAY})
        self.assertIsNone(read_limit("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1"))

    def test_values_are_as_long_as_the_provider_takes_them(self):
        self.account.write({"provider": "tencent"})
        self.template.dcrc_param_names = "vehicle,link"
        values = {"vehicle": "CS75PLUS 1.5T 尊贵型", "link": "https://example.com/0123"}
        params = self.template._dcrc_params(values)
        self.assertEqual(params[0][1], "CS75PLUS 1.…")
        text = self._queue(dcrc_template_id=self.template.id, dcrc_params=params)
        self.sender._refuse_unapproved(self.account, text)
        self.assertEqual(text.state, "error")
        self.assertIn("up to 12 characters", text.dcrc_error)

    # -- reports -----------------------------------------------------------------------------

    def _reported(self, *reports, parts=2):
        text = self._queue()
        text.write({"state": "pending", "dcrc_parts": parts})
        for state, part in reports:
            self.account._take_reports([Report(text.uuid, "", state, part=part, parts=parts)])
        return text.state

    def test_a_text_has_arrived_with_its_last_part(self):
        self.assertEqual(self._reported(("delivered", 1)), "pending")
        self.assertEqual(self._reported(("delivered", 1), ("delivered", 2)), "sent")
        self.assertEqual(self._reported(("delivered", 1), ("delivered", 1)), "pending")

    def test_a_part_that_failed_is_not_delivered(self):
        self.assertEqual(self._reported(("failed", 1), ("delivered", 2)), "error")
        self.assertEqual(self._reported(("delivered", 1), ("failed", 2)), "error")
        self.assertEqual(self._reported(("delivered", 0), ("failed", 0)), "error")

    def test_of_one_part_delivered_beats_failed(self):
        self.assertEqual(self._reported(("failed", 0), ("delivered", 0), parts=1), "sent")

    def test_record_only_says_recorded(self):
        self.account.provider = "record"
        text = self._queue()
        self._run()
        self.assertRecordValues(
            text, [{"state": "dcrc_recorded", "dcrc_result": "recorded", "dcrc_delivered_at": False}]
        )
        self.assertEqual(text.dcrc_cost, 0)

    # -- gaps --------------------------------------------------------------------------------

    def _campaign_with_gap(self):
        self.template.body = "{customer}，冬季检测开始，欢迎携{plate}来店。"
        self.with_car, self.without = self._create_customer("李强"), self._create_customer("陈静")
        self._create_car(self.with_car)
        ids = (self.with_car | self.without).ids
        return self._create_campaign(audience_domain=f"[('id', 'in', {ids})]")

    def test_who_would_read_a_gap_gets_nothing(self):
        campaign = self._campaign_with_gap()
        self.assertEqual(campaign._count_audience(), {"send": 1, "gap": 1})
        self.assertIn("The text would have a gap: 1", campaign.exclusions)

    def test_a_wording_without_the_car_is_chosen_where_there_is_one(self):
        campaign = self._campaign_with_gap()
        self.template.dcrc_short_body = "{customer}，冬季检测开始，欢迎您到店。"
        campaign.action_start()
        self._run()
        bodies = {text.partner_id: text.body for text in campaign.text_ids}
        self.assertIn("欢迎携渝A", bodies[self.with_car])
        self.assertIn("欢迎您到店", bodies[self.without])

    def test_the_preview_shows_the_worst_cases(self):
        self._create_customer("重庆某某物流运输有限责任公司", is_company=True)
        campaign = self._campaign_with_gap()
        self.template.dcrc_short_body = "{customer}，欢迎您到店。"
        self.assertIn("重庆某某物流运输有限责任公司，冬季检测开始", campaign.preview)
        self.assertIn("欢迎您到店", campaign.preview)

    def test_a_campaign_says_what_it_waits_for_and_until_when(self):
        campaign = self._campaign_with_gap()
        campaign.action_start()
        self.assertIn("are being made", campaign.sending_note)
        with freeze_time(NOW.replace(hour=13)):
            campaign.invalidate_recordset()
            campaign.prepared = True
            self.assertIn("they wait until 10-15 09:00", campaign.sending_note)

    def test_ready_audiences_find_whom_they_name(self):
        new, old = self._create_customer(), self._create_customer()
        self._create_car(new, dcrc_delivery_date=NOW.date() - timedelta(days=30))
        self._create_car(old, dcrc_delivery_date=NOW.date() - timedelta(days=1500))
        found = {}
        for key, (_label, domain) in self.env["dcrc.text.campaign"]._get_audiences().items():
            campaign = self._create_campaign(audience_domain=str(domain))
            found[key] = {partner_id for partner_id, _number, _reason in campaign._get_audience()}
        self.assertIn(new.id, found["new_car"] & found["all"])
        self.assertNotIn(old.id, found["new_car"])
        self.assertIn(old.id, found["old_car"])

    def test_a_manager_sees_how_many_of_the_months_texts_went_out(self):
        self._campaign_with_gap().action_start()
        tiles = self._as(self.manager, "dcrc.console").get_today()["tiles"]
        [tile] = [tile for tile in tiles if tile["key"] == "month_texts"]
        self.assertEqual((tile["count"], tile["label"]), (1, "Texts to all this month (of 3)"))
