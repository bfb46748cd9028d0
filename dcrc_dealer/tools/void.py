"""Whether an order counts: a word of its status makes it void, or it is a red order (FUP-12).

How to use::

    >>> void_of({"status": "作废"}, {"作废"})
    {'void': 'status', 'void_reason': '作废'}
    >>> void_of({"status": "已结算"}, {"作废"})
    {'counts': True}
    >>> void_of({"amount_total": "-580", "reverses": "WX1"}, {"作废"})
    {'void': 'red', 'void_reason': '-580', 'red_total': -580.0, 'reverses': 'WX1'}
    >>> void_of({}, {"作废"})
    {}
"""

from . import cells as parse


def void_of(cells, words):
    """Return what the status and the total of an order say (see the module).

    :param words: folded words (no blanks, case folded) of a status that make an order void.
    """
    word = parse.clean_text(cells.get("status"))
    total, _error = parse.parse_number(cells.get("amount_total"))
    if word and parse.fold(word).replace(" ", "").casefold() in words:
        return {"void": "status", "void_reason": word}
    if total is not None and total < 0:
        values = {"void": "red", "void_reason": cells["amount_total"].strip(), "red_total": round(float(total), 2)}
        reverses = "".join(parse.fold(cells.get("reverses")).split())
        return {**values, "reverses": reverses} if reverses else values
    return {"counts": True} if word else {}
