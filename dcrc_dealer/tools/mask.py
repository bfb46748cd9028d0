"""Hide the middle of a telephone number, and most of a name or plate, from those who need not know it.

How to use::

    >>> mask_phone("+8613800138000")
    '138****8000'
    >>> mask_phone("+862367881234")
    '023****1234'
    >>> mask_phone("+4915112345678")
    '+49****5678'
    >>> mask_phone(False)
    ''
    >>> mask_name("王芳"), mask_name("欧阳修文"), mask_name("")
    ('王*', '欧***', '')
    >>> mask_plate("渝A12345"), mask_plate("")
    ('渝A***45', '')
    >>> mask_numbers("请打 138 0013 8000，12345 公里，工单 WX20261013001")
    '请打 138****8000，12345 公里，工单 WX202****3001'
"""

import re

# a telephone number as people write it: seven digits or more, with blanks, dashes or a country code
NUMBER = re.compile(r"\+?\d(?:[\s\-—–.]?\d){6,}")
SHOWN_BEFORE, SHOWN_AFTER = 3, 4


def mask_phone(number):
    """Return `number` (E.164 or as typed) with at most seven of its signs readable.

    Chinese numbers are written as people know them, without the country code;
    too short a number is hidden as a whole.
    """
    text = re.sub(r"[^\d+]", "", number or "")
    if text.startswith("+86"):
        text = text[3:] if text.startswith("+861") else "0" + text[3:]
    if len(text) <= SHOWN_BEFORE + SHOWN_AFTER:
        return "*" * len(text)
    return f"{text[:SHOWN_BEFORE]}****{text[-SHOWN_AFTER:]}"


def mask_name(name):
    """Return the first sign of a name, the others hidden."""
    text = (name or "").strip()
    return text[:1] + "*" * (len(text) - 1)


def mask_plate(plate):
    """Return a plate (or VIN) with its begin and its last two signs readable."""
    text = (plate or "").strip()
    return f"{text[:2]}{'*' * max(len(text) - 4, 0)}{text[2:][-2:]}"


def mask_numbers(text):
    """Return `text` with the middle of everything in it that could be a telephone number hidden."""
    return NUMBER.sub(lambda found: mask_phone(found.group()), text or "")
