"""What the center knows better goes back into the DMS: a line each, and a workbook (CUS-10)."""

import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestDmsDifferenceExport(CorrectionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        may = Command.link(cls.env.ref("base.group_allow_export").id)
        cls.specialist.write({"password": "dcrc_specialist", "group_ids": [may]})
        (cls.workshop | cls.stranger).group_ids = [may]

    def _lines(self):
        return self.env["dcrc.dms.difference"].search([("company_id", "=", self.dealer.id)])

    def _read(self, user=None):
        content = self._as(user or self.specialist, "dcrc.dms.difference")._export()
        return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    def test_a_confirmed_value_is_to_be_keyed_back(self):
        self._verify(self._open(), "13900139000")
        self.assertRecordValues(
            self._lines(),
            [
                {
                    "field_name": "dcrc_phone_ids",
                    "res_id": self.customer.id,
                    "list_value": "+8613800138000",
                    "centre_value": "13900139000",
                    "state": "open",
                }
            ],
        )

    def test_a_second_value_of_the_same_field_replaces_the_first(self):
        self._verify(self._open(item="name", wrong_value="王芳"), "王方")
        self._verify(self._open(item="name", wrong_value="王方"), "汪芳", verifier=self.colleague)
        self.assertEqual(self._lines().mapped("centre_value"), ["汪芳"])

    def test_what_was_not_found_is_not_keyed(self):
        self._as(self.colleague, self._open()).action_close_unresolved()
        self.assertFalse(self._lines())

    def test_a_formula_is_a_text(self):
        self._verify(self._open(item="name"), "=1+1")
        row = self._read()[1]
        self.assertIn("=1+1", row)

    def test_it_is_logged_and_only_the_own_dealers(self):
        self._verify(self._open(item="name"), "王方")
        self.assertEqual(len(self._read()), 2)
        log = self.env["dcrc.privacy.log"].search([("user_id", "=", self.specialist.id)])
        self.assertRecordValues(log, [{"what": "export", "count": 1, "company_id": self.dealer.id}])
        self.assertEqual(len(self._read(self.stranger)), 1)

    def test_it_takes_the_role_and_the_right_to_export(self):
        for user in (self.colleague, self.workshop, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, "dcrc.dms.difference").action_export()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, "dcrc.dms.difference")._export()

    def test_it_comes_as_a_download_that_nobody_keeps(self):
        self.authenticate("dcrc_specialist", "dcrc_specialist")
        answer = self.url_open(self._as(self.specialist, "dcrc.dms.difference").action_export()["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertTrue(load_workbook(io.BytesIO(answer.content)).active.max_row)
