"""From a readable table to the lines of a list: which sheets, which rows, which belong together."""

from itertools import islice
from typing import NamedTuple

from ...tools.cells import is_empty
from ...tools.dms_rows import order_number
from ...tools.headers import Layout, complete_by_content, is_header_again, is_total_line, recognise, tells
from ...tools.order_lines import join
from ...tools.vin import clean_vin
from .plan import Line

HEAD = 60  # lines that are looked at to know a sheet
PAPER = ("order_no", "vin", "plate", "date_in")  # all empty: a job of the order above


class Part(NamedTuple):
    """A sheet that belongs to the list: its place and name, its `Layout`, its first lines."""

    place: int
    name: str
    layout: Layout
    head: list


def find_parts(table, kind, saved):
    """Return ``([Part], names of sheets with rows that are no part)``, the best sheet first."""
    heads = [list(islice(table.rows(place), HEAD)) for place in range(len(table.sheets))]
    best = None
    for place, head in enumerate(heads):
        layout = _layout_of(head, kind, saved)
        if layout and (best is None or layout.score > best.layout.score):
            best = Part(place, table.sheets[place], layout, head)
        if best and not best.layout.missing:
            break
    if best is None:
        return [], []
    parts, unread = [best], []
    for place, head in enumerate(heads):
        if place == best.place or not head:
            continue
        layout = None if best.layout.missing else _go_on(best.layout, head, saved)
        if layout:
            parts.append(Part(place, table.sheets[place], layout, head))
        else:
            unread.append(table.sheets[place] or f"#{place + 1}")
    return parts, unread


def _layout_of(head, kind, saved):
    layout = recognise(head, saved, kind)
    if layout:
        below = [cells for line, cells in head if line > layout.line]
        complete_by_content(layout, below, saved.get(layout.kind))
    return layout


def _go_on(first, head, saved):
    """The layout of a sheet on which the list goes on: with the same headings, or with none at all."""
    layout = _layout_of(head, None, {first.kind: saved.get(first.kind)})
    if layout and layout.kind == first.kind and not layout.missing:
        return layout
    cells = [cells for _line, cells in head]
    if "vin" in first.fields and tells("vin", first.fields.index("vin"), cells, least=1):
        return Layout(first.kind, 0, first.headers, first.fields)
    return None


class Lines:
    """The rows of all parts of a table as `Line`; may be gone through several times."""

    def __init__(self, table, parts):
        self.table = table
        self.parts = parts
        self.skipped = []  # lines that repeat the headings or sum up
        self._none = set()  # (sheet, line) of those
        self._has_deferred = False
        self.is_service = parts[0].layout.kind == "service"
        self._counts, self._cars = self._survey()

    def cars_named(self):
        """Return {order: VINs} of orders that the list names with several cars."""
        return {order: vins for order, vins in self._cars.items() if len(vins) > 1}

    def iterate(self, deferred):
        """Yield the lines that are named by their plate alone (``deferred``), or all others."""
        if deferred and not self._has_deferred:
            return
        waiting = {}
        for row in self._rows():
            line = self._line(*row)
            count = self._counts.get(line.order, 1)
            if count == 1 or not line.order:
                group = [line]
            else:
                group = waiting.setdefault(line.order, [])
                group.append(line)
                if len(group) < count:
                    continue
                group = self._joined(waiting.pop(line.order))
            yield from (line for line in group if line.deferred == deferred)

    def _survey(self):
        """Count the lines of each order of a service list; gather the cars of each of a sales list."""
        seen, counts, cars = set(), {}, {}
        for cells, *_rest in self._rows(first=True):
            order = order_number(cells)
            self._has_deferred = self._has_deferred or is_empty(cells.get("vin"))
            if not self.is_service:
                cars.setdefault(order, set()).add(clean_vin(cells.get("vin")))
            elif order in seen:
                counts[order] = counts.get(order, 1) + 1
            seen.add(order)
        return counts, cars

    def _joined(self, group):
        """Make the lines of one order one, where they tell of its jobs (see `order_lines`)."""
        joined = []
        for cells, places in join([line.cells for line in group], [line.extra for line in group]):
            first = group[places[0]]
            if len(places) == 1:
                joined.append(first)
                continue
            line = self._line(cells, first.extra, first.number, first.sheet)
            line.parts = [{"line": group[place].number, "cells": group[place].cells} for place in places]
            joined.append(line)
        return joined

    def _rows(self, first=False):
        """Yield (cells, other columns, line, sheet) of all rows; what is none is found the ``first`` time."""
        for part in self.parts:
            order, sheet = "", part.name if len(self.parts) > 1 else ""
            for number, cells in self.table.rows(part.place):
                if number <= part.layout.line or (part.place, number) in self._none:
                    continue
                if first and (is_header_again(part.layout, cells) or is_total_line(cells)):
                    self._none.add((part.place, number))
                    self.skipped.append(number)
                    continue
                known, extra = self._sort(part.layout, cells)
                if self.is_service and order and known.get("work") and all(is_empty(known.get(n)) for n in PAPER):
                    known["order_no"] = order
                order = known.get("order_no") or ""
                yield known, extra, number, sheet

    def _sort(self, layout, cells):
        """Return ``({field: text}, {header: text})`` of known and of other columns."""
        known, extra = {}, {}
        for place, text in enumerate(cells):
            column = layout.fields[place] if place < len(layout.fields) else ""
            if column:
                known[column] = text
            elif text:
                header = layout.headers[place] if place < len(layout.headers) else ""
                extra[header or f"#{place + 1}"] = text
        return known, extra or None

    def _line(self, cells, extra, number, sheet):
        line = Line(cells)
        line.number, line.extra, line.sheet = number, extra, sheet
        line.deferred = is_empty(cells.get("vin"))
        return line
