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

import contextlib
import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

EXCEL_EPOCH = datetime(1899, 12, 30)
EPOCH_1904 = timedelta(days=1462)
SERIAL_MIN, SERIAL_MAX = 20000, 80000  # 1954-10-03 … 2119-01-09
YEAR_MIN, YEAR_MAX = 1900, 2150
EMPTY = {"", "-", "--", "---", "/", "//", "\\", "—", "——", "–", "无", "null", "none", "n/a", "nan", "0000-00-00"}
TRUE_WORDS = {"是", "有", "y", "yes", "true", "1", "√", "✓", "已预约", "预约"}
FALSE_WORDS = {"否", "无", "n", "no", "false", "0", "×", "未预约", "非预约"}

DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[\sT]|\d{4,6}$)")
CLOCK = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})?)?\s*(?:\.\d+)?\s*秒?")
HALF_DAY = {"上午": 0, "凌晨": 0, "am": 0, "下午": 12, "晚上": 12, "pm": 12}
IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})(?!\d)")
NUMBER = re.compile(r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
SCIENTIFIC = re.compile(r"[-+]?(\d)(?:\.(\d*))?e\+?(\d{1,3})", re.IGNORECASE)
KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
ZONE = re.compile(r"(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?)$", re.IGNORECASE)
NOT_SHOWN = frozenset(("Cc", "Cs", "Zl", "Zp"))
DOTS = "·•・‧．.･∙⋅ᐧ‐-·"
TITLES = ("先生", "女士", "小姐", "太太", "夫人")
BRACKETS = "()（）[]【】〔〕「」『』<>《》〈〉{}"
MASKED = re.compile(r"[*＊﹡✱∗×]|某某?$|(?<=\d)[xX#]{2,}")
UNITS = re.compile(r"(?:公里|千米|km|元|¥|￥|rmb|cny|圆)", re.IGNORECASE)

SPELLING = frozenset(f" {DOTS}{BRACKETS}")


def bare(text):
    """Return a cell's text without what no reader sees: signs of no width, and what keeps Excel from guessing.

    >>> bare('="13900000001"'), bare("'渝B00001\\t"), bare("139\\u200b0000")
    ('13900000001', '渝B00001', '1390000')
    """
    text = text.strip()
    if not text.isascii() and not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs")).strip()
    if text[:1] in ("=", "'") and text:
        kept = KEPT_AS_TEXT.fullmatch(text)
        text = kept[1].replace('""', '"').strip() if kept else text[text[0] == "'" :].strip()
    return text


def is_text(value):
    """Whether a value is text that can be kept: no NUL, no half of a character."""
    return isinstance(value, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)


def _shown(text, instead=" "):
    """Return ``text`` without signs that can't be shown; rare and private characters stay."""
    if text.isprintable():
        return text
    kinds = ((c, unicodedata.category(c)) for c in text)
    return "".join(instead if kind in NOT_SHOWN else c for c, kind in kinds if kind != "Cf")


def fold(text):
    """Return ``text`` half-width, without control signs and outer blanks, inner blanks single."""
    text = str(text or "")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_shown(text).split())


def clean_text(text):
    """Return a cell's text as it is, less control signs and outer blanks."""
    text = str(text or "")
    if not text.isprintable():
        text = "\n".join(_shown(line) for line in text.splitlines())
    return text.strip()


def clean_name(text):
    """Return a person's or firm's name; a formula's text stays exactly what it is."""
    name = clean_text(text)
    return name if name.startswith("=") else " ".join(name.split())


def name_key(text):
    """Return what spellings of one name have in common.

    Blanks, width, brackets, the dots within a minority's name and a title behind it make
    no other person; a title stays where only the family's name stands before it.

    >>> name_key("买买提 • 阿不都（先生）") == name_key("买买提·阿不都")
    True
    >>> name_key("王先生") == name_key("王女士")
    False
    """
    key = fold(text).casefold()
    if not key.isalnum():
        key = "".join(c for c in key if c not in SPELLING)
    for title in TITLES:
        if key.endswith(title) and len(key) - len(title) > 1:
            return key.removesuffix(title)
    return key


def is_masked(text):
    """Whether a name or number was made unreadable on purpose (王*国, 139****0001)."""
    return bool(MASKED.search(fold(text)))


