"""Any list that a dealer's DMS exports, as rows of text.

How to use::

    table = read_table(data)            # bytes of a .csv, .xlsx or .xls, whatever it really is
    for line, cells in table.rows():    # line counts from 1, as the file shows it
        ...

Servers don't call this: they read apart (see `reader`). Cells are text whatever the
file keeps: a whole number loses its ``.0``, a day is ``2026-10-03``, a moment
``2026-10-03 14:05:00``, an empty cell ``""``; what only keeps Excel from guessing
(``="…"``, a leading apostrophe) and signs without width are gone (`cells.bare`).
Nothing is evaluated. What can't be read raises `TableError` with a code for the
reader's words: ``empty``, ``too_big``, ``too_wide``, ``too_long``, ``wrong_kind``,
``web_page``, ``password``, ``zip_bomb``, ``far_cell``, ``entities``, ``broken``,
``encoding``, ``quotes``.
"""

import csv
import io
import re

from .cells import bare

DEFAULT_LIMIT = 30 * 1024 * 1024
DELIMITERS = ",;\t"
SNIFF = 64 * 1024
LINES_IN_CELL = 200  # more line breaks in one cell mean a quote that nobody closed
LIKE_ROWS = 2  # and so do lines in it that are split like rows of the list
COLUMNS_LIMIT = 1000
ROWS_LIMIT = 1_048_576  # as many as Excel has
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = frozenset(range(32)) - set(b"\t\n\r\x0b\x0c\x1b\x1a")
MARKUP = re.compile(r"<(?:!|\?|[a-z])", re.IGNORECASE)
TABLE_TAG, ROW_TAG = (re.compile(rf"<{tag}[\s>]", re.IGNORECASE) for tag in ("table", "t[dhr]"))
SPREADSHEET = re.compile(r"<(?:\w+:)?Workbook[\s>]")
MULTIPART = re.compile(rb"\s*(?:MIME-Version:|Content-Type:\s*multipart/)", re.IGNORECASE)


class TableError(Exception):
    """A file that can't be read; ``code`` says why, ``params`` with which figures."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


class Table:
    """A readable list: ``kind`` (csv, xlsx, xls, html, xml, mht), ``encoding``, ``delimiter``, ``sheets``.

    ``date1904``: its numbers of days count from 1904, as old workbooks of a Mac do.
    """

    def __init__(self, kind, rows_of, sheets=("",), encoding="", delimiter="", date1904=False):
        self.kind = kind
        self.sheets = list(sheets)
        self.encoding = encoding
        self.delimiter = delimiter
        self.date1904 = date1904
        self._rows_of = rows_of

    def rows(self, sheet=0):
        """Yield ``(line, [text, …])`` of a sheet by its place, blank lines left out."""
        for count, (line, cells) in enumerate(filter(_has_text, self._rows_of(sheet))):
            if len(cells) > COLUMNS_LIMIT:
                cells = cells[: max(place for place, text in enumerate(cells) if text) + 1]
            if len(cells) > COLUMNS_LIMIT:
                raise TableError("too_wide", limit=COLUMNS_LIMIT)
            if count > ROWS_LIMIT:
                raise TableError("too_long", limit=ROWS_LIMIT)
            yield line, [bare(cell) for cell in cells]


def _has_text(row):
    return any(row[1])


def check_size(size, limit=DEFAULT_LIMIT):
    """Refuse by its size alone what should not even be read."""
    if not size:
        raise TableError("empty")
    if size > limit:
        raise TableError("too_big", size=round(size / 1048576, 1), limit=round(limit / 1048576, 1))


def read_table(data, limit=DEFAULT_LIMIT):
    """Return the `Table` in ``data`` (bytes), recognised by its content, not by its name."""
    check_size(len(data), limit)
    if not data.strip():
        raise TableError("empty")
    if data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        # workbooks are another engine; loading it costs nothing to whoever has text
        from .workbook import open_workbook

        return open_workbook(data, Table, TableError)
    if data.startswith(OTHER_MAGIC):
        raise TableError("wrong_kind")
    if MULTIPART.match(data.removeprefix(BOMS[0][0])):
        from .markup import open_multipart

        return open_multipart(data, decode, Table, TableError)
    return _open_text(data)


def table_of_rows(rows):
    """Return a `Table` of dictionaries, as a DMS pushes them: one row a dictionary."""
    header = {}
    for row in rows:
        header.update(dict.fromkeys(row))
        if len(header) > COLUMNS_LIMIT:
            raise TableError("too_wide", limit=COLUMNS_LIMIT)
    if not header:
        raise TableError("empty")

    def rows_of(_sheet):
        yield 1, [str(key) for key in header]
        for line, row in enumerate(rows, 2):
            yield line, [_plain(row.get(key)) for key in header]

    return Table("rows", rows_of)


def _plain(value):
    if value is None or value is False:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def decode(data):
    """Return ``(text, encoding)`` of a text file."""
    encoding = _find_encoding(data)
    return data.decode(encoding), encoding


def _open_text(data):
    encoding = _find_encoding(data)
    head = io.TextIOWrapper(io.BytesIO(data), encoding, newline="").read(SNIFF)
    tabular = _has_table(head)
    if tabular or MARKUP.match(head.lstrip()):
        from .markup import open_html, open_spreadsheet

        if SPREADSHEET.search(head):
            return open_spreadsheet(data.decode(encoding), Table, TableError)
        text = data.decode(encoding)
        if tabular or _has_table(text):
            return open_html(text, Table, encoding)
        raise TableError("web_page")
    delimiter = _find_delimiter(head)

    def rows_of(_sheet):
        return _text_rows(data, encoding, delimiter)

    return Table("csv", rows_of, encoding=encoding.removesuffix("-sig"), delimiter=delimiter)


def _has_table(text):
    """Whether a row of a table in markup stands in a text."""
    table = TABLE_TAG.search(text)
    return bool(table and ROW_TAG.search(text, table.end()))


def _find_encoding(data):
    """Return the codec that reads all of ``data``."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            if _decodes(data, encoding):
                return encoding
            raise TableError("encoding")
    if len(CONTROL.intersection(data[:SNIFF])) > 1 or b"\0" in data[:SNIFF]:
        raise TableError("wrong_kind")
    for encoding in ("utf-8", "gb18030"):
        if _decodes(data, encoding):
            return encoding
    raise TableError("encoding")


