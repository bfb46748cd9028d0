import hashlib
import hmac
import json

from odoo.tests import HttpCase, tagged

from ..tools.texting.callbacks import Incoming, Report
from .common import NOW
from .common_texting import TextingCase


class TestTextingReports(TextingCase):
    """Delivery reports and opt-out words, without the web in between."""

    def _sent(self):
        text = self._queue()
        self._run()
        return text

    def _report(self, text, state="delivered", **vals):
        vals = {"reference": text.uuid, "provider_reference": "", **vals}
        self.account._take_reports([Report(state=state, **vals)])

    def test_delivered_and_failed(self):
        one, two = self._sent(), self._sent()
        self._report(one)
        self._report(two, "failed", code="UNDELIV")
        self.assertEqual((one.state, two.state, two.dcrc_error), ("sent", "error", "UNDELIV"))
        self.assertTrue(one.dcrc_delivered_at)

    def test_reports_may_come_twice_and_in_any_order(self):
        text = self._sent()
        self._report(text)
        before = text.read(["state", "dcrc_delivered_at", "dcrc_cost", "dcrc_error"])
        for state in ("delivered", "failed"):
            self._report(text, state)
            self.assertEqual(text.read(["state", "dcrc_delivered_at", "dcrc_cost", "dcrc_error"]), before)

    def test_delivered_beats_failed(self):
        text = self._sent()
        self._report(text, "failed", code="UNDELIV")
        self._report(text)
        self.assertEqual((text.state, text.dcrc_error, text.failure_type), ("sent", False, False))
        self.assertEqual(text.dcrc_delivered_at, NOW)

    def test_the_providers_own_number_names_a_text(self):
        text = self._sent()
        self._report(text, reference="", provider_reference=text.dcrc_provider_reference)
        self.assertEqual(text.state, "sent")

    def test_a_report_settles_an_unknown_result(self):
        self.gateway.mode = "cut"
        text = self._sent()
        self.assertEqual(text.state, "dcrc_unknown")
        self._report(text)
        self.assertEqual(text.state, "sent")
        self.assertAlmostEqual(text.dcrc_cost, 0.045)

    def test_a_report_on_a_text_that_waits_or_of_another_dealer_changes_nothing(self):
        waiting = self._queue()
        other = self._queue(self._create_customer(company=self.other_dealer))
        other.state = "pending"
        self._report(waiting)
        self._report(other)
        self._report(waiting, reference="nobody's")
        self.assertEqual((waiting.state, other.state), ("dcrc_waiting", "pending"))

    def _say(self, number, word):
        self.account._take_incoming([Incoming(number, word)])

    def test_an_opt_out_word_is_honoured_once(self):
        customer = self._create_customer()
        number = customer.dcrc_phone_ids.number
        for word in (" r ", "R", "退订。", "TD"):
            self._say(number.removeprefix("+86"), word)
        wish = customer.dcrc_do_not_contact_ids
        self.assertRecordValues(wish, [{"channel": "sms", "purpose": "marketing", "company_id": self.dealer.id}])
        self.assertEqual(wish.reason_id, self.env.ref("dcrc_dealer.reason_dnc_unsubscribed"))
        text = self._queue(customer)
        self._run()
        self.assertEqual((text.state, self.gateway.log), ("canceled", []))

    def test_opting_out_is_understood_by_meaning(self):
        for word in ("Ｒ", "请退订", "R退订", "ｔｄ", "不要再发了", "退订，谢谢！"):
            customer = self._create_customer()
            self._say(customer.dcrc_phone_ids.number, word)
            self.assertTrue(customer.dcrc_do_not_contact_ids, word)

    def test_other_words_and_other_dealers_are_left_alone(self):
        customer = self._create_customer()
        number = customer.dcrc_phone_ids.number
        twin = self._create_customer(company=self.other_dealer, phone=number)
        self._say(number, "好的，R店见")
        self._say("nonsense", "R")
        self.assertFalse(customer.dcrc_do_not_contact_ids)
        self._say(number, "R")
        self.assertTrue(customer.dcrc_do_not_contact_ids)
        self.assertFalse(twin.dcrc_do_not_contact_ids)

    def test_odoos_own_provider_reports_too(self):
        self.account.provider = "odoo"
        text = self._queue()
        text.state = "pending"
        self.account._take_odoo_reports([{"sms_status": "delivered", "uuids": [text.uuid, "x"]}])
        self.assertEqual(text.state, "sent")


