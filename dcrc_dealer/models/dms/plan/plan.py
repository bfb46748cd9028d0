"""Placing rows on the dealer's file (handbook CUS-10)."""

from datetime import date

from ....tools.dms_rows import Finding, judge, order_number, row_digest
from ....tools.vin import check_vin
from .cars import CarsMixin
from .claims import ClaimsMixin
from .index import Index, paper_key
from .papers import PapersMixin
from .people import PeopleMixin
from .voids import VoidsMixin
from .writer import Writer


class Line:
    """A row on its way: its cells, what they say, and what becomes of it.

    ``state`` is created, updated, unchanged, duplicate, left_out or held; ``findings`` the
    reasons and remarks; ``person``, ``car``, ``paper`` what it was placed on.
    """

    __slots__ = (
        "id",
        "cells",
        "original",
        "digest",
        "accept_vin",
        "order",
        "key",
        "row",
        "state",
        "findings",
        "person",
        "car",
        "paper",
        "is_basis",
        "base",
        "number",
        "extra",
        "deferred",
        "mender",
        "proposer",
        "claim",
        "sheet",
        "parts",
    )

    def __init__(self, cells, row_id=None, original=None, digest=None, accept_vin=False, mender=None):
        self.id = row_id
        self.cells = cells
        self.original = original
        self.digest = digest or row_digest(cells)
        self.accept_vin = accept_vin
        self.order = order_number(cells)
        self.mender = mender  # id of who changed its cells
        self.proposer = None  # id of whoever answers for it and may only propose key fields (CUS-7)
        self.claim = None  # the new owner that waits for the manager
        self.row = None  # judged only when the same row is not known already
        self.state = "held"
        self.findings = []
        self.person = self.car = self.paper = None
        self.is_basis = False
        self.base = None
        self.number = 0  # line of the file
        self.extra = None  # {header: text} of columns that mean nothing to us
        self.deferred = False  # named by its plate alone: other rows may tell whose it is
        self.key = None  # of the paper, see `index.paper_key`
        self.sheet = ""  # that it stands in, where several were read
        self.parts = None  # [{"line", "cells"}] of an order that the list tells in several lines

    def says(self, *names):
        """Whether the list says of these columns what it said the last time."""
        return self.base is not None and all(
            (self.base.get(name) or "") == (self.cells.get(name) or "") for name in names
        )

    def is_wanted(self):
        """Whether what the row names must be looked up."""
        return bool(self.row.values.get("void")) or not (self.row.holds or self.row.skip)

    def finish(self, state, *findings):
        """Settle what becomes of the row."""
        self.state = state
        self.findings.extend(findings)


