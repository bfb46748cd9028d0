"""Placeholders in scripts and messages: ``{customer}`` and the like.

The words that can be filled in belong to the rooms (model `dcrc.placeholder`); here is how.

How to use::

    >>> names = {"customer", "plate", "phone"}
    >>> fill("Good day, {customer}!", {"customer": "Ms Wang"}, names)
    'Good day, Ms Wang!'
    >>> fill("Your car {plate}", {}, names)            # nothing known: a gap to talk over
    'Your car …'
    >>> fill("您的CS75（{plate}）到期了。", {}, names)      # what stands in brackets may be left out
    '您的CS75到期了。'
    >>> fill("车险到期，请及时续保，咨询{phone}。", {}, names, optional={"phone"})
    '车险到期，请及时续保。'
    >>> gaps("{customer}您好，欢迎携{plate}来店", {"customer": "王女士"}, names)
    ['plate']
    >>> unknown("{customer} and {fax}", names)
    ['fax']

Braces around anything else than a word are left as they stand.
"""

import re

GAP = "…"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_BRACKET = re.compile(r"\s?（[^（）]*\{\w+\}[^（）]*）|\s?\([^()]*\{\w+\}[^()]*\)")
_CLAUSE = re.compile(r"[^，。；！？,.;!?]*(?:[，。；！？]|[,.;!?](?:\s+|$))?")
_STOPS = {"，": "。", "；": "。", ",": ".", ";": "."}


def fill(text, values, names, optional=()):
    """Return `text` with each placeholder of `names` replaced; other words stay as typed.

    :param values: what is known, ``{name: value}``; what is not known leaves a gap.
    :param optional: names whose clause is left out when they are not known.
    """

    def value(match):
        name = match[1]
        if name not in names:
            return match[0]
        return str(values.get(name) or GAP)

    return _PLACEHOLDER.sub(value, _shorten(text or "", values, names, optional))


def gaps(text, values, names, optional=()):
    """Return the placeholders that would leave a gap in `text`, sorted."""
    left = _PLACEHOLDER.findall(_shorten(text or "", values, names, optional))
    return sorted({name for name in left if name in names and not values.get(name)})


def unknown(text, names):
    """Return the names in braces that nobody can fill, sorted."""
    return sorted(set(_PLACEHOLDER.findall(text or "")) - set(names))


def _shorten(text, values, names, optional):
    """Leave out the brackets, and the clauses of `optional` names, of which nothing is known."""

    def is_empty(part, of):
        return any(name in of and name in names and not values.get(name) for name in _PLACEHOLDER.findall(part))

    text = _BRACKET.sub(lambda match: "" if is_empty(match[0], names) else match[0], text)
    if not optional or not is_empty(text, optional):
        return text
    kept = []
    for clause in filter(None, _CLAUSE.findall(text)):
        if not is_empty(clause, optional):
            kept.append(clause)
        elif kept and kept[-1].rstrip()[-1:] in _STOPS:
            mark = kept[-1].rstrip()
            kept[-1] = mark[:-1] + _STOPS[mark[-1]] + kept[-1][len(mark) :]
    return "".join(kept).rstrip()
