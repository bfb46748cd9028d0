import contextlib
import datetime
import io
import json
import tempfile

import openpyxl
import xlsxwriter

from odoo.tests import BaseCase, tagged

from ..tools import audit_seal
from ..tools.audit_seal import Broken, SheetDigest, cell_text, check_workbook, new_key, public_key, seal_rows

ROWS = {
    "回访": [
        ["日期", "车牌", "得分", "说明"],
        [datetime.datetime(2026, 11, 3, 9, 30, 15), "渝A·8K3P2", 4.85, "=SUM(A1)"],
        [datetime.date(2026, 11, 4), "渝D·D1024", 1 / 3, "两行\n文字"],
        [],
        [None, "合计", 2, ""],
    ],
    "投诉": [["编号"], ["TS-2026-0007"]],
}


def workbook(key, dealer="重庆一店"):
    """Return the bytes of a sealed workbook with `ROWS` by sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheets = []
    for name, lines in ROWS.items():
        sheet, digest = book.add_worksheet(name), SheetDigest()
        for number, line in enumerate(lines):
            digest.add(line)
            for column, value in enumerate(line):
                is_date = isinstance(value, datetime.date)
                sheet.write(number, column, value, date if is_date else None)
        sheets.append({"name": name, "rows": digest.rows, "digest": digest.hex()})
    sheet = book.add_worksheet(audit_seal.SHEET)
    for number, line in enumerate(seal_rows({"dealer": dealer, "sheets": sheets}, key)):
        sheet.write_row(number, 0, line)
    book.close()
    return out.getvalue()


def saved_again(data, change=None):
    """Return the workbook as another program saves it, after ``change`` of it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestAuditSeal(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = new_key()
        cls.data = workbook(cls.key)

    def problems(self, change=None, keys=None):
        return check_workbook(saved_again(self.data, change), keys)[1]

    def test_a_workbook_is_as_it_was_sealed(self):
        statement, problems = check_workbook(self.data)
        self.assertEqual((statement["dealer"], problems), ("重庆一店", []))

    def test_saving_it_in_another_program_changes_nothing(self):
        self.assertEqual(self.problems(), [])

    def test_a_changed_figure_names_its_sheet(self):
        def change(book):
            book["回访"]["C2"] = 4.86

        self.assertEqual(self.problems(change), [("changed", {"sheet": "回访"})])

    def test_a_figure_that_became_text_is_a_change(self):
        def change(book):
            book["回访"]["C5"] = "2"

        self.assertEqual(self.problems(change), [("changed", {"sheet": "回访"})])

    def test_a_moved_row_is_a_change(self):
        self.assertEqual(self.problems(lambda book: book["回访"].delete_rows(4)), [("changed", {"sheet": "回访"})])

    def test_an_added_row_is_counted(self):
        found = self.problems(lambda book: book["投诉"].append(["TS-2026-0008"]))
        self.assertEqual(found, [("rows", {"sheet": "投诉", "found": 3, "sealed": 2})])

    def test_a_removed_sheet_is_named(self):
        self.assertEqual(self.problems(lambda book: book.remove(book["投诉"])), [("sheet_missing", {"sheet": "投诉"})])

    def test_a_hidden_sheet_is_an_added_one(self):
        def change(book):
            book.create_sheet("旧").sheet_state = "hidden"

        self.assertEqual(self.problems(change), [("sheet_added", {"sheet": "旧"})])

    def test_sheets_in_another_order_are_told(self):
        self.assertEqual(self.problems(lambda book: book.move_sheet("投诉", -1)), [("sheets_moved", {})])

    def test_a_statement_that_was_changed_is_not_believed(self):
        def change(book):
            book[audit_seal.SHEET]["B2"] = book[audit_seal.SHEET]["B2"].value.replace("重庆一店", "重庆二店")

        self.assertEqual(self.problems(change), [("signature", {})])

    def test_a_workbook_sealed_anew_has_a_key_that_nobody_knows(self):
        known = {public_key(self.key): "重庆一店"}
        other = new_key()
        _statement, problems = check_workbook(workbook(other), known)
        self.assertEqual(problems, [("key_unknown", {"key": audit_seal.fingerprint(public_key(other))})])

    def test_the_file_of_another_dealer_is_told_from_its_key(self):
        _statement, problems = check_workbook(workbook(self.key, "重庆二店"), {public_key(self.key): "重庆一店"})
        self.assertEqual(problems, [("other_dealer", {"dealer": "重庆二店"})])

    def test_a_known_key_of_the_dealer_holds(self):
        self.assertEqual(self.problems(keys={public_key(self.key): "重庆一店"}), [])

    def test_a_workbook_without_its_seal_cannot_be_checked(self):
        with self.assertRaises(Broken) as caught:
            self.problems(lambda book: book.remove(book[audit_seal.SHEET]))
        self.assertEqual(caught.exception.code, "no_seal")

    def test_a_seal_of_a_later_kind_asks_for_a_newer_version(self):
        def change(book):
            book[audit_seal.SHEET]["B1"] = audit_seal.FORMAT + 1

        with self.assertRaises(Broken) as caught:
            self.problems(change)
        self.assertEqual(caught.exception.code, "format")

    def test_a_statement_of_nonsense_is_no_seal(self):
        for nonsense in ("[]", "{}", "{", '{"key": "x", "sheets": 3}'):
            with self.subTest(nonsense), self.assertRaises(Broken):
                self.problems(lambda book, text=nonsense: book[audit_seal.SHEET].__setitem__("B2", text))

    def test_a_file_that_is_no_workbook_is_told_in_words(self):
        with self.assertRaises(Broken) as caught:
            check_workbook(b"PK\x03\x04" + b"\0" * 100)
        self.assertEqual(caught.exception.code, "unreadable")

    def test_a_value_has_one_text_before_and_after_a_file(self):
        for value, text in (
            (None, ""),
            ("", ""),
            (True, "b:1"),
            (2, "n:2"),
            (-0.0, "n:0"),
            (0.1 + 0.2, "n:0.3"),
            (datetime.datetime(2026, 1, 31, 23, 59, 59, 600_000), "d:2026-02-01T00:00:00"),
            (datetime.date(2026, 1, 31), "d:2026-01-31T00:00:00"),
            ("a\r\nb\rc", "s:a\nb\nc"),
        ):
            self.assertEqual(cell_text(value), text, value)

    def run_script(self, data, *args):
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file, contextlib.redirect_stdout(io.StringIO()) as out:
            file.write(data)
            file.flush()
            return audit_seal.main([*args, file.name]), out.getvalue()

    def test_the_script_says_that_all_is_well(self):
        code, told = self.run_script(self.data)
        self.assertEqual(code, 0)
        self.assertIn("As it was sealed.", told)

    def test_the_script_names_the_changed_sheet(self):
        code, told = self.run_script(saved_again(self.data, lambda book: book["投诉"].append(["x"])))
        self.assertEqual(code, 1)
        self.assertIn("“投诉”: 3 rows instead of 2", told)

    def test_the_script_knows_only_the_keys_it_is_given(self):
        self.assertEqual(self.run_script(self.data, "--key", public_key(self.key))[0], 0)
        self.assertEqual(self.run_script(self.data, "--key", public_key(new_key()))[0], 1)

    def test_the_script_tells_programs_as_json(self):
        code, told = self.run_script(b"no workbook", "--json")
        self.assertEqual((code, json.loads(told)), (2, [None, [["unreadable", {}]]]))
