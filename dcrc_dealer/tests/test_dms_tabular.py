"""Any file that somebody may give as a list: read, or refused in plain words."""

import io
import os
import struct
import zipfile
from datetime import datetime

import xlsxwriter
import xlwt

from odoo.tests import BaseCase, tagged

from ..tools.tabular import TableError, read_table, table_of_rows

HEADER = ["销售单号", "客户名称", "手机号码"]
ROW = ["XS1", '=HYPERLINK("http://x","彭坤")', "138,0;0\t1"]


def text_file(encoding="utf-8", delimiter=","):
    """A list of two lines as text; cells that hold a delimiter are quoted."""
    lines = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in (HEADER, ROW)]
    return "\r\n".join(delimiter.join(row) for row in lines).encode(encoding)


def xlsx_file(fill, **options):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        fill(book)
    return stream.getvalue()


def zip_file(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


class TableCase(BaseCase):
    def assertRefused(self, code, data, **options):
        with self.assertRaises(TableError) as caught:
            list(read_table(data, **options).rows())
        self.assertEqual(caught.exception.code, code)
        return caught.exception.params


@tagged("post_install", "-at_install")
class TestText(TableCase):
    def test_every_encoding_and_delimiter_gives_the_same_rows(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            for delimiter in ",;\t":
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    table = read_table(text_file(encoding, delimiter))
                    self.assertEqual([cells for _line, cells in table.rows()], [HEADER, ROW])

    def test_blank_lines_are_left_out_and_counted(self):
        table = read_table(b"a,b\n\n,\n1,2\n")
        self.assertEqual(list(table.rows()), [(1, ["a", "b"]), (4, ["1", "2"])])

    def test_line_breaks_in_a_quoted_cell_stay(self):
        self.assertEqual(list(read_table(b'a,b\n"x\ny",2\n').rows())[1], (2, ["x\ny", "2"]))

    def test_a_quote_never_closed_is_refused_with_its_line(self):
        self.assertEqual(self.assertRefused("quotes", b'a,b\n"x\n' + b"1,2\n" * 99), {"line": 2})

    def test_an_unknown_encoding_is_refused(self):
        self.assertRefused("encoding", "Größe;Übung\n".encode("latin-1") * 20 + b"\xff\xff")

    def test_private_signs_are_no_chinese(self):
        self.assertRefused("encoding", b"\xaa\xa1\xaa\xa2,\xaa\xa3\n" * 30)


@tagged("post_install", "-at_install")
class TestRefused(TableCase):
    def test_empty(self):
        for data in (b"", b" \r\n\t"):
            self.assertRefused("empty", data)

    def test_too_big_names_both_sizes(self):
        params = self.assertRefused("too_big", b"x" * 3145728, limit=2097152)
        self.assertEqual(params, {"size": 3.0, "limit": 2.0})

    def test_other_kinds_of_files(self):
        for data in (b"%PDF-1.7 x", b"\x89PNG\r\n", os.urandom(4096), zip_file(word="x")):
            self.assertRefused("wrong_kind", data)

    def test_a_web_page_without_a_table(self):
        self.assertRefused("web_page", "<html><body>请登录</body></html>".encode("gb18030"))

    def test_a_password_protected_workbook(self):
        from msoffcrypto.format.ooxml import OOXMLFile

        plain = xlsx_file(lambda book: book.add_worksheet().write(0, 0, "x"))
        locked = io.BytesIO()
        OOXMLFile(io.BytesIO(plain)).encrypt("secret", locked)
        self.assertRefused("password", locked.getvalue())

    def test_a_damaged_workbook(self):
        data = xlsx_file(lambda book: book.add_worksheet().write(0, 0, "x"))
        self.assertRefused("broken", data[: len(data) // 2])

    def test_a_bomb_that_says_its_size(self):
        self.assertRefused("zip_bomb", zip_file(xl__workbook="x", xl__worksheets__sheet1=b"0" * 600_000_000))

    def test_a_bomb_that_lies_about_its_size(self):
        size = 40 * 1024 * 1024
        data = zip_file(xl__workbook="x", xl__worksheets__sheet1=b"0" * size)
        self.assertRefused("zip_bomb", data.replace(struct.pack("<I", size), struct.pack("<I", 99)))

    def test_two_cells_in_far_corners_are_no_list(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write(0, 0, "x")
            sheet.write(1048575, 16383, "y")

        self.assertRefused("far_cell", xlsx_file(fill))


@tagged("post_install", "-at_install")
class TestWorkbook(TableCase):
    def test_cells_of_an_xlsx_are_text(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write_row(2, 1, ["单号", "电话"])
            sheet.write_string(3, 1, ROW[1])
            sheet.write_number(3, 2, 13800138000)
            sheet.write_datetime(4, 1, datetime(2026, 10, 3))
            sheet.write_datetime(4, 2, datetime(2026, 10, 3, 8, 5))
            sheet.write_formula(5, 1, "=1+1", None, 2)

        rows = list(read_table(xlsx_file(fill, default_date_format="yyyy-mm-dd hh:mm")).rows())
        expected = [["单号", "电话"], [ROW[1], "13800138000"], ["2026-10-03", "2026-10-03 08:05:00"]]
        self.assertEqual([cells for _line, cells in rows], [*expected, ["2", ""]])
        self.assertEqual([line for line, _cells in rows], [3, 4, 5, 6])

    def test_an_xls_reads_like_an_xlsx(self):
        book = xlwt.Workbook()
        sheet = book.add_sheet("订单")
        sheet.write(2, 0, "单号")
        sheet.write(3, 0, datetime(2026, 10, 3), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        stream = io.BytesIO()
        book.save(stream)
        table = read_table(stream.getvalue())
        self.assertEqual((table.kind, list(table.rows())), ("xls", [(3, ["单号"]), (4, ["2026-10-03"])]))

    def test_hidden_sheets_come_last(self):
        def fill(book):
            book.add_worksheet("hidden")
            book.add_worksheet("shown").activate()
            book.worksheets()[0].hide()

        self.assertEqual(read_table(xlsx_file(fill)).sheets, ["shown", "hidden"])

    def test_rows_pushed_by_a_dms_are_a_table(self):
        rows = list(table_of_rows([{"a": 1, "b": None}, {"b": 2.0, "c": "x"}]).rows())
        self.assertEqual(rows, [(1, ["a", "b", "c"]), (2, ["1", "", ""]), (3, ["", "2", "x"])])
