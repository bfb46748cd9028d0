"""Orders that the list says are void: cancelled, returned, reversed (FUP-12)."""

from odoo import fields

from ....tools.dms_rows import Finding
from .index import PAPERS


class VoidsMixin:
    """Making papers void, and letting them count again."""

    def _place_void(self, line):
        """A void order ends its papers; one that never came in makes none."""
        reason = line.row.values["void_reason"]
        papers = self._papers_of(line)
        if not papers:
            line.finish("left_out", Finding("void_new", "status", reason))
            return
        line.paper, line.person, line.car = papers[0], papers[0].person, papers[0].car
        if any(paper.get("list_date") and self.list_date < paper.get("list_date") for paper in papers):
            line.finish("unchanged", Finding("older_list"))
            return
        line.is_basis = True
        counting = [paper for paper in papers if not paper.get("void")]
        for paper in counting:
            self._make_void(paper, line.row.values["void"], reason)
        code, state = ("void", "updated") if counting else ("void_known", "unchanged")
        line.finish(state, Finding(code, "status", reason))

    def _papers_of(self, line):
        """The papers that a void row speaks of: of a contract with several cars those of its car, else all."""
        papers = list(self.index.papers.get(line.order, ()))
        car = self.index.by_vin.get(line.row.values.get("vin"))
        mine = [paper for paper in papers if car and paper.car is car]
        if mine or papers:
            return mine or papers
        found = self._find_reversed(line)
        return [found] if found else []

    def _make_void(self, paper, cause, reason):
        paper.put("void", True)
        paper.put("void_cause", cause)
        paper.put("void_reason", reason)
        paper.put("void_on", fields.Datetime.now())
        paper.put("void_by", False)
        paper.put("void_confirmed_by", False)
        if paper.get("list_date") != self.list_date:
            paper.put("list_date", self.list_date)

    def _count_again(self, line, paper):
        """The list says that a void order counts after all; return whether it does now.

        What people of the dealer made void stays so.
        """
        if not paper.get("void"):
            return False
        if not line.row.values.get("counts") or paper.get("void_cause") == "hand":
            line.findings.append(Finding("void_stays", "status", line.cells.get("status") or ""))
            return False
        for name in ("void", "void_cause", "void_reason", "void_on"):
            paper.put(name, False)
        return True

    def _find_reversed(self, line):
        """The paper that a red order with a number of its own takes back (may be None)."""
        values = line.row.values
        if values["void"] != "red":
            return None
        if values.get("reverses"):
            found = self._recall_paper([("order_no", "=", values["reverses"])])
            if found:
                return found
        car = self.index.by_vin.get(values.get("vin"))
        if not car and len(self.index.cars_of_plate(values.get("plate"))) == 1:
            car = self.index.cars_of_plate(values["plate"])[0]
        return car and (self._reversed_here(car, values) or self._reversed_before(car, values))

    def _reversed_here(self, car, values):
        """The twin among the papers that this list brings."""
        fitting = [
            paper
            for paper in self.new_papers
            if paper.car is car and not paper.get("void") and self._sums_up(paper, values)
        ]
        return fitting[-1] if fitting else None

    def _sums_up(self, paper, values):
        return self.kind == "sales" or round((paper.get("amount_total") or 0) + values["red_total"], 2) == 0

    def _reversed_before(self, car, values):
        """The twin among the dealer's papers, the newest first."""
        if not car.record_id:
            return None
        domain = [("vehicle_id", "=", car.record_id)]
        if self.kind == "service":
            domain.append(("amount_total", "=", -values["red_total"]))
        return self._recall_paper(domain)

    def _recall_paper(self, domain):
        known = [("company_id", "=", self.company.id), ("void", "=", False), *domain]
        found = self.env[PAPERS[self.kind][0]].search(known, limit=1)
        if not found:
            return None
        if found.order_no not in self.index.papers:
            self.index.load_order(found.order_no)
        return next((p for p in self.index.papers[found.order_no] if p.record_id == found.id), None)
