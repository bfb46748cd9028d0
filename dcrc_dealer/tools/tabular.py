"""Any list that a dealer's DMS exports, as rows of text.

How to use::

    table = read_table(data)            # bytes of a .csv, .xlsx or .xls
    for line, cells in table.rows():    # line counts from 1, as the file shows it
        ...

Cells are text whatever the file keeps: a whole number loses its ``.0``, a day is
``2026-10-03``, a moment ``2026-10-03 14:05:00``, an empty cell ``""``. Nothing is
evaluated. What can't be read raises `TableError` with a code for the reader's
words: ``empty``, ``too_big``, ``wrong_kind``, ``web_page``, ``password``,
``zip_bomb``, ``broken``, ``encoding``, ``quotes``.
"""

import csv
import io

DEFAULT_LIMIT = 30 * 1024 * 1024
DELIMITERS = ",;\t"
SNIFF = 64 * 1024
LINES_IN_CELL = 30  # more line breaks in one cell mean a quote that nobody closed
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = frozenset(range(32)) - set(b"\t\n\r\x0b\x0c\x1b\x1a")


class TableError(Exception):
    """A file that can't be read; ``code`` says why, ``params`` with which figures."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


class Table:
    """A readable list: ``kind`` (csv, xlsx, xls), ``encoding``, ``delimiter``, ``sheets``."""

    def __init__(self, kind, rows_of, sheets=("",), encoding="", delimiter=""):
        self.kind = kind
        self.sheets = list(sheets)
        self.encoding = encoding
        self.delimiter = delimiter
        self._rows_of = rows_of

    def rows(self, sheet=0):
        """Yield ``(line, [text, …])`` of a sheet by its place, blank lines left out."""
        for line, cells in self._rows_of(sheet):
            if any(cells):
                yield line, cells


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
    return _open_text(data)


def table_of_rows(rows):
    """Return a `Table` of dictionaries, as a DMS pushes them: one row a dictionary."""
    header = list(dict.fromkeys(key for row in rows for key in row))
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


def _open_text(data):
    encoding = _find_encoding(data)
    head = io.TextIOWrapper(io.BytesIO(data), encoding, newline="").read(SNIFF)
    start = head.lstrip().lower()
    if start.startswith(("<html", "<!doctype", "<?xml", "<table", "<meta", "<style")):
        raise TableError("web_page")
    delimiter = _find_delimiter(head)

    def rows_of(_sheet):
        return _text_rows(data, encoding, delimiter)

    return Table("csv", rows_of, encoding=encoding.removesuffix("-sig"), delimiter=delimiter)


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
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    reader = csv.reader(stream, delimiter=delimiter)
    line = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError("quotes", line=line) from error
        if cells is None:
            return
        if reader.line_num - line > LINES_IN_CELL:
            raise TableError("quotes", line=line)
        yield line, [cell.replace("\0", "").strip() for cell in cells]
