"""Placeholders in scripts and messages: ``{customer}`` and the like.

How to use::

    >>> fill("Good day, {customer}!", {"customer": "Ms Wang"})
    'Good day, Ms Wang!'
    >>> fill("Your car {plate}", {})            # nothing known: a gap to talk over
    'Your car …'
    >>> unknown("{customer} and {phone}")
    ['phone']

Braces around anything else than a word are left as they stand.
"""

import re

NAMES = ("customer", "dealer", "specialist", "vehicle", "plate", "date", "item", "first_service", "link")
GAP = "…"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(text, values):
    """Return `text` with each known placeholder replaced; unknown words stay as typed."""

    def value(match):
        name = match[1]
        if name not in NAMES:
            return match[0]
        return str(values.get(name) or GAP)

    return _PLACEHOLDER.sub(value, text or "")


def unknown(text):
    """Return the names in braces that nobody can fill, sorted."""
    return sorted(set(_PLACEHOLDER.findall(text or "")) - set(NAMES))
