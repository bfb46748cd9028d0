"""Our pages without a login: limits that hold, and headers."""

import threading
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

LINK = "/dcrc/appointment/"
REPORT = "/dcrc/texts/{}/report"


@tagged("post_install", "-at_install")
class TestWebGuard(HttpCase):
    def _limit(self, **limits):
        for name, value in limits.items():
            self.env["ir.config_parameter"].set_param(f"dcrc_dealer.web_limit_{name}", str(value))

    def _codes(self, count, path, method="get", **headers):
        """Status codes of `count` calls of a path (``{}``: a new token each time)."""
        codes = []
        for number in range(count):
            url = path.format(f"t{number}")
            data = "{}" if method == "post" else None
            codes.append(self.url_open(url, data=data, headers=headers or None).status_code)
        return codes

    def test_one_address_calls_so_often_and_no_more(self):
        self._limit(address=3)
        self.assertEqual(self._codes(5, f"{LINK}{{}}"), [404, 404, 404, 429, 429])

    def test_one_token_is_called_so_often_and_no_more(self):
        self._limit(token=2)
        self.assertEqual(self._codes(4, f"{LINK}same"), [404, 404, 429, 429])

    def test_whoever_guesses_gets_few_tries(self):
        self._limit(guess=3)
        self.assertEqual(self._codes(5, f"{LINK}{{}}"), [404, 404, 404, 429, 429])
        self.assertEqual(self._codes(1, REPORT, "post"), [429], "one count for all pages")

    def test_callbacks_have_limits_too(self):
        self._limit(callback=2)
        self.assertEqual(self._codes(4, REPORT.format("x"), "post"), [403, 403, 429, 429])

    def test_a_forwarded_address_counts_from_a_trusted_proxy_only(self):
        self._limit(address=2)
        self.env["ir.config_parameter"].set_param("dcrc_dealer.trusted_proxies", "192.0.2.1")
        codes = [self._codes(1, f"{LINK}{{}}", **{"X-Forwarded-For": f"198.51.100.{n}"})[0] for n in range(4)]
        self.assertEqual(codes, [404, 404, 429, 429], "who sends other addresses is still one caller")
        self.env["ir.config_parameter"].set_param("dcrc_dealer.trusted_proxies", "127.0.0.0/8")
        codes = [self._codes(1, f"{LINK}{{}}", **{"X-Forwarded-For": f"198.51.100.{n}"})[0] for n in range(4)]
        self.assertEqual(codes, [404] * 4)

    def test_what_was_counted_names_nobody(self):
        self._codes(1, f"{LINK}secret-token")
        keys = self.env["dcrc.web.hit"].search([]).mapped("key")
        self.assertTrue(keys)
        for word in ("secret", "127.0.0.1"):
            self.assertNotIn(word, str(keys))

    def test_every_answer_carries_the_headers(self):
        self._limit(token=2)
        answers = [self.url_open(f"{LINK}x") for _try in range(3)]
        answers.append(self.url_open(REPORT.format("y"), data="{}"))
        self.assertEqual([answer.status_code for answer in answers], [404, 404, 429, 403])
        for answer in answers:
            with self.subTest(status=answer.status_code):
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(answer.headers["X-Frame-Options"], "DENY")
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
                self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])

    def test_all_our_public_addresses_are_counted(self):
        """A new page without a login asks the guard, too."""
        self._limit(address=0)
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        ours = [rule for rule in rules if rule.rule.startswith("/dcrc/") and rule.endpoint.routing["auth"] != "user"]
        self.assertGreaterEqual(len(ours), 6)
        for rule in ours:
            path = rule.rule.replace("<string:token>", "x")
            data = None if "GET" in rule.methods else "{}"
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path, data=data).status_code, 429)
