"""Excel workbooks behind `tabular.read_table`: guarded first, then read by calamine.

calamine unpacks the whole workbook and keeps a sheet as one rectangle, so what a
hostile or broken file claims is checked before it gets the file: the unpacked
size is counted by unpacking (a declared size may lie), and the rectangle that a
sheet's outermost cells span must be of a sane size. What gets past these guards
meets the limits of the process it is read in (`reader_child`); they are here for
the words.
"""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

import python_calamine

UNPACKED_LIMIT = 512 * 1024 * 1024
RATIO_LIMIT = 150  # a list of texts packs about 10:1
RATIO_FROM = 16 * 1024 * 1024
CELLS_LIMIT = 24_000_000  # a thirteenth cell in the last line of a sheet is no bomb
EXACT = 10**15  # Excel keeps fifteen digits: of a larger number the rest is made up
CHUNK = 1024 * 1024
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
ZIP_MAGIC = b"PK\x03\x04"
LOCAL_HEADER = 30
# A cell with something in it; in a blank one (``<c …/>``) nothing is kept.
CELL_REF = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']\$?([A-Za-z]{0,9})\$?(\d{1,12})["'][^<>]*?(?<!/)>""")
DATE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\s[^>]*?\bdate1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
XLS_DATE_1904 = b"\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00"  # DATEMODE, before PRECISION


def open_workbook(data, table_class, error):
    """Return a table of ``data``; raise ``error(code)`` when it can't or shouldn't be read."""
    kind = "xlsx" if data.startswith(ZIP_MAGIC) else "xls"
    date1904 = (_check_package if kind == "xlsx" else _check_compound)(data, error)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = _visible_first(book)
    except python_calamine.PasswordError as problem:
        raise error("password") from problem
    except Exception as problem:  # calamine has an exception class per broken part
        raise error("broken") from problem
    if not sheets:
        raise error("empty")

    def rows_of(place):
        try:
            sheet = book.get_sheet_by_name(sheets[place])
        except Exception as problem:
            raise error("broken") from problem
        start = sheet.start[0] if sheet.start else 0
        for line, cells in enumerate(sheet.iter_rows(), 1):
            if line > start and any(cell != "" for cell in cells):
                yield line, [cell_text(cell) for cell in cells]

    return table_class(kind, rows_of, sheets=sheets, date1904=date1904)


def cell_text(value):
    """Return a workbook's value as text (see `tabular`)."""
    if isinstance(value, str):
        return value.replace("\0", "").strip()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if abs(value) >= EXACT:
            return f"{value:.15g}"  # in scientific notation: its last digits are not known
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _visible_first(book):
    shown = python_calamine.SheetVisibleEnum.Visible
    metas = [m for m in book.sheets_metadata if m.typ == python_calamine.SheetTypeEnum.WorkSheet]
    return [meta.name for meta in sorted(metas, key=lambda meta: meta.visible != shown)]


def _check_compound(data, error):
    """Refuse what is no workbook; return whether its days count from 1904."""
    if ENCRYPTED in data:
        raise error("password")
    if not any(stream in data for stream in XLS_STREAMS):
        raise error("wrong_kind")
    return XLS_DATE_1904 in data


def _check_package(data, error):
    """Refuse what is no workbook, and what would burst; return whether its days count from 1904."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        raise error("broken") from problem
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise error("wrong_kind")
    if len(names) != len(entries) or any(entry.flag_bits & 1 for entry in entries):
        raise error("broken")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise error("zip_bomb")
    unpacked = 0
    for entry in entries:
        unpacked += _unpacked_size(data, entry, UNPACKED_LIMIT - unpacked, error)
    book = next(entry for entry in entries if entry.filename == "xl/workbook.xml")
    return bool(DATE_1904.search(b"".join(_unpack(data, book, error))))


def _unpacked_size(data, entry, room, error):
    """Return an entry's true size, looking at its cells' places on the way."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise error("wrong_kind")
    extent = _Extent(error) if entry.filename.startswith("xl/worksheets/") else None
    size = 0
    for block in _unpack(data, entry, error):
        size += len(block)
        if size > room or (size > RATIO_FROM and size > RATIO_LIMIT * max(entry.compress_size, 1)):
            raise error("zip_bomb")
        if extent:
            extent.feed(block)
    return size


def _unpack(data, entry, error):
    """Yield the entry's content in blocks, never more than one block in memory."""
    head = data[entry.header_offset : entry.header_offset + LOCAL_HEADER]
    if len(head) < LOCAL_HEADER:
        raise error("broken")
    start = entry.header_offset + LOCAL_HEADER
    start += int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[i : i + CHUNK]) for i in range(0, len(packed), CHUNK))
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        block = inflate.decompress(packed, CHUNK)
        while block:
            yield block
            block = inflate.decompress(inflate.unconsumed_tail, CHUNK)
    except zlib.error as problem:
        raise error("broken") from problem


class _Extent:
    """The rectangle that a sheet's cells span, read from their references as they pass."""

    def __init__(self, error):
        self.error = error
        self.rest = b""
        self.columns = self.lines = 0

    def feed(self, block):
        text = self.rest + block
        for letters, number in CELL_REF.findall(text):
            self.lines = max(self.lines, int(number))
            if letters:
                self.columns = max(self.columns, _column(letters.upper()))
        # a tag cut in two by the blocks is looked at whole the next time
        self.rest = text[max(text.rfind(b"<"), len(text) - 512) :]
        if self.columns * self.lines > CELLS_LIMIT:
            raise self.error("far_cell")


def _column(letters):
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place
