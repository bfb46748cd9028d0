"""Vehicle identification numbers (GB 16735, ISO 3779).

How to use::

    >>> check_vin("1m8gdm9axkp042788 ")
    ('1M8GDM9AXKP042788', None)
    >>> check_vin("1M8GDM9A0KP042788")
    ('1M8GDM9A0KP042788', 'vin_check_digit')
"""

import unicodedata
from functools import lru_cache

from .cells import bare

VALUES = dict(zip("0123456789", range(10), strict=True))
VALUES |= dict(zip("ABCDEFGH", range(1, 9), strict=True))
VALUES |= dict(zip("JKLMN", range(1, 6), strict=True))
VALUES |= {"P": 7, "R": 9}
VALUES |= dict(zip("STUVWXYZ", range(2, 10), strict=True))
REMEMBERED = 4096  # a batch of a list asks the same again and again
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@lru_cache(REMEMBERED)
def clean_vin(text):
    """Return the VIN in half-width capitals without blanks or dashes ('' if none)."""
    text = unicodedata.normalize("NFKC", bare(text or "")).upper()
    return "".join(text.split()).replace("-", "")


def check_digit(vin):
    """Return the check digit (9th character) that a 17-character VIN should carry."""
    rest = sum(VALUES[c] * w for c, w in zip(vin, WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


@lru_cache(REMEMBERED)
def check_vin(text):
    """Return ``(vin, error)``.

    ``error`` is None when all is well, else one of ``vin_empty``,
    ``vin_length`` (not 17 characters), ``vin_letter`` (I, O, Q or a sign that
    no VIN has), ``vin_check_digit`` (a person may accept that one as it is).
    """
    vin = clean_vin(text)
    if not vin:
        return "", "vin_empty"
    if len(vin) != 17:
        return vin, "vin_length"
    if any(c not in VALUES for c in vin):
        return vin, "vin_letter"
    if vin[8] != check_digit(vin):
        return vin, "vin_check_digit"
    return vin, None
