"""Files that nobody should give as a list: kinds of them by name, and good ones damaged at random.

`KINDS` maps a name to a function that makes the file. `damaged(form, seed)` is a good list of a
form (`FORMS`) with a few bytes lost, turned, doubled, moved or added; the same for the same seed.
"""

import io
import random
import struct
import zipfile

import xlsxwriter
import xlwt

from .common_dms import csv_file, sales_row

HEADER = ["销售单号", "客户名称", "手机号码", "VIN", "交车日期"]
TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = b'<workbook %s xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
TABLE = "<table>%s</table>"


def package(parts, level=zipfile.ZIP_DEFLATED):
    """A workbook of one sheet; ``parts`` replaces or adds files, None leaves one out."""
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS
        % (b'<Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>' % OFFICE),
        "xl/workbook.xml": BOOK % (MAIN, OFFICE),
        "xl/_rels/workbook.xml.rels": RELATIONS
        % (
            b'<Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
            b'<Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % (OFFICE, OFFICE)
        ),
        "xl/worksheets/sheet1.xml": b'<row r="1"><c r="A1"><v>1</v></c></row>',
        **parts,
    }
    rows = files["xl/worksheets/sheet1.xml"]
    if rows is not None and not rows.startswith(b"<?xml"):
        files["xl/worksheets/sheet1.xml"] = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", level) as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()


def one_cell(cell):
    """A workbook with a single cell as it stands in XML."""
    return package({"xl/worksheets/sheet1.xml": b'<row r="1">%s</row>' % cell})


def rows_of(count=30):
    """Rows of a good sales list."""
    return [sales_row(number) for number in range(1, count + 1)]


def as_csv(encoding="utf-8"):
    return csv_file("sales", rows_of(), encoding=encoding)


def as_cells():
    return [line.split(",") for line in as_csv().decode().splitlines()]


def as_xlsx():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(as_cells()):
            sheet.write_row(place, 0, cells)
    return stream.getvalue()


