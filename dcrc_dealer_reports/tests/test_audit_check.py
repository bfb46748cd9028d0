"""Checking a workbook that a dealer sent (REP-4)."""

import base64
import io

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common import DcrcCase

from ..tools.audit_book import AuditBook, Column
from ..tools.audit_seal import WORDS, new_key, public_key


@tagged("post_install", "-at_install")
class TestAuditCheck(DcrcCase):
    def workbook(self, key, dealer, extra=None):
        out = io.BytesIO()
        book = AuditBook(out)
        with book.sheet("Calls", [Column("id", "No.", "integer"), Column("text", "Words")]) as sheet:
            sheet.add([1, extra or "x"])
        book.close({"dealer": dealer, "period": ["2026-09-01", "2026-09-30"], "rows": book.rows}, key)
        return out.getvalue()

    def check(self, data, user=None):
        vals = {"file": base64.b64encode(data), "file_name": "审计.xlsx"}
        return self.env["dcrc.audit.check"].with_user(user or self.auditor).create(vals)

    def test_a_known_dealers_workbook_is_as_sealed(self):
        key = self.env["dcrc.audit.key"]._of(self.dealer)
        check = self.check(self.workbook(key, self.dealer.name))
        self.assertEqual((check.state, check.problems), ("sealed", False))
        self.assertEqual(
            (check.dealer, check.period, check.row_count), (self.dealer.name, "2026-09-01 – 2026-09-30", 1)
        )

    def test_stated_figures_are_shown_as_text(self):
        check = self.env["dcrc.audit.check"]
        drawn = check._draw_figures([["x", "<img src=x onerror=1>", "重庆一店", 98.5, "percent"], "nonsense"])
        self.assertIn("&lt;img", drawn)
        self.assertIn("98.5", drawn)

    def test_an_unknown_key_is_named(self):
        check = self.check(self.workbook(new_key(), "重庆三店"))
        self.assertEqual(check.state, "changed")
        self.assertIn(check.key_mark, check.problems)

    def test_a_key_that_became_known_is_taken_at_the_next_look(self):
        key = new_key()
        check = self.check(self.workbook(key, "重庆三店"))
        self.env["dcrc.audit.key"].with_user(self.auditor).create({"dealer": "重庆三店", "public": public_key(key)})
        check.action_check()
        self.assertEqual(check.state, "sealed")

    def test_the_workbook_of_another_dealer_is_told_from_its_key(self):
        key = self.env["dcrc.audit.key"]._of(self.dealer)
        check = self.check(self.workbook(key, "重庆三店"))
        self.assertEqual(check.state, "changed")
        self.assertIn("重庆三店", check.problems)

    def test_a_file_that_is_no_workbook_cannot_be_checked(self):
        check = self.check(b"%PDF-1.7 nothing")
        self.assertEqual(check.state, "broken")
        self.assertIn("not a workbook", check.problems)

    def test_the_words_cover_every_code_of_the_seal(self):
        self.assertLessEqual(set(WORDS), set(self.env["dcrc.audit.check"]._problem_words()))

    def test_a_result_is_not_written_by_hand(self):
        check = self.check(b"x")
        with self.assertRaises(AccessError):
            check.write({"state": "sealed"})

    def test_a_manager_checks_nothing(self):
        with self.assertRaises(AccessError):
            self.check(b"x", self.manager)
