"""Deliveries and service visits of a list's rows."""

from .cars import SALES_COLUMNS
from .entities import Paper
from .index import PAPERS

DELIVERY_COLUMNS = ("invoice_date", "date", "consultant", "insurer", "insurance_end", "source")
VISIT_COLUMNS = (
    "kind",
    "mileage",
    "adviser",
    "technician",
    "work",
    "labour_amount",
    "parts_amount",
    "amount_total",
    "booked",
)


class PapersMixin:
    """Placing a row that is fit to go in."""

    def _place_sales(self, line, paper):
        values, car = line.row.values, line.car
        person = line.person = self._find_person(line, car, paper)
        if person is None:
            line.row.holds.append(line.row.masked)
            return None
        changed = self._complete_person(line, person)
        changed |= self._complete_phones(line, person)
        changed |= self._complete_car(line, car, values["date"], SALES_COLUMNS)
        if paper and paper.get("void") and not values.get("counts"):
            line.paper = paper
            self._count_again(line, paper)
            return changed
        changed |= self._own(line, car, person, values["date"], paper)
        if self._is_moved(line, paper, car):
            self._leave(line, paper, values["date"])
        line.paper = paper or self._new_paper(line)
        changed |= self._count_again(line, line.paper)
        for name in DELIVERY_COLUMNS:
            changed |= self._merge(line.paper, name, values.get(name), line, name)
        return self._join_paper(line.paper, car, person, line) or changed

    def _place_service(self, line, paper):
        values, car = line.row.values, line.car
        day = values["date_in"].date()
        person = self._find_person(line, car, paper)
        if line.row.masked and not (person or car.knows()):
            line.row.holds.append(line.row.masked)
            return None
        changed = self._complete_phones(line, person) if person else False
        changed |= self._complete_car(line, car, day, {"license_plate": "plate"})
        changed |= self._use(car, person, day)
        line.person = person or next(iter(car.knows()), None)
        line.paper = paper or self._new_paper(line)
        changed |= self._count_again(line, line.paper)
        for name in VISIT_COLUMNS:
            changed |= self._merge(line.paper, name, values.get(name), line, name)
        for name in ("date_in", "date_out"):
            moment = values.get(name) and self.company._dcrc_to_utc(values[name])
            changed |= self._merge(line.paper, name, moment, line, name)
        if not line.says("kind", "work"):  # what was decided about the same words stays decided
            changed |= self._merge(line.paper, "kind_proposed", values.get("kind_proposed"), line)
        if not line.paper.get("void"):
            self._read_meter(car, values.get("mileage"), day)
        return self._join_paper(line.paper, car, line.person, line) or changed

    def _find_paper(self, line):
        """Return the known paper that a row tells of, or None.

        An order of the workshop is one paper. A contract may deliver several cars: the
        paper of another car is this row's, corrected, when the list names that car no
        more and the day is the same; otherwise the contract has one car more.
        """
        papers = self.index.papers.get(line.order, ())
        if self.kind != "sales":
            return papers[0] if papers else None
        mine = next((paper for paper in papers if paper.car is line.car), None)
        if mine:
            return mine
        named = self.cars_named.get(line.order, ())
        day = line.row.values["date"]
        for paper in papers:
            vin = paper.car and paper.car.get("vin_sn")
            if paper.record_id and vin not in named and paper.get("date") == day:
                return paper
        return None

    def _new_paper(self, line):
        paper = Paper()
        paper.put("order_no", line.order)
        self.index.papers.setdefault(line.order, []).append(paper)
        self.new_papers.append(paper)
        return paper

    def _join_paper(self, paper, car, person, line):
        """Tie the paper to car and person; return whether a known one changed hands."""
        moved = paper.record_id and (
            (paper.car is not car and not line.says("vin", "plate"))
            or (person and paper.person is not person and not line.says("name", "phone"))
        )
        if moved and line.proposer:
            moved = self._claim_paper(line, paper, car, person)
        if moved or not paper.record_id:
            paper.car, paper.person = car, person
            if moved:
                paper.put("moved", True)
        if paper.get("list_date") != self.list_date:
            paper.put("list_date", self.list_date)
        return bool(moved)

    def _claim_paper(self, line, paper, car, person):
        """Below manager a list moves no known paper: it waits, with the car's new owner if there is one."""
        model = PAPERS[self.kind][0]
        if line.claim and line.claim.value is person and paper.car is car:
            line.claim.papers.append(paper)
            return False
        if paper.car is not car:
            self._claim(line, paper, "vehicle_id", car, model)
        if person and paper.person is not person:
            self._claim(line, paper, "partner_id", person, model)
        return False

    def _read_meter(self, car, mileage, day):
        """Keep the newest visit and reading on the car."""
        last = car.get("dcrc_last_visit_date")
        if not last or day > last:
            car.put("dcrc_last_visit_date", day)
        read = car.get("dcrc_mileage_date")
        if mileage and (not read or day >= read) and (mileage, day) != (car.get("dcrc_mileage"), read):
            car.put("dcrc_mileage", mileage)
            car.put("dcrc_mileage_date", day)