def as_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for line, cells in enumerate(as_cells()):
        for place, text in enumerate(cells):
            sheet.write(line, place, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_html():
    lines = ("".join(f"<td>{text}</td>" for text in cells) for cells in as_cells())
    return ("<html><body>" + TABLE % "".join(f"<tr>{line}</tr>" for line in lines) + "</body></html>").encode()


def as_mht():
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
    return head + as_html() + b"\n--x--\n"


def as_xml():
    cells = "<Cell><Data ss:Type='String'>%s</Data></Cell>"
    lines = ("<Row>" + "".join(cells % text for text in line) + "</Row>" for line in as_cells())
    sheet = "<Worksheet ss:Name='S'><Table>" + "".join(lines) + "</Table></Worksheet>"
    return (f"<?xml version='1.0'?><Workbook xmlns:ss='urn:x'>{sheet}</Workbook>").encode()


FORMS = {
    "csv": as_csv,
    "gbk": lambda: as_csv("gb18030"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "html": as_html,
    "mht": as_mht,
    "xml": as_xml,
}


def damaged(form, seed):
    """A good list of a form, damaged in one to eight places."""
    chance = random.Random(f"{form} {seed}")
    data = bytearray(FORMS[form]())
    for _time in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(data)), chance.choice((1, 1, 1, 2, 4, 16, 200))
        how = chance.randrange(6)
        if how == 0:
            data[place : place + length] = chance.randbytes(length)
        elif how == 1:
            del data[place : place + length]
        elif how == 2:
            data[place:place] = chance.randbytes(length)
        elif how == 3:
            data[place : place + length] = bytes([chance.choice((0, 255, 34, 60, 62, 44))]) * length
        elif how == 4:
            data[place:place] = data[place : place + length * 8]
        elif chance.random() < 0.3:
            del data[max(place, 8) :]
    return bytes(data)


def _xls_with(old, new):
    return as_xls().replace(old, new)


def _many(text, count):
    return lambda: text * count


def _bomb(size):
    return lambda: package({"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?>' + b" " * size})


def _lying():
    size = 40 * 1024 * 1024 + 21
    data = package({"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?>' + b"0" * (size - 21)})
    return data.replace(struct.pack("<I", size), struct.pack("<I", 99))


XML = b"<?xml version='1.0'?>%s<Workbook><Worksheet><Table><Row>%s</Row></Table></Worksheet></Workbook>"
LAUGHS = b"<!DOCTYPE W [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9)
)
FILE = b"<!DOCTYPE W [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
DATA = b"<Cell><Data>%s</Data></Cell>"

KINDS = {
    # no list at all
    "empty": lambda: b"",
    "blanks": _many(b" \r\n\t", 500),
    "one_byte": lambda: b"x",
    "bom_alone": lambda: b"\xef\xbb\xbf",
    "utf16_bom_alone": lambda: b"\xff\xfe",
    "pdf": lambda: b"%PDF-1.7\n" + b"x" * 900,
    "png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 900,
    "jpeg": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 900,
    "gzip": lambda: b"\x1f\x8b\x08\0" + b"x" * 900,
    "rtf": lambda: b"{\\rtf1 x}",
    "random": lambda: random.Random(1).randbytes(50_000),
    "zeros": _many(b"\0", 100_000),
    "word_document": lambda: package({"xl/workbook.xml": None, "word/document.xml": b"<x/>"}),
    "json": lambda: b'[{"a": 1}]',
    # text
    "million_columns": lambda: b",".join([b"x"] * 1_000_000),
    "million_blank_columns": _many(b",", 1_000_000),
    "million_lines_of_nothing": _many(b"\n", 1_000_000),
    "million_lines_of_commas": _many(b",,,\n", 1_000_000),
    "one_cell_of_megabytes": lambda: b"a,b\n1," + b"x" * 3_000_000,
    "open_quote": lambda: as_csv() + b'"x,' + as_csv(),
    "quotes_alone": _many(b'"', 100_001),
    "quotes_and_commas": _many(b'",', 100_000),
    "open_quote_at_the_end": lambda: as_csv() + b'"',
    "nul_in_text": lambda: as_csv().replace("客户1".encode(), b"a\0b"),
    "control_signs": lambda: as_csv().replace("客户1".encode(), b"\x01\x02\x03"),
    "latin1": lambda: "Größe;Übung\n".encode("latin-1") * 300 + b"\xff\xff",
    "half_utf16": lambda: "单号,姓名\n".encode("utf-16")[:-1],
    "utf16_lone_surrogate": lambda: b"\xff\xfe" + "a,b\n".encode("utf-16-le") * 9 + b"\x00\xd8\x00\xd8",
    "utf32": lambda: "单号,姓名\n".encode("utf-32"),
    "cesu_surrogates": lambda: as_csv() + b"\xed\xa0\x80\xed\xb0\x80,x\n",
    "only_returns": lambda: as_csv().replace(b"\r\n", b"\r"),
    "mixed_line_ends": lambda: as_csv().replace(b"\r\n", b"\r\n\n\r"),
    "deep_brackets": _many(b"[", 200_000),
    "nothing_but_tabs": _many(b"\t", 50_000),
    # markup
    "page_without_table": lambda: b"<html><body>login</body></html>",
    "deep_markup": lambda: b"<table>" * 20_000 + b"<tr><td>x",
    "deep_cells": lambda: b"<table><tr>" + b"<td><table><tr>" * 5_000 + b"<td>x",
    "spans_of_a_billion": lambda: b"<table><tr><td colspan=999999999 rowspan=999999999>x</td><td>y</table>",
    "many_wide_spans": lambda: b"<table><tr>" + b"<td colspan=1000>x</td>" * 2_000 + b"</table>",
    "many_deep_spans": lambda: b"<table><tr>" + b"<td rowspan=9999>x" * 900 + b"</tr>" + b"<tr></tr>" * 50_000,
    "unclosed_comment": lambda: b"<!-- " + as_html(),
    "unclosed_tag": lambda: as_html() + b"<td " + b"a=b " * 50_000,
    "unclosed_script": lambda: b"<script>" + as_html(),
    "entities_in_page": lambda: b"<table><tr><td>&#xD800;&#0;&#x110000;&bogus;</td><td>x</td></tr></table>",
    "many_comments": lambda: b"<table>" + b"<!--" * 20_000,
    "many_less_than": lambda: b"<table><tr><td>" + b"<" * 100_000,
    "page_in_unknown_encoding": lambda: b"<table><tr><td>\xff\xfe\xff</td></tr></table>",
    "laughs": lambda: XML % (LAUGHS, DATA % b"&j;"),
    "outer_entity": lambda: XML % (FILE, DATA % b"&x;"),
    "outer_dtd": lambda: XML % (b"<!DOCTYPE W SYSTEM 'http://127.0.0.1:9/x.dtd'>", DATA % b"x"),
    "xml_cut_off": lambda: as_xml()[:-40],
    "xml_far_index": lambda: XML % (b"", b"<Cell ss:Index='999999999'><Data>x</Data></Cell>"),
    "xml_wide_merges": lambda: XML % (b"", b"<Cell ss:MergeAcross='999999999'><Data>x</Data></Cell>" * 500),
    "xml_deep": lambda: b"<?xml version='1.0'?><Workbook>" + b"<Row>" * 100_000,
    "xml_other": lambda: b"<?xml version='1.0'?><rss/>",
    "xml_bad_sign": lambda: XML % (b"", DATA % b"\x01\x02"),
    "mht_without_page": lambda: b"MIME-Version: 1.0\nContent-Type: text/plain\n\nhello",
    "mht_deep": lambda: b"MIME-Version: 1.0\n" + b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n' * 3_000,
    "mht_bad_base64": lambda: as_mht().replace(b"text/html\n", b"text/html\nContent-Transfer-Encoding: base64\n"),
    # workbooks
    "half_a_workbook": lambda: as_xlsx()[: len(as_xlsx()) // 2],
    "head_of_a_zip": lambda: b"PK\x03\x04" + b"\0" * 60,
    "bomb": _bomb(60_000_000),
    "bomb_that_lies": _lying,
    "same_name_twice": lambda: as_xlsx() + as_xlsx(),
    "no_sheet": lambda: package({"xl/worksheets/sheet1.xml": None}),
    "no_relations": lambda: package({"xl/_rels/workbook.xml.rels": None}),
    "sheet_of_no_xml": lambda: package({"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?>\xff\xfe<<<>>>'}),
    "far_cell": lambda: one_cell(b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'),
    "quoted_far_cell": lambda: one_cell(b"<c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c>"),
    "spaced_far_cell": lambda: one_cell(b'<c r="A1"><v>1</v></c><c\n t = "n" r = "XFD1048576" ><v>1</v></c>'),
    "named_far_cell": lambda: package(
        {
            "xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/'
            b'spreadsheetml/2006/main"><x:sheetData><x:row><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576">'
            b"<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        }
    ),
    "cell_beyond_excel": lambda: one_cell(b'<c r="ZZZZZZ99999999"><v>1</v></c>'),
    "cell_zero": lambda: one_cell(b'<c r="A0"><v>1</v></c><c r="0"><v>1</v></c>'),
    "string_out_of_reach": lambda: one_cell(b'<c r="A1" t="s"><v>99999999999</v></c>'),
    "number_of_no_number": lambda: one_cell(b'<c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c>'),
    "day_far_away": lambda: one_cell(b'<c r="A1" t="d"><v>99999-99-99</v></c>'),
    "wrong_dimension": lambda: package(
        {
            "xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><worksheet %s><dimension ref="A1:XFD1048576"/>'
            b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>' % MAIN
        }
    ),
    "wide_sheet": lambda: one_cell(
        b"".join(b'<c r="A%d"><v>1</v></c>' % n for n in (1, 9)) + b'<c r="XFD1"><v>1</v></c>'
    ),
    # old workbooks
    "xls_cut_off": lambda: as_xls()[:2000],
    "xls_head_alone": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "xls_random": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(20_000),
    "xls_far_cell": lambda: _xls_with(
        struct.pack("<HHHH", 0xFD, 10, 3, 3), struct.pack("<HHHH", 0xFD, 10, 0xFFFF, 0xFFFF)
    ),
    "xls_sectors_in_a_ring": lambda: as_xls()[:48] + b"\0\0\0\0" + as_xls()[52:],
    "xls_of_billions_of_sectors": lambda: as_xls()[:44] + b"\xff\xff\xff\x7f" + as_xls()[48:],
    "xls_huge_sector": lambda: as_xls()[:30] + b"\x1f\x00" + as_xls()[32:],
    "xls_named_encrypted": lambda: as_xls() + "EncryptedPackage".encode("utf-16-le"),
}
