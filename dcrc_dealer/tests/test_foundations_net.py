"""Whom a server may call: nobody inside the house, whatever the name says (issue 7, §6)."""

import doctest
import socket
from unittest.mock import patch

import requests

from odoo.tests import BaseCase, tagged

from ..tools import net
from .common_texting import real_requests
from .text_gateway import Gateway

INSIDE = (
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://10.0.0.8/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/",
    "http://[::ffff:127.0.0.1]/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://100.64.0.1/",
    "http://[fd00::1]/",
    "http://[64:ff9b::7f00:1]/",
)


@tagged("post_install", "-at_install")
class TestNet(BaseCase):
    def setUp(self):
        super().setUp()
        self.enterContext(real_requests())

    def _resolving(self, *addresses):
        """Names lead to these addresses, one list a call (the last one stays)."""
        answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in a] for a in addresses]
        return patch.object(net.socket, "getaddrinfo", side_effect=answers)

    def test_the_manual_is_true(self):
        self.assertEqual(doctest.testmod(net).failed, 0)

    def test_addresses_inside_the_house_are_not_called(self):
        for url in INSIDE:
            with self.subTest(url=url), self.assertRaises(net.NotAllowed):
                net.guarded_session().get(url, timeout=2)

    def test_a_name_that_leads_inside_is_not_called(self):
        for addresses in (["127.0.0.1"], ["93.184.216.34", "10.0.0.1"]):
            with self.subTest(addresses=addresses), self._resolving(addresses), self.assertRaises(net.NotAllowed):
                net.guarded_session().get("http://gateway.example/", timeout=2)

    def test_what_was_looked_at_is_what_is_called(self):
        """DNS rebinding: the name is asked once, and the socket goes to that answer."""
        with self._resolving(["93.184.216.34"], ["127.0.0.1"]) as asked, patch.object(net.socket, "socket") as made:
            made.return_value.connect.side_effect = OSError("closed")
            with self.assertRaises(requests.exceptions.ConnectionError):
                net.guarded_session().get("http://gateway.example/", timeout=2)
        self.assertEqual(asked.call_count, 1)
        made.return_value.connect.assert_called_once_with(("93.184.216.34", 80))

    def test_a_redirect_into_the_house_is_not_followed(self):
        with Gateway() as gateway:
            session = net.guarded_session([f"localhost:{gateway.server.server_port}"])
            self.assertEqual(session.get(gateway.url.replace("127.0.0.1", "localhost"), timeout=2).status_code, 403)
            with self.assertRaises(net.NotAllowed):
                session.get(gateway.url, timeout=2)

    def test_open_and_closed_ports_inside_look_alike(self):
        with Gateway() as gateway:
            told = set()
            for url in (gateway.url, "http://127.0.0.1:9/"):
                with self.assertRaises(net.NotAllowed) as caught:
                    net.guarded_session().get(url, timeout=2)
                told.add(str(caught.exception))
            self.assertFalse(gateway.requests)
        self.assertEqual(len(told), 1)

    def test_a_proxy_of_the_environment_gets_nothing(self):
        with Gateway() as gateway, patch.dict("os.environ", {"http_proxy": gateway.url}):
            with self.assertRaises(net.NotAllowed):
                net.guarded_session().get("http://127.0.0.1:9/", timeout=2)
            self.assertFalse(gateway.requests)
