"""Cells of a list as people and programs write them: text, days, moments, numbers.

Every function takes the text of a cell and returns ``(value, error)``; an empty
cell is ``(None, None)`` (text: ``("", None)``). Nothing is evaluated: a text that
looks like a formula stays the text it is.

How to use::

    >>> parse_date("2026年10月3日")
    (datetime.date(2026, 10, 3), None)
    >>> parse_date("2026-02-30")
    (None, 'date_impossible')
    >>> parse_integer("12,345 公里")
    (12345, None)
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

EXCEL_EPOCH = datetime(1899, 12, 30)
SERIAL_MIN, SERIAL_MAX = 20000, 80000  # 1954-10-03 … 2119-01-09
YEAR_MIN, YEAR_MAX = 1900, 2150
EMPTY = {"", "-", "--", "/", "\\", "无", "null", "none", "n/a", "nan", "0000-00-00"}
TRUE_WORDS = {"是", "有", "y", "yes", "true", "1", "√", "✓", "已预约", "预约"}
FALSE_WORDS = {"否", "无", "n", "no", "false", "0", "×", "未预约", "非预约"}

DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[\sT]|\d{4,6}$)")
CLOCK = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})?)?\s*(?:\.\d+)?\s*秒?")
HALF_DAY = {"上午": 0, "凌晨": 0, "am": 0, "下午": 12, "晚上": 12, "pm": 12}
IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})(?!\d)")
NUMBER = re.compile(r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
UNITS = re.compile(r"(?:公里|千米|km|元|¥|￥|rmb|cny|圆)", re.IGNORECASE)


def fold(text):
    """Return ``text`` half-width, without control signs and outer blanks, inner blanks single."""
    text = str(text or "")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def clean_text(text):
    """Return a cell's text as it is, less control signs and outer blanks."""
    text = str(text or "")
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return text.strip().strip("\u3000\ufeff\u200b").strip()


def clean_name(text):
    """Return a person's or firm's name; a formula's text stays exactly what it is."""
    name = clean_text(text)
    return name if name.startswith("=") else " ".join(name.split())


def name_key(text):
    """Return what two spellings of one name have in common (blanks and width apart)."""
    return fold(text).replace(" ", "").casefold()


def is_empty(text):
    """Whether a cell says nothing (empty, a dash, 无, NULL)."""
    return fold(text).casefold() in EMPTY


def parse_date(text):
    """Return ``(date, error)``; ``error`` is ``date_impossible`` or ``date_unknown``."""
    moment, error = parse_datetime(text)
    return (moment.date() if moment else None), error


def parse_datetime(text):
    """Return ``(datetime, error)``: naive, in the writer's own zone.

    Reads ``2026-10-03``, ``2026/10/3``, ``2026.10.3``, ``20261003``,
    ``2026年10月3日``, each with or without a time of day, and Excel's serial
    numbers. A day that no calendar has is ``date_impossible``.
    """
    if is_empty(text):
        return None, None
    text = fold(text)
    match = DATE.match(text) or COMPACT.match(text)
    if not match:
        return _from_serial(text)
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None, "date_impossible"
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        return None, "date_impossible"
    clock, error = _parse_clock(text[match.end() :])
    return (None, error) if error else (datetime.combine(day, clock), None)


def _from_serial(text):
    try:
        serial = float(text)
    except ValueError:
        return None, "date_unknown"
    if not SERIAL_MIN <= serial <= SERIAL_MAX:
        return None, "date_unknown"
    # Excel keeps a day as a fraction: whole seconds are what was meant
    return EXCEL_EPOCH + timedelta(seconds=round(serial * 86400)), None


def _parse_clock(text):
    text = text.strip().lstrip("T,").strip().casefold()
    if not text:
        return time(), None
    if text.isdigit() and len(text) in (4, 6):
        text = ":".join(text[i : i + 2] for i in range(0, len(text), 2))
    match = CLOCK.search(text)
    if not match:
        return None, "date_unknown"
    hour, minute, second = (int(part or 0) for part in match.groups())
    shift = next((hours for word, hours in HALF_DAY.items() if word in text), None)
    if shift is not None and hour <= 12:
        hour = hour % 12 + shift
    try:
        return time(hour, minute, second), None
    except ValueError:
        return None, "date_impossible"


def date_in_name(name):
    """Return the day that a file's name carries (``sales_20261120.csv``), or None."""
    for match in IN_NAME.finditer(name):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
    return None


def parse_number(text):
    """Return ``(float, error)``; units, blanks and thousands' commas are left out."""
    if is_empty(text):
        return None, None
    bare = UNITS.sub("", fold(text)).replace(" ", "").replace(",", "").replace("−", "-")
    factor = 10000 if bare.endswith("万") else 1
    bare = bare.removesuffix("万")
    if not NUMBER.fullmatch(bare):
        return None, "number_unknown"
    return float(bare) * factor, None


def parse_integer(text):
    """Return ``(int, error)``, rounded to the nearest whole number."""
    number, error = parse_number(text)
    if number is not None and abs(number) > 10**15:
        return None, "number_unknown"
    return (None if number is None else round(number)), error


def parse_flag(text):
    """Return ``(bool, error)`` of a yes/no cell; ``flag_unknown`` for another word."""
    word = fold(text).casefold()
    if word in TRUE_WORDS:
        return True, None
    if word in FALSE_WORDS:
        return False, None
    return None, None if word in EMPTY else "flag_unknown"
