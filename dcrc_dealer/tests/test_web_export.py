"""Odoo's own export of our records: what a customer is called never becomes a formula."""

import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DcrcCase

NAMES = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example")


@tagged("post_install", "-at_install")
class TestWebExport(DcrcCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"].concat(*(cls._create_customer(name) for name in NAMES))
        cls.manager.write(
            {"password": "dcrc_manager", "group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)]}
        )

    def _export(self, kind, **options):
        self.authenticate("dcrc_manager", "dcrc_manager")
        data = {
            "model": "res.partner",
            "fields": [{"name": "name", "label": "=Name", "type": "char"}],
            "ids": self.customers.ids,
            "domain": [],
            "groupby": [],
            "import_compat": False,
            "context": {"allowed_company_ids": self.dealer.ids},
            **options,
        }
        token = http.Request.csrf_token(self)
        answer = self.url_open(f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": token})
        self.assertEqual(answer.status_code, 200, answer.text[:500])
        return answer.content

    def _texts(self, content):
        """Cells of the first column; a formula would say so by its type."""
        sheet = load_workbook(io.BytesIO(content)).active
        cells = [row[0] for row in sheet.iter_rows()]
        self.assertEqual({cell.data_type for cell in cells if cell.value}, {"s"})
        self.assertFalse([cell for cell in cells if cell.hyperlink])
        return [cell.value for cell in cells]

    def test_names_stay_text_in_a_workbook(self):
        self.assertEqual(sorted(self._texts(self._export("xlsx"))), sorted(("=Name", *NAMES)))

    def test_names_stay_text_in_a_grouped_workbook(self):
        texts = self._texts(self._export("xlsx", groupby=["name"], domain=[("id", "in", self.customers.ids)]))
        for name in NAMES:
            self.assertTrue(any(name in (text or "") for text in texts), name)

    def test_csv_marks_every_beginning_that_a_spreadsheet_takes_for_a_formula(self):
        lines = self._export("csv").decode().splitlines()[1:]
        begun = {line.strip('"')[:2] for line in lines}
        self.assertEqual(begun, {"'=", "'+", "'-", "'@", "ht"})