class Plan(ClaimsMixin, PeopleMixin, CarsMixin, PapersMixin, VoidsMixin):
    """See the package's docstring; one plan belongs to one dealer and one kind of list."""

    def __init__(self, env, company, kind, rules, list_date=None, import_id=None):
        self.env = env
        self.company = company
        self.kind = kind
        self.rules = rules
        self.list_date = list_date or date.max
        self.import_id = import_id
        self.index = Index(env, company, kind)
        self.giver = env["res.users"]  # who answers for the list; nobody: the DMS
        self.claims = []  # key fields that wait for the manager (CUS-7)
        self._proposers = {}
        self._model_ids = self._unknown_model_id = None  # looked up when first needed
        self.seen = set()
        self.new_persons, self.new_cars, self.new_papers = [], [], []
        self.cars_named = {}  # order of a contract -> VINs that this list names under it
        self.repeated = []  # orders that the list tells word for word as the one before
        self.wrong = []  # (line, Finding): goes in and opens a correction
        self.kept = []  # (entity, field, value of the list, line): the center's value stands
        self.agreed = []  # (entity, field): the list now says what the center said

    def place_all(self, lines):
        """Give every line of a batch its state; the order of lines is the order of events."""
        for line in lines:
            line.key = paper_key(self.kind, line.order, line.cells.get("vin"))
        self.index.load_rows(lines, self.import_id)
        rest = [line for line in lines if not self._known_already(line)]
        self.index.load_base(rest)
        for line in rest:
            self._recall(line)
            line.proposer = self._proposer_of(line)
            line.row = judge(self.kind, line.cells, self._rules_for(line))
        self.index.load_facts([line.row for line in rest if line.is_wanted()])
        for line in rest:
            self._place(line)

    def carry_out(self):
        """Write the plan; the lines' persons, cars and papers have records then."""
        Writer(self).run()

    def _rules_for(self, line):
        if line.accept_vin:
            self.index.accepted.add(check_vin(line.cells.get("vin"))[0])
        self.rules.accepted = self.index.accepted
        return self.rules

    def _known_already(self, line):
        """Settle rows that say nothing new: again in this file, or as in the last list."""
        if line.digest in self.seen or line.digest in self.index.here:
            line.finish("duplicate", Finding("same_in_file"))
            return True
        self.seen.add(line.digest)
        digest, _row_id = self.index.basis.get(line.key) or (None, None)
        if digest == line.digest:
            # the earlier row stays the basis: it also knows what was mended
            line.finish("unchanged")
            self.repeated.append(line.order)
        return digest == line.digest

    def _recall(self, line):
        """Compare with the order's last row; what was mended there stays mended."""
        base = self.index.base_of(line)
        if not base or base[1] not in self.index.base_cells:
            return
        line.base, original, mender = self.index.base_cells[base[1]]
        mended = {
            name: line.base.get(name, "")
            for name, text in original.items()
            if (line.cells.get(name) or "") == text and name not in (line.original or {})
        }
        line.cells = {**line.cells, **mended}
        line.mender = line.mender or (mended and mender) or None

    def _place(self, line):
        if line.order and line.row.values.get("void"):
            self._place_void(line)
            return
        if line.row.skip:
            line.finish("left_out", line.row.skip)
            return
        line.car = None if line.row.holds else self._find_car(line)
        paper = None if line.row.holds else self._find_paper(line)
        if paper and self._is_older(paper):
            line.paper, line.person = paper, paper.person
            line.finish("unchanged", Finding("older_list"))
            return
        before = len(self.claims)
        place = self._place_sales if self.kind == "sales" else self._place_service
        changed = None if line.row.holds else place(line, paper)
        if line.row.holds:
            self._hold(line)
            return
        # A row that waits for the manager is nothing that later lists are measured by.
        line.is_basis = not any(claim.line is line for claim in self.claims[before:])
        line.findings.extend(line.row.notes)
        if line.parts:
            line.findings.append(Finding("lines_joined", "", ", ".join(str(part["line"]) for part in line.parts)))
        if line.row.values.get("kind_proposed"):
            line.findings.append(Finding("service_by_work", "work"))
        line.finish("created" if not paper else "updated" if changed else "unchanged")

    def _is_older(self, paper):
        """Whether a later list has told of the paper; a day ahead of tomorrow was a mistake."""
        told = paper.get("list_date")
        return bool(told) and self.list_date < told <= self.rules.latest

    def _hold(self, line):
        if line.digest in self.index.held:
            line.finish("duplicate", Finding("held_already"), *line.row.holds)
        else:
            line.finish("held", *line.row.holds)

    def _merge(self, entity, name, new, line, *columns):
        """Put a list's value on a record, unless the center knows better; return if it did.

        ``columns`` are the list's columns the value stands in. A value that people of
        the center changed on or after the list's day stays, and so does one that the
        list repeats from the time before the change.
        """
        if new is None or new == "":
            return False
        old = entity.get(name)
        if old == new or (not new and not old):
            if name in entity.edits and entity.record_id:
                self.agreed.append((entity, name))
            return False
        stamp = entity.edits.get(name)
        if stamp and (line.says(*columns) or self.index.local_day(stamp) >= self.list_date):
            self._keep(entity, name, new, line)
            return False
        if old is not None and columns and line.says(*columns):
            return False
        if self._must_wait(line, entity, name):
            return self._claim(line, entity, name, new)
        entity.put(name, new)
        return True

    def _keep(self, entity, name, new, line):
        self.kept.append((entity, name, new, line))
        line.findings.append(Finding("centre_value", name, str(new)))