def is_empty(text):
    """Whether a cell says nothing (empty, a dash, 无, NULL)."""
    return fold(text).casefold() in EMPTY


def day_of(text):
    """Return the day that a cell begins with as ``2026-10-03``, whether or not there is such a day; else ""."""
    text = fold(text)
    match = DATE.match(text) or COMPACT.match(text)
    return "{:0>4}-{:0>2}-{:0>2}".format(*match.groups()) if match else ""


def parse_date(text, zone=None, date1904=False):
    """Return ``(date, error)``; ``error`` is ``date_impossible`` or ``date_unknown``."""
    moment, error = parse_datetime(text, zone, date1904)
    return (moment.date() if moment else None), error


def parse_datetime(text, zone=None, date1904=False):
    """Return ``(datetime, error)``: naive, in the writer's own zone.

    A moment that names its zone (``…T01:00:00Z``, ``+08:00``) is told in ``zone`` (tzinfo),
    where one is given. Numbers of days count from 1904 where the workbook so says.
    Reads ``2026-10-03``, ``2026/10/3``, ``2026.10.3``, ``20261003``,
    ``2026年10月3日``, each with or without a time of day, and Excel's serial
    numbers. A day that no calendar has is ``date_impossible``.
    """
    if is_empty(text):
        return None, None
    text = fold(text)
    match = DATE.match(text) or COMPACT.match(text)
    if not match:
        return _from_serial(text, date1904)
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None, "date_impossible"
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        return None, "date_impossible"
    rest, shift = _split_zone(text[match.end() :])
    clock, error = _parse_clock(rest)
    if error:
        return None, error
    moment = datetime.combine(day, clock)
    if zone and shift is not None:
        moment = (moment - shift).replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)
    return moment, None


def _split_zone(text):
    """Return ``(clock, shift)``: what stands before a zone, and how far that is from UTC (None: no zone)."""
    match = ZONE.search(text.strip()) if ":" in text else None
    if not match:
        return text, None
    _utc, sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return text.strip()[: match.start()], -shift if sign == "-" else shift


def _from_serial(text, date1904=False):
    try:
        serial = float(text)
    except ValueError:
        return None, "date_unknown"
    if not SERIAL_MIN <= serial <= SERIAL_MAX:
        return None, "date_unknown"
    # Excel keeps a day as a fraction: whole seconds are what was meant
    return EXCEL_EPOCH + timedelta(seconds=round(serial * 86400)) + date1904 * EPOCH_1904, None


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


def date_in_name(name, latest=date.max):
    """Return the day that a file's name carries (``sales_20261120.csv``), of two the later; or None."""
    days = []
    for match in IN_NAME.finditer(name):
        with contextlib.suppress(ValueError):
            days.append(date(*(int(part) for part in match.groups())))
    return max((day for day in days if day <= latest), default=None)


def lost_digits(text):
    """Whether a number stands in scientific notation with fewer digits than it has (2.02611E+13).

    >>> lost_digits("1.39E+10"), lost_digits("1.3900000001E+10"), lost_digits("13900000001")
    (True, False, False)
    """
    match = SCIENTIFIC.fullmatch(fold(text))
    return bool(match) and len(match[2] or "") < int(match[3])


def in_full(text):
    """Return an exact number in scientific notation with all its digits, any other text as it is.

    >>> in_full("1.3900000001E+10"), in_full("WX1E10")
    ('13900000001', 'WX1E10')
    """
    match = SCIENTIFIC.fullmatch(fold(text)) if "+" in text else None
    if not match or lost_digits(text):
        return text
    digits, point = match[1] + (match[2] or ""), int(match[3]) + 1
    return digits[:point] + ("." + digits[point:] if digits[point:].strip("0") else "")


def parse_number(text):
    """Return ``(float, error)``; units, blanks and thousands' commas are left out."""
    if is_empty(text):
        return None, None
    plain = UNITS.sub("", fold(text)).replace(" ", "").replace(",", "").replace("−", "-")
    factor = 10000 if plain.endswith("万") else 1
    plain = plain.removesuffix("万")
    if not NUMBER.fullmatch(plain) or lost_digits(plain):
        return None, "number_unknown"
    return float(plain) * factor, None


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
