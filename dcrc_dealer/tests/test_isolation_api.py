"""The walls between dealers hold over Odoo's JSON-2 API too, over real HTTP."""

import json
import re
from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .filled import FilledCase

SECRET = "欧阳秘密"


@tagged("post_install", "-at_install")
class TestIsolationApi(FilledCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer, SECRET)
        cls.customer = cls.rows["res.partner"]
        cls.stranger_key = cls._key(cls.stranger)

    @classmethod
    def _key(cls, user):
        """Return an API key of `user` that never ends: the database's clock isn't frozen."""
        return cls.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "test", None)

    def _call(self, model, method, key=None, **arguments):
        """POST /json/2/<model>/<method>; return the response."""
        with mute_logger("odoo.http"):  # a refusal is what most of these calls are about
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                headers={"Authorization": f"Bearer {key or self.stranger_key}"},
            )

    def test_a_key_opens_the_own_dealers_lists(self):
        own = self._create_customer("自己的客户", company=self.other_dealer)
        answer = self._call("res.partner", "search", domain=[("dcrc_customer", "=", True)])
        self.assertEqual((answer.status_code, answer.json()), (200, own.ids))

    def test_no_key_opens_another_dealers_lists(self):
        phone = self.customer.dcrc_phone_ids.number
        for model, method, arguments in (
            ("res.partner", "search_read", {"domain": [("name", "ilike", "秘密")]}),
            ("res.partner", "name_search", {"name": "秘密"}),
            ("res.partner", "get_mention_suggestions", {"search": "秘密"}),
            ("dcrc.phone", "search_read", {"domain": [("number", "=", phone)]}),
            ("dcrc.complaint", "search_read", {"domain": []}),
            ("dcrc.timeline", "search_read", {"domain": []}),
            ("dcrc.console", "get_today", {"team": True}),
            (
                "dcrc.complaint",
                "formatted_read_group",
                {"domain": [], "groupby": ["partner_id"], "aggregates": ["__count"]},
            ),
        ):
            answer = self._call(model, method, **arguments)
            with self.subTest(model=model, method=method):
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn(SECRET, answer.text)
                self.assertNotIn(phone, answer.text)

    def test_ids_and_other_companies_in_the_context_are_refused(self):
        for model, records in self.rows.items():
            if not model.startswith("dcrc.") or not records._fields.get("company_id"):
                continue
            if not records.company_id:
                continue
            with self.subTest(model=model):
                answer = self._call(model, "read", ids=records.ids, fields=["display_name"])
                self.assertEqual(answer.status_code, 403)
                self.assertNotIn(SECRET, answer.text)
        answer = self._call("res.partner", "search", domain=[], context={"allowed_company_ids": self.dealer.ids})
        self.assertEqual(answer.status_code, 403)

    def test_the_example_of_the_manual_lands_at_the_keys_own_dealer(self):
        manual = (Path(__file__).parents[1] / "readme" / "DEVELOP.md").read_text(encoding="utf-8")
        example = json.loads(re.search(r"push_list.*?-d '(.*?)'\n```", manual, re.S)[1])
        answer = self._call("dcrc.dms.import", "push_list", **example)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["counts"].get("created"), 1, answer.text)
        visit = self.env["dcrc.service.visit"].search([("order_no", "=", "WX20261013001")])
        self.assertEqual(visit.company_id, self.other_dealer)
        status = self._call("dcrc.dms.import", "push_status", ids=[answer.json()["id"]])
        self.assertEqual(status.json()[0]["held"], [])

    def test_the_servers_own_methods_are_not_to_be_called(self):
        for model, method in (
            ("res.partner", "_dcrc_open_correction"),
            ("dcrc.change.proposal", "_propose"),
            ("dcrc.followup.planner", "_plan_company"),
            ("res.company", "_dcrc_open_centre"),
        ):
            with self.subTest(method=method):
                self.assertGreaterEqual(self._call(model, method).status_code, 400)

    def test_without_a_key_nothing_answers(self):
        answer = self.url_open("/json/2/res.partner/search", json={"domain": []})
        self.assertEqual(answer.status_code, 401)

    def test_a_context_of_the_client_does_not_write_key_fields(self):
        answer = self._call(
            "res.partner",
            "write",
            key=self._key(self.specialist),
            ids=self.customer.ids,
            vals={"name": "王方"},
            context={"dcrc_direct_write": True, "dcrc_ledger": True, "dcrc_source": "dms"},
        )
        self.assertEqual(answer.status_code, 200)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.name, SECRET)
