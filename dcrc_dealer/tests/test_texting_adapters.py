import json
from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.text_length import count_parts
from ..tools.texting import Message, OdooApi, Settings, make_adapter, read_incoming, read_reports
from .common_texting import real_requests
from .text_gateway import SECRET, Gateway

MESSAGES = [
    Message("ref-1", "+8613800138001", "【渝州】您好", "渝州", "SMS_1", (("name", "王女士"),)),
    Message("ref-2", "+8613800138002", "【渝州】您好", "渝州", "SMS_1", (("name", "李先生"),)),
]


@tagged("post_install", "-at_install")
class TestTextingAdapters(BaseCase):
    """Each provider against a server on this machine that speaks its protocol."""

    def setUp(self):
        super().setUp()
        self.gateway = self.enterContext(Gateway())
        self.enterContext(real_requests())

    def _adapter(self, provider, **settings):
        settings = {
            "endpoint": self.gateway.url,
            "allowed": ("127.0.0.1:*",),
            "user": "me",
            "secret": SECRET,
            "app": "1400",
            **settings,
        }
        return make_adapter(provider, Settings(timeout=0.5, **settings))

    def _send(self, provider, mode, **settings):
        self.gateway.mode = mode
        return self._adapter(provider, **settings).send(MESSAGES)

    def _states(self, provider, mode, **settings):
        answers = self._send(provider, mode, **settings)
        self.assertEqual(set(answers), {"ref-1", "ref-2"})
        return [(answers[reference].state, answers[reference].whole) for reference in ("ref-1", "ref-2")]

    def test_accepted_messages_reach_the_provider_once(self):
        for provider in ("http", "aliyun", "tencent"):
            with self.subTest(provider=provider):
                self.gateway.log.clear()
                self.assertEqual(self._states(provider, "ok"), [("accepted", False)] * 2)
                self.assertEqual([entry[0] for entry in self.gateway.log], ["ref-1", "ref-2"])

    def test_a_refusal_is_this_messages_alone(self):
        for provider in ("http", "aliyun", "tencent"):
            with self.subTest(provider=provider):
                self.assertEqual(self._states(provider, "refuse"), [("refused", False)] * 2)

    def test_throttling_means_later(self):
        self.assertEqual(self._states("http", "throttle"), [("later", True)] * 2)
        self.assertEqual(self._send("http", "throttle")["ref-1"].wait, 7)
        for provider in ("aliyun", "tencent"):
            self.assertEqual(self._states(provider, "throttle"), [("later", False)] * 2)

    def test_a_wrong_account_costs_no_recipient(self):
        for provider in ("http", "aliyun", "tencent"):
            with self.subTest(provider=provider):
                self.assertEqual(self._states(provider, "account"), [("later", True)] * 2)

    def test_what_may_have_gone_out_is_unknown(self):
        for mode in ("slow", "cut", "garbage", "error"):
            with self.subTest(mode=mode):
                self.assertEqual(self._states("http", mode), [("unknown", True)] * 2)
                for provider in ("aliyun", "tencent"):  # the second was not tried
                    self.assertEqual(self._states(provider, mode), [("unknown", True), ("later", True)])

    def test_nobody_listening_means_later(self):
        for provider in ("http", "aliyun", "tencent"):
            with self.subTest(provider=provider):
                states = self._states(provider, "ok", endpoint="http://127.0.0.1:9/")
                self.assertEqual(states, [("later", True)] * 2)

    def test_an_address_that_cannot_be_used_means_later(self):
        self.assertEqual(self._states("http", "ok", endpoint="nonsense"), [("later", True)] * 2)

    def test_a_key_that_is_not_the_gateways_means_later(self):
        self.assertEqual(self._states("http", "ok", secret="wrong"), [("later", True)] * 2)
        self.assertFalse(self.gateway.log)

    def test_the_gateway_tells_what_became_of_a_message(self):
        adapter = self._adapter("http")
        self.assertEqual(adapter.ask("ref-1", "+8613800138001", date.today()).state, "later")
        adapter.send(MESSAGES)
        self.assertEqual(adapter.ask("ref-1", "+8613800138001", date.today()).state, "accepted")
        self.assertIsNone(self._adapter("http", secret="no").ask("ref-1", "+8613800138001", date.today()))

    def test_aliyun_tells_what_became_of_a_message(self):
        adapter = self._adapter("aliyun")
        adapter.send(MESSAGES)
        self.assertEqual(adapter.ask("ref-1", "+8613800138001", date.today()).state, "delivered")
        self.assertIsNone(adapter.ask("ref-9", "+8613800138001", date.today()))

    def test_tencent_tells_what_became_of_a_message(self):
        adapter = self._adapter("tencent")
        number = MESSAGES[0].number
        adapter.send([MESSAGES[0], replace(MESSAGES[1], number=number)])
        told = {reference: adapter.ask(reference, number, date.today()) for reference in ("ref-1", "ref-2")}
        self.assertEqual({key: answer.state for key, answer in told.items()}, {"ref-1": "delivered", "ref-2": "failed"})
        self.assertIsNone(adapter.ask("ref-9", number, date.today()))
        asked = json.loads(self.gateway.requests[-1])
        self.assertEqual((asked["EndTime"] - asked["BeginTime"], asked["SmsSdkAppId"]), (3 * 86400, "1400"))

    def test_a_provider_that_does_not_answer_tells_nothing(self):
        for provider in ("http", "aliyun", "tencent"):
            with self.subTest(provider=provider):
                adapter = self._adapter(provider, endpoint="http://127.0.0.1:9/")
                self.assertIsNone(adapter.ask("ref-1", "+8613800138001", date.today()))

    def test_odoos_own_provider(self):
        class Api:
            def _send_sms_batch(self, messages, delivery_reports_url=False):
                if self.error:
                    raise self.error
                numbers = [number for message in messages for number in message["numbers"]]
                return [{"uuid": n["uuid"], "state": s} for n, s in zip(numbers, self.states, strict=True)]

        api = Api()
        api.error, api.states = None, ["success", "wrong_number_format"]
        adapter = OdooApi(Settings(), api, "http://127.0.0.1/sms/status")
        self.assertEqual([a.state for a in adapter.send(MESSAGES).values()], ["accepted", "refused"])
        api.states = ["insufficient_credit", "server_error"]
        self.assertEqual([a.state for a in adapter.send(MESSAGES).values()], ["later", "unknown"])
        api.error = TimeoutError()
        self.assertEqual([a.state for a in adapter.send(MESSAGES).values()], ["unknown", "unknown"])

    def test_a_secret_is_not_printed(self):
        self.assertNotIn(SECRET, repr(Settings(secret=SECRET)))

    def test_parts_are_counted(self):
        counted = {n: count_parts("字" * n)[1] for n in (0, 1, 70, 71, 134, 135)}
        self.assertEqual(counted, {0: 0, 1: 1, 70: 1, 71: 2, 134: 2, 135: 3})

    def test_reports_of_all_providers_are_understood(self):
        shapes = {
            '{"reports": [{"reference": "a", "state": "delivered"}, {"reference": "b", "state": "sent"}]}': [
                ("a", "", "delivered")
            ],
            '[{"out_id": "a", "biz_id": "b1", "success": true, "err_code": "DELIVERED"}]': [("a", "b1", "delivered")],
            '[{"biz_id": "b1", "success": false, "err_code": "SP_UNKNOWN_ERROR"}]': [("", "b1", "failed")],
            '[{"sid": "s1", "report_status": "SUCCESS", "errmsg": "DELIVRD"}]': [("", "s1", "delivered")],
            '[{"sid": "s1", "ext": "a", "report_status": "FAIL"}]': [("a", "s1", "failed")],
        }
        for content, expected in shapes.items():
            found = [(r.reference, r.provider_reference, r.state) for r in read_reports(content)]
            self.assertEqual(found, expected, content)

    def test_customers_answers_of_all_providers_are_understood(self):
        shapes = {
            '{"messages": [{"number": "+8613800138000", "text": "R"}]}': ("+8613800138000", "R"),
            '[{"phone_number": "13800138000", "content": "TD"}]': ("13800138000", "TD"),
            '{"mobile": "13800138000", "nationcode": "86", "text": "T", "sign": "x"}': ("+8613800138000", "T"),
        }
        for content, expected in shapes.items():
            self.assertEqual([(m.number, m.text) for m in read_incoming(content)], [expected], content)

    def test_anything_else_is_not_understood(self):
        for content in ("", "x", "7", "[1]", "[{}]", '[{"state": ""}]', b"\xff", "[" * 5000):
            for read in (read_reports, read_incoming):
                with self.subTest(content=content[:9]), self.assertRaises(ValueError):
                    read(content)