@tagged("post_install", "-at_install")
class TestTextingCallback(HttpCase):
    """The public addresses: signed or secret, else nothing happens and nothing is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "回执4S店"})
        cls.company._dcrc_open_centre()
        cls.account = cls.env["dcrc.text.account"]._get_for(cls.company)
        cls.account.write({"provider": "http", "endpoint": "https://gateway.example/"})
        cls.text = cls.env["sms.sms"]._dcrc_queue(
            cls.company, [{"number": "+8613800138000", "body": "您好", "dcrc_purpose": "care"}]
        )
        cls.text.state = "pending"

    def _post(self, data, key=None, token=None, kind="report", content_type="application/json"):
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        headers = {"Content-Type": content_type}
        if key is not None:
            headers["X-Signature"] = hmac.new(key.encode(), content, hashlib.sha256).hexdigest()
        token = token or self.account.callback_token
        return self.url_open(f"/dcrc/texts/{token}/{kind}", data=content, headers=headers)

    def _body(self):
        return {"reports": [{"reference": self.text.uuid, "state": "delivered"}]}

    def test_a_signed_report_is_taken_again_and_again(self):
        for _time in range(2):
            response = self._post(self._body(), self.account.callback_secret)
            self.assertEqual((response.status_code, response.json()["result"]), (200, 0))
            self.assertEqual(self.text.state, "sent")

    def test_a_signed_report_is_taken_whatever_it_calls_its_content(self):
        for kind in (
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/octet-stream",
            "multipart/form-data",
        ):
            self.text.state = "pending"
            response = self._post(self._body(), self.account.callback_secret, content_type=kind)
            self.assertEqual((kind, response.status_code, self.text.state), (kind, 200, "sent"))

    def test_a_form_is_a_report_too(self):
        body = f"reference={self.text.uuid}&state=delivered".encode()
        kind = "application/x-www-form-urlencoded"
        self.assertEqual(self._post(body, self.account.callback_secret, content_type=kind).status_code, 200)
        self.assertEqual(self.text.state, "sent")

    def test_who_may_not_speak_changes_and_learns_nothing(self):
        old_token, old_secret = self.account.callback_token, self.account.callback_secret
        tries = [
            self._post(self._body()),
            self._post(self._body(), "wrong"),
            self._post(self._body(), ""),
            self._post(self._body(), old_secret, "guessed"),
            self._post(b"x" * 10),
        ]
        self.account.action_renew_callback()
        tries.append(self._post(self._body(), old_secret, old_token))
        tries.append(self._post(self._body(), old_secret))
        self.assertEqual({(r.status_code, r.text) for r in tries}, {(403, '{"code": 403}')})
        self.assertEqual(self.text.state, "pending")

    def test_nonsense_is_refused(self):
        for content in (b"{", b"[1]", b"\xff\xfe"):
            self.assertEqual(self._post(content, self.account.callback_secret).status_code, 400)
        big = b"x" * 1_000_001
        self.assertEqual(self._post(big, self.account.callback_secret).status_code, 413)

    def test_aliyun_and_tencent_are_protected_by_the_address(self):
        self.account.write({"provider": "aliyun", "endpoint": False, "user": "id"})
        response = self._post([{"out_id": self.text.uuid, "biz_id": "b", "success": True}])
        self.assertEqual((response.status_code, response.json()["code"]), (200, 0))
        self.assertEqual(self.text.state, "sent")
        self.assertEqual(self._post([], token="guessed").status_code, 403)

    def test_an_opt_out_word_comes_in(self):
        customer = self.env["res.partner"].create(
            {
                "name": "王芳",
                "dcrc_customer": True,
                "company_id": self.company.id,
                "dcrc_phone_ids": [(0, 0, {"number": "13800138000"})],
            }
        )
        data = {"messages": [{"number": "13800138000", "text": "R"}]}
        self.assertEqual(self._post(data, kind="incoming").status_code, 403)
        self.assertFalse(customer.dcrc_do_not_contact_ids)
        self.assertEqual(self._post(data, self.account.callback_secret, kind="incoming").status_code, 200)
        self.assertEqual(len(customer.dcrc_do_not_contact_ids), 1)
