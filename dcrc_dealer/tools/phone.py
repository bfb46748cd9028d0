"""Telephone numbers as people in China write them, stored in E.164.

How to use::

    >>> normalise_phone(" +86 138-0013-8000 ")
    ('+8613800138000', 'mobile', None)
    >>> normalise_phone("023-6788 1234")
    ('+862367881234', 'landline', None)
    >>> normalise_phone("1393090174")
    ('1393090174', None, 'phone_length')
    >>> [found.number for found in read_phones("13900010001/023-67881234转801").numbers]
    ['+8613900010001', '+862367881234']
"""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers

from .cells import bare, in_full, is_masked, lost_digits

MOBILE = re.compile(r"^1[3-9]\d{9}$")
KINDS = {phonenumbers.PhoneNumberType.MOBILE: "mobile", phonenumbers.PhoneNumberType.FIXED_LINE: "landline"}
BETWEEN = re.compile(r"[/\\、;；,，|\n或和及]+")
EXTENSION = re.compile(r"(?:转|分机|内线|ext\.?|#|\bx)\s*[:：]?\s*(\d{1,6})\D*$", re.IGNORECASE)
DASHED_EXTENSION = re.compile(r"(?<=\d)\s*-\s*(\d{1,6})$")
AREA_CODE = re.compile(r"^\(?0\d{2,3}\)?\s*-?\s*\d{7,8}")
WITHIN = re.compile(r"(?<!\d)(?:(?:\+?86|0086)[\s-]?)?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")


class Found(NamedTuple):
    """A number in a cell: E.164, ``kind`` (mobile, landline), ``extension`` behind an exchange."""

    number: str
    kind: str
    extension: str = ""


class Phones(NamedTuple):
    """What a cell says of numbers: those that can be dialled; else why the text can't be.

    ``error`` is None, ``phone_empty``, ``phone_length``, ``phone_invalid``, ``phone_masked``
    or ``phone_digits`` (digits were lost); ``rest`` are parts of the cell that are no number.
    """

    numbers: list
    error: str = None
    rest: list = []


def read_phones(text, region="CN"):
    """Return the `Phones` of a cell as people fill it: several numbers, extensions, words beside them."""
    text = unicodedata.normalize("NFKC", bare(str(text or "")))
    if lost_digits(text):
        return Phones([], "phone_digits")
    one = _read_one(in_full(text), region)
    if one:
        return Phones([one])
    found, rest = [], []
    for part in filter(None, map(str.strip, BETWEEN.split(text))):
        numbers = _read_part(part, region)
        found += [number for number in numbers if number not in found]
        rest += [] if numbers else [part]
    if found:
        return Phones(found, None, rest)
    if is_masked(text) and any(c.isdigit() for c in text):
        return Phones([], "phone_masked")
    return Phones([], normalise_phone(text, region)[2])


def _read_part(part, region):
    """The numbers of a part between separators: one, or several with blanks or words between."""
    one = _read_one(part, region)
    if one:
        return [one]
    within = [_read_one(match, region) for match in WITHIN.findall(part)]
    if any(within) or " " not in part:
        return list(filter(None, within))
    found, words = [], []
    for word in part.split():
        words.append(word)
        if one := _read_one(" ".join(words), region):
            found.append(one)
            words = []
    return found


def _read_one(text, region):
    """The number that a text is as a whole, or None; an extension is split off."""
    number, kind, error = normalise_phone(text, region)
    if not error:
        return Found(number, kind)
    extension = EXTENSION.search(text) or (AREA_CODE.match(text.strip()) and DASHED_EXTENSION.search(text.strip()))
    if not extension:
        return None
    number, kind, error = normalise_phone(text.strip()[: extension.start()], region)
    return None if error else Found(number, kind, extension[1])


def clean_phone(text):
    """Return the dialled signs only: digits, with a leading + where written."""
    text = unicodedata.normalize("NFKC", str(text or "")).strip()
    text = re.sub(r"\.0$", "", text)  # a number cell of a spreadsheet
    plus = "+" if text.startswith("+") else ""
    return plus + re.sub(r"\D", "", text)


def normalise_phone(text, region="CN"):
    """Return ``(number, kind, error)``.

    ``number`` is E.164 when ``error`` is None, else what was read. ``kind`` is
    ``mobile``, ``landline`` or None. ``error`` is None, ``phone_empty``,
    ``phone_length`` (a digit too few or too many) or ``phone_invalid``.
    """
    number = clean_phone(text)
    if not number.strip("+"):
        return "", None, "phone_empty"
    if region == "CN":
        national = re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", number)
        if MOBILE.match(national):
            # The library knows prefixes only until its release; China adds some each year.
            return f"+86{national}", "mobile", None
        if national.startswith("1") and not national.startswith("10"):
            return number, None, "phone_length"
    return _parse(number, region)


def _parse(number, region):
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number, None, "phone_invalid"
    if not phonenumbers.is_possible_number(parsed):
        return number, None, "phone_length"
    if not phonenumbers.is_valid_number(parsed):
        return number, None, "phone_invalid"
    kind = KINDS.get(phonenumbers.number_type(parsed), "landline")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), kind, None


def show_phone(number):
    """Return an E.164 number as people read it: ``+86 138 0013 8000``."""
    try:
        parsed = phonenumbers.parse(number or "", None)
    except phonenumbers.NumberParseException:
        return number or ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