def _decodes(data, encoding):
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    if encoding.startswith("utf-"):
        return True  # signs for private use stand there because somebody wrote them: rare names
    # GB18030 maps much of what is none to signs for private use
    private = sum("\ue000" <= c <= "\uf8ff" for c in text[:SNIFF])
    return private * 50 <= min(len(text), SNIFF)


def _find_delimiter(head):
    """Return the sign that splits most lines into the same number of cells."""
    best = (0, 0, ",")
    for rank, delimiter in enumerate(DELIMITERS):
        try:
            lines = list(csv.reader(io.StringIO(head[:8192], newline=""), delimiter=delimiter))[:11]
        except csv.Error:
            continue
        widths = [len(line) for line in lines[:10] if line]
        if widths:
            width = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w))
            best = max(best, (width * widths.count(width) if width > 1 else 1, -rank, delimiter))
    return best[2]


def _text_rows(data, encoding, delimiter):
    stream = _Lines(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
    reader = csv.reader(stream, delimiter=delimiter)
    width = 0
    while True:
        line = reader.line_num + 1
        stream.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError("quotes", line=line) from error
        if cells is None:
            return
        width = width or len(cells)
        if len(stream.taken) > 1 and _is_open(stream.taken, cells, delimiter, width):
            raise TableError("quotes", line=line)
        yield line, [cell.replace("\0", "").strip() for cell in cells]


class _Lines:
    """A file's lines, those of the present row kept."""

    def __init__(self, stream):
        self.stream = stream
        self.taken = []

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self.stream)
        if len(self.taken) <= LINES_IN_CELL + 1:
            self.taken.append(line)
        return line


def _is_open(lines, cells, delimiter, width):
    """Whether a row of several lines is one because a quotation mark was never closed.

    A remark may have a hundred lines; an open quote swallows rows of the list up to the
    next quote or the end.
    """
    if len(lines) > LINES_IN_CELL:
        return True
    least = max(width - 1, 2)
    if any(sum(part.count(delimiter) >= least for part in cell.splitlines()) >= LIKE_ROWS for cell in cells):
        return True
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
