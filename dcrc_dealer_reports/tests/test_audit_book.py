"""The writer of sealed workbooks, without a database."""

import io
from unittest.mock import patch

from python_calamine import CalamineWorkbook

from odoo.tests import BaseCase, tagged

from ..tools import audit_book
from ..tools.audit_book import AuditBook, Column
from ..tools.audit_seal import check_workbook, new_key


@tagged("post_install", "-at_install")
class TestAuditBook(BaseCase):
    def write_sheet(self, rows, columns=None, full=None):
        out = io.BytesIO()
        with patch.object(audit_book, "FULL", full or audit_book.FULL):
            book = AuditBook(out)
            with book.sheet("a/b", columns or [Column("x", "X")]) as sheet:
                for row in rows:
                    sheet.add(row)
            book.close({"dealer": "x"}, new_key())
        return out.getvalue()

    def test_a_full_sheet_goes_on_on_a_further_one(self):
        names = CalamineWorkbook.from_filelike(io.BytesIO(self.write_sheet([["a"]] * 5, full=4))).sheet_names
        self.assertEqual(names[:3], ["a b", "a b (2)", "a b (3)"])

    def test_signs_that_no_workbook_holds_do_not_break_the_seal(self):
        for text in ("a\x00b\x0b", "_x0041_", " spaces ", "\ttab\n", "\ud800", "a\r\nb", "字" * 40_000, "0012", "1e5"):
            with self.subTest(ascii(text[:10])):
                self.assertEqual(check_workbook(self.write_sheet([[text]]))[1], [])
