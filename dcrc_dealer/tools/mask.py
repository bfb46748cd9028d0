"""Hide the middle of a telephone number from those who need not dial it.

How to use::

    >>> mask_phone("+8613800138000")
    '138****8000'
    >>> mask_phone("+862367881234")
    '023****1234'
    >>> mask_phone("+4915112345678")
    '+49****5678'
    >>> mask_phone(False)
    ''
"""

import re

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
