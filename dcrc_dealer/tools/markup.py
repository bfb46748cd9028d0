"""Tables in markup that many systems call .xls: web pages, MHTML, SpreadsheetML 2003.

Read as a stream of tags by the standard library: nothing is fetched, no entity of the
file's own is expanded (a file that defines one is refused), no script is run. Cells that
span several columns stand in the first, those that span several lines in each of them.
"""

import email
import email.policy
import re
from html.parser import HTMLParser
from xml.parsers import expat

SPAN_LIMIT = 1000
LINES_DOWN = 1000
CHUNK = 256 * 1024
BLANKS = re.compile(r"[ \t\r\n]+")
SILENT = {"script", "style", "head", "title", "xml", "noframes"}
VOID_SILENT = {"head"}  # its end is often missing: a table begins, so it has ended
MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?$")


def open_html(text, table_class, encoding=""):
    """Return the table of a page; all its tables stand one below the other."""

    def rows_of(_sheet):
        return _html_rows(text)

    return table_class("html", rows_of, encoding=encoding.removesuffix("-sig"))


def open_multipart(data, decode, table_class, error):
    """Return the table of a web archive (MHTML): each page with a table is a sheet."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        if part.get_content_maintype() == "text" and part.get_content_subtype() in ("html", "xml", "plain"):
            text = decode(part.get_payload(decode=True) or b" ")[0]
            if re.search(r"<t[dh][\s>]", text, re.IGNORECASE):
                pages.append((part.get("Content-Location", "").rpartition("/")[2], text))
    if not pages:
        raise error("web_page")

    def rows_of(place):
        return _html_rows(pages[place][1])

    return table_class("mht", rows_of, sheets=[name for name, _text in pages])


def open_spreadsheet(text, table_class, error):
    """Return the table of a workbook saved as XML (SpreadsheetML 2003)."""
    reader = _Spreadsheet(error)
    reader.take(text)
    if not reader.sheets:
        raise error("empty")

    def rows_of(place):
        return iter(reader.sheets[place][1])

    return table_class(
        "xml", rows_of, sheets=[name for name, _rows in reader.sheets], encoding="utf-8", date1904=reader.date1904
    )


def _html_rows(text):
    reader = _Page()
    for start in range(0, len(text), CHUNK):
        reader.feed(text[start : start + CHUNK])
        yield from reader.take()
    reader.close()
    reader.finish()
    yield from reader.take()


def _number(text, limit):
    """A span or place that an attribute tells, at least 1."""
    digits = (text or "").strip()
    return min(max(int(digits), 1), limit) if digits.isdigit() and len(digits) < 9 else 1


class _Page(HTMLParser):
    """Gathers the rows of a page's tables, those of a table within a cell as rows of their own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows = []
        self.line = 0
        self.stack = []  # of tables: [cells or None, text parts or None, span, spans down]
        self.silent = None

    def take(self):
        """Hand over the rows that are complete."""
        rows, self.rows = self.rows, []
        return rows

    def finish(self):
        """Close what the page left open."""
        while self.stack:
            self._end_row()
            self.stack.pop()

    def handle_starttag(self, tag, attrs):
        if self.silent in VOID_SILENT and tag in ("body", "table"):
            self.silent = None
        if tag in SILENT:
            self.silent = self.silent or tag
        elif tag == "table":
            self.stack.append(_Open())
        elif self.stack:
            self._in_table(tag, dict(attrs))

    def _in_table(self, tag, attrs):
        top = self.stack[-1]
        if tag == "tr":
            self._end_row()
            top.cells = []
        elif tag in ("td", "th"):
            if top.cells is None:
                top.cells = []
            top.end_cell()
            top.begin_cell(_number(attrs.get("colspan"), SPAN_LIMIT), _number(attrs.get("rowspan"), LINES_DOWN))
        elif tag in ("br", "p", "div") and top.parts:
            top.parts.append("\n")

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = None
        elif self.stack and tag in ("tr", "table"):
            self._end_row()
            if tag == "table":
                self.stack.pop()
        elif self.stack and tag in ("td", "th"):
            self.stack[-1].end_cell()

    def handle_data(self, data):
        if self.stack and not self.silent and self.stack[-1].parts is not None:
            self.stack[-1].parts.append(BLANKS.sub(" ", data))

    def _end_row(self):
        cells = self.stack[-1].end_row()
        if cells is not None:
            self.line += 1
            self.rows.append((self.line, cells))


