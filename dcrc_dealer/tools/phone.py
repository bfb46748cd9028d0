"""Telephone numbers as people in China write them, stored in E.164.

How to use::

    >>> normalise_phone(" +86 138-0013-8000 ")
    ('+8613800138000', 'mobile', None)
    >>> normalise_phone("023-6788 1234")
    ('+862367881234', 'landline', None)
    >>> normalise_phone("1393090174")
    ('1393090174', None, 'phone_length')
"""

import re
import unicodedata

import phonenumbers

MOBILE = re.compile(r"^1[3-9]\d{9}$")
KINDS = {phonenumbers.PhoneNumberType.MOBILE: "mobile", phonenumbers.PhoneNumberType.FIXED_LINE: "landline"}


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
