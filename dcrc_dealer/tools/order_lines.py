"""Orders that a list tells in several lines: one line a job, the order's own cells on each or on the first.

How to use::

    for cells, parts in join([{"order_no": "WX1", "work": "换机油", "amount_total": "300"}, …]):
        ...

Lines of one order that differ in their jobs and amounts alone become one, with all jobs
and the sum of the amounts; an amount that stands on every line alike is the order's own and
counts once. Of an order that its own red line takes back, the red amount is left. Lines that say
something else of the car, the day or the customer stay apart.

    >>> jobs = [{"order_no": "W", "work": work, "amount_total": "3.5"} for work in ("a", "b")]
    >>> [(cells["work"], cells["amount_total"], places) for cells, places in join(jobs)]
    [('a\\nb', '3.5', [0, 1])]
"""

from .cells import fold, parse_number

AMOUNTS = ("labour_amount", "parts_amount", "amount_total")
JOB = {"work", "technician", *AMOUNTS}


def join(lines, same=None):
    """Return ``[(cells, places)]``: what is left of an order's lines, and which of them each is made of.

    :param lines: cells of each line, {field: text}
    :param same: per line, what else tells equal lines apart (unknown columns); equal
        lines are one line given twice, and stay apart
    """
    groups = []
    same = same or [None] * len(lines)
    for place, cells in enumerate(lines):
        group = next((group for group in groups if _belongs(group, cells, lines, same, place)), None)
        if group is None:
            groups.append([dict(cells), [place]])
        else:
            group[0].update({name: text for name, text in cells.items() if text and name not in JOB})
            group[1].append(place)
    return [(_together(head, [lines[place] for place in places]), places) for head, places in groups]


def _belongs(group, cells, lines, same, place):
    head, places = group
    if any(lines[other] == cells and same[other] == same[place] for other in places):
        return False
    return all(
        fold(head.get(name)) == fold(text)
        for name, text in cells.items()
        if text and head.get(name) and name not in JOB
    )


def _together(head, lines):
    if len(lines) == 1:
        return head
    for name, between in (("work", "\n"), ("technician", "、")):
        texts = dict.fromkeys(filter(None, (cells.get(name) for cells in lines)))
        if texts:
            head[name] = between.join(texts)
    head.update(_sums(lines))
    return head


def _sums(lines):
    """The amounts of all lines together, as text; those that can't be read stay as the first line has them."""
    figures = {name: [parse_number(cells.get(name)) for cells in lines] for name in AMOUNTS}
    figures = {
        name: [value or 0 for value, _error in read]
        for name, read in figures.items()
        if not any(error for _value, error in read) and any(value is not None for value, _error in read)
    }
    constant = {name for name, values in figures.items() if len(set(values)) == 1}
    if len(constant) == len(figures):
        return {}  # the order's own amounts, repeated on each line
    if "amount_total" in constant and not _adds_up(figures):
        del figures["amount_total"]
    return {name: _text(_red(values) or sum(values)) for name, values in figures.items()}


def _red(values):
    """What a red line takes back, where nothing is left of the order: it is the red order then."""
    return min(values) if min(values) < 0 and abs(sum(values)) < 0.005 else None


def _adds_up(figures):
    """Whether each line's total is that of its own labour and parts."""
    parts = zip(figures.get("labour_amount", ()), figures.get("parts_amount", ()), strict=False)
    sums = [labour + material for labour, material in parts]
    return bool(sums) and all(abs(a - b) < 0.005 for a, b in zip(sums, figures["amount_total"], strict=False))


def _text(amount):
    amount = round(amount, 2)
    return str(int(amount)) if amount == int(amount) else f"{amount:.2f}"