class _Open:
    """A table that is being read: the cells of its present row, and those that reach down into it."""

    def __init__(self):
        self.cells = self.parts = None
        self.span = self.down = 1
        self.reaching = {}  # column -> [text, lines left]

    def begin_cell(self, span, down):
        self._fill()
        self.parts, self.span, self.down = [], span, down

    def end_cell(self):
        if self.parts is None:
            return
        text = "\n".join(line.strip() for line in "".join(self.parts).split("\n")).strip()
        if self.down > 1:
            self.reaching[len(self.cells)] = [text, self.down - 1]
        self.cells += [text] + [""] * (self.span - 1)
        self.parts = None

    def end_row(self):
        """Return the row's cells, None when none was open."""
        if self.cells is None:
            return None
        self.end_cell()
        self._fill()
        cells, self.cells = self.cells, None
        return cells

    def _fill(self):
        """Repeat what reaches down from a line above, as far as it stands next."""
        while reaching := self.reaching.get(len(self.cells)):
            if reaching[1] == 1:
                del self.reaching[len(self.cells)]
            reaching[1] -= 1
            self.cells.append(reaching[0])


class _Spreadsheet:
    """Gathers the rows of a workbook in XML; prefixes are taken as they usually stand."""

    def __init__(self, error):
        self.error = error
        self.sheets = []
        self.date1904 = False
        self.cells, self.text, self.kind = [], None, ""
        self.line = 0

    def take(self, text):
        """Read the whole workbook."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        # the text is decoded already: a declaration of another encoding is not true any more
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1)
        try:
            for start in range(0, len(text), CHUNK):
                parser.Parse(text[start : start + CHUNK].encode("utf-8", "replace"))
            parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise self.error("broken") from problem

    def _refuse(self, *_args):
        raise self.error("entities")

    def _start(self, name, attrs):
        attrs = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        tag = name.rpartition(":")[2]
        if tag == "Worksheet":
            self.sheets.append((attrs.get("Name", ""), []))
            self.line = 0
        elif tag == "Row":
            self.line = max(self.line + 1, _number(attrs.get("Index"), 10**8))
            self.cells = []
        elif tag == "Cell":
            self._place(attrs)
        elif tag == "Data":
            self.text, self.kind = [], attrs.get("Type", "")
        elif tag == "Date1904":
            self.date1904 = True

    def _place(self, attrs):
        place = _number(attrs.get("Index"), 10**6)
        if place > 20_000:
            raise self.error("far_cell")
        self.cells += [""] * (place - 1 - len(self.cells))
        self.cells.append("")
        self.across = _number(attrs.get("MergeAcross"), SPAN_LIMIT) if attrs.get("MergeAcross", "0") != "0" else 0

    def _data(self, text):
        if self.text is not None:
            self.text.append(text)

    def _end(self, name):
        tag = name.rpartition(":")[2]
        if tag == "Data" and self.text is not None and self.cells:
            self.cells[-1] = _as_text("".join(self.text).strip(), self.kind)
            self.text = None
        elif tag == "Cell":
            self.cells += [""] * self.across
        elif tag == "Row" and self.sheets and any(self.cells):
            self.sheets[-1][1].append((self.line, self.cells))


def _as_text(text, kind):
    if kind == "DateTime":
        return re.sub(r"(\d)T(\d)", r"\1 \2", MIDNIGHT.sub("", text)).removesuffix(".000")
    if kind == "Number":
        return text.removesuffix(".0")
    return text
