"""Where texts may go, and what a test of the settings tells (issue 7, §6)."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools.texting import Answer
from .common import DcrcCase


@tagged("post_install", "-at_install")
class TestTextingAddress(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["dcrc.text.account"]._get_for(cls.dealer)

    def _set(self, endpoint, provider="http"):
        self._as(self.manager, self.account).write({"provider": provider, "endpoint": endpoint})

    def test_addresses_inside_the_house_are_refused(self):
        for address in (
            "http://localhost/",
            "http://127.1/",
            "https://10.0.0.1/",
            "http://[::1]:80/",
            "http://intranet/",
            "https://gw.example:22/",
            "https://gw.example:99999/",
        ):
            with self.subTest(address=address), self.assertRaises(ValidationError):
                self._set(address)

    def test_the_administrator_allows_a_host(self):
        self.env["ir.config_parameter"].set_param("dcrc_dealer.gateway_hosts", "sms.lan:8022, 10.0.0.9")
        for address in ("http://sms.lan:8022/send", "https://10.0.0.9/"):
            self._set(address)
        with self.assertRaises(ValidationError):
            self._set("http://10.0.0.9:22/")

    def test_the_known_providers_are_called_at_their_own_names(self):
        self._set("https://dysmsapi.eu-central-1.aliyuncs.com", "aliyun")
        for address in ("https://aliyuncs.com.evil.example", "https://evilaliyuncs.com", "http://127.0.0.1/"):
            with self.subTest(address=address), self.assertRaises(ValidationError):
                self._set(address, "aliyun")

    def test_a_trial_does_not_tell_an_open_port_from_a_closed_one(self):
        self._set("https://gw.example/")
        answers = [
            Answer("later", code="no_connection", whole=True),
            Answer("later", code="not_allowed", whole=True),
            Answer("later", code="http_404", whole=True),
            Answer("unknown", code="not_understood", whole=True),
            Answer("unknown", code="SSLError", whole=True),
        ]
        self.manager.partner_id.phone = "13900000001"
        told = set()
        for answer in answers:
            self.account.failures = 0
            self._as(self.manager, self.account).action_send_test()
            text = self.env["sms.sms"].search([("dcrc_trial", "=", True)], order="id desc", limit=1)
            text._dcrc_take_answer(answer, self.account)
            self.account._pause(answer)
            said = (text.state, text.dcrc_error, text.dcrc_tries, text.dcrc_send_after, text.dcrc_claimed_at)
            told.add((*said, self.account._say(answer), self.account.paused_until))
        self.assertEqual(len(told), 1, told)
