"""An audit workbook, written row by row in constant memory and sealed at its end (REP-4).

How to use::

    book = AuditBook(path, header="重庆一店 · 王 · 2026-11-28 09:30")
    with book.sheet("Follow-ups", [Column("id", "No.", "integer"), ...]) as sheet:
        sheet.add([17, ...])
    book.close({"dealer": "重庆一店", "period": [...]}, private_key)

A sheet has two lines of headings, words above codes; text that looks like a formula stays text.
Where a sheet is full (a million rows) a further one of the same name goes on.
"""

import contextlib
import datetime
import re
from typing import NamedTuple

import xlsxwriter

from .audit_seal import SHEET, SheetDigest, seal_rows

FULL = 1_048_576  # rows of a sheet
LONGEST = 32_767  # signs in a cell
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NO_NAME = re.compile(r"[\[\]:*?/\\]")
FORMATS = {
    "date": {"num_format": "yyyy-mm-dd"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "float": {"num_format": "#,##0.00"},
    "percent": {"num_format": "0.0%"},
    "integer": {"num_format": "0"},
}
WIDTHS = {"date": 12, "datetime": 19, "float": 12, "percent": 10, "integer": 10, "text": 18}


class Column(NamedTuple):
    """A column: its code, its heading, and what it holds (a key of `FORMATS`, or "text")."""

    code: str
    label: str
    kind: str = "text"


class AuditBook:
    """The workbook while it is written; ``rows`` counts what its sheets hold so far."""

    def __init__(self, path, header=""):
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
        self._header = header.replace("&", "&&")
        self._formats = {kind: self._book.add_format(look) for kind, look in FORMATS.items()}
        self._heading = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._code = self._book.add_format({"font_color": "#6B7280", "font_size": 8})
        self._names = {SHEET.lower()}
        self._sealed = []
        self.rows = 0
        self.notes = {}  # what is to be sealed beside the sheets

    @contextlib.contextmanager
    def sheet(self, title, columns):
        """Open a sheet for its rows, given in order to ``add``."""
        sheet = _Sheet(self, title, columns)
        yield sheet
        sheet.finish()

    def add_chart(self, sheet, chart, place):
        """Put a chart, ``{"type", "title", "series": [...]}`` of xlsxwriter, on a sheet."""
        drawn = self._book.add_chart({"type": chart["type"]})
        drawn.set_title({"name": chart["title"], "name_font": {"size": 11}})
        for series in chart["series"]:
            drawn.add_series(series)
        if len(chart["series"]) == 1:
            drawn.set_legend({"none": True})
        sheet.page.insert_chart(place, drawn)

    def close(self, statement, private):
        """Write the seal's sheet and the file; return what was sealed."""
        told = {**self.notes, **statement, "sheets": self._sealed}
        page = self._book.add_worksheet(SHEET)
        page.set_column(0, 0, 24)
        page.set_column(2, 2, 68)
        for number, row in enumerate(seal_rows(told, private)):
            page.write_row(number, 0, row)
        page.protect()
        self._book.close()
        return told

    def abandon(self):
        """Give up: nothing of the file stays."""
        with contextlib.suppress(Exception):
            self._book.close()

    def _new_page(self, title):
        """Return a new worksheet under a name that is free and that workbooks allow."""
        name, number = NO_NAME.sub(" ", title)[:31].strip("' ") or "Sheet", 1
        while name.lower() in self._names:
            number += 1
            ending = f" ({number})"
            name = NO_NAME.sub(" ", title)[: 31 - len(ending)].strip("' ") + ending
        self._names.add(name.lower())
        page = self._book.add_worksheet(name)
        page.set_header(f"&L{self._header}&R&A")
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return page


class _Sheet:
    """One sheet, and those that go on where it is full."""

    def __init__(self, book, title, columns):
        self._book, self._title, self._columns = book, title, columns
        self._begin()

    def _begin(self):
        book = self._book
        self.page = book._new_page(self._title)
        self._digest, self._row = SheetDigest(), 0
        self.page.freeze_panes(2, 1)
        self.page.repeat_rows(0, 1)
        for place, column in enumerate(self._columns):
            self.page.set_column(place, place, WIDTHS[column.kind])
        self._write([column.label for column in self._columns], book._heading)
        self._write([column.code for column in self._columns], book._code)

    def add(self, values):
        """Write the next row; a value of None or "" is an empty cell."""
        if self._row >= FULL:
            self.finish()
            self._begin()
        self._write(values)
        self._book.rows += 1

    def finish(self):
        """Close the sheet: filters over all rows, its digest to the seal."""
        self.page.autofilter(1, 0, max(1, self._row - 1), max(0, len(self._columns) - 1))
        sealed = {"name": self.page.get_name(), "rows": self._digest.rows, "digest": self._digest.hex()}
        self._book._sealed.append(sealed)

    def _write(self, values, style=None):
        page, row, formats = self.page, self._row, self._book._formats
        written = [fit(value) for value in values]
        for place, value in enumerate(written):
            if value is None or value == "":
                continue
            look = style or formats.get(self._columns[place].kind)
            if isinstance(value, str):
                page.write_string(row, place, value, look)
            elif isinstance(value, datetime.date):
                page.write_datetime(row, place, value, look)
            else:
                page.write_number(row, place, value, look)
        self._digest.add(written)
        self._row += 1


def fit(value):
    """Return a value as a cell can hold it: signs that no workbook holds go, too long a text is cut."""
    if isinstance(value, str):
        value = UNFIT.sub("", value)
        return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return value
