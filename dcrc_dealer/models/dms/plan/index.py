"""Look-ups of a plan: one query a kind of thing and batch, whatever the batch's size."""

from datetime import datetime

from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.cells import name_key
from ....tools.vin import check_vin, clean_vin
from .entities import Car, Paper, Person

PERSON_FIELDS = ("name", "dcrc_gender", "dcrc_birth_date", "street", "email", "dcrc_source")
CAR_FIELDS = (
    "vin_sn",
    "license_plate",
    "color",
    "dcrc_engine_number",
    "dcrc_purchase_date",
    "dcrc_delivery_date",
    "dcrc_consultant",
    "dcrc_insurer",
    "dcrc_insurance_end",
    "dcrc_mileage",
    "dcrc_mileage_date",
    "dcrc_last_visit_date",
    "dcrc_vin_accepted",
)
PAPERS = {
    "sales": (
        "dcrc.delivery",
        ("invoice_date", "date", "consultant", "insurer", "insurance_end", "source", "list_date", "void", "void_cause"),
    ),
    "service": (
        "dcrc.service.visit",
        (
            "kind",
            "date_in",
            "date_out",
            "mileage",
            "adviser",
            "technician",
            "work",
            "labour_amount",
            "parts_amount",
            "amount_total",
            "booked",
            "kind_proposed",
            "list_date",
            "void",
            "void_cause",
        ),
    ),
}


def paper_key(kind, order, vin):
    """What makes a paper: its order; on a sales list, where a contract has many cars, order and car."""
    return (order, clean_vin(vin) if kind == "sales" else "")


class Index:
    """What the dealer's file knows of the persons, cars and orders that rows name."""

    def __init__(self, env, company, kind):
        self.env = env
        self.company = company
        self.kind = kind
        self.persons = {}  # id -> Person
        self.by_phone = {}  # number -> [Person]
        self.cars = {}  # id -> Car
        self.by_vin = {}
        self.by_plate = {}  # plate -> [Car]
        self.papers = {}  # order number -> [Paper]: a contract may deliver several cars
        self.basis = {}  # paper's key (see `Line`) -> (digest, row id): the last row that went in
        self.base_cells = {}  # row id -> (cells, their original texts, who mended them) of such rows
        self.accepted = set()  # VINs that a manager has accepted as they are
        self.held = set()  # digests of rows held back, here or in another list
        self.here = set()  # digests of rows that this list has had in an earlier batch
        self._asked = {"vin": set(), "plate": set(), "phone": set(), "order": set()}

    def load_rows(self, lines, import_id):
        """Find what became of the same rows and orders, in this list and earlier ones."""
        orders = [line.order for line in lines if line.order]
        car = SQL("CASE WHEN kind = 'sales' THEN vin END")
        known = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (order_no, %(car)s) order_no, %(car)s, digest, id FROM dcrc_dms_row"
                " WHERE company_id = %(company)s AND kind = %(kind)s AND is_basis AND order_no = ANY(%(orders)s)"
                " ORDER BY order_no, %(car)s, id DESC",
                car=car,
                company=self.company.id,
                kind=self.kind,
                orders=orders,
            )
        )
        for order, vin, digest, row_id in sorted(known, key=lambda row: row[3]):
            self.basis[paper_key(self.kind, order, vin)] = self.basis[order, None] = (digest, row_id)
        same = self.env.execute_query(
            SQL(
                "SELECT digest, bool_or(state = 'held'),"
                " bool_or(import_id = %s AND state NOT IN ('pending', 'duplicate'))"
                " FROM dcrc_dms_row WHERE company_id = %s AND digest = ANY(%s) AND NOT id = ANY(%s)"
                " GROUP BY digest",
                import_id or 0,
                self.company.id,
                [line.digest for line in lines],
                [line.id or 0 for line in lines],
            )
        )
        self.held.update(digest for digest, held, _here in same if held)
        self.here.update(digest for digest, _held, here in same if here)
        self._forget_lost_papers([order for order, *_rest in known])
        self._load_accepted(lines)

    def _forget_lost_papers(self, orders):
        """A row is no basis when its delivery or visit is there no more."""
        table = self.env[PAPERS[self.kind][0]]._table
        there = self.env.execute_query(
            SQL(
                "SELECT order_no FROM %s WHERE company_id = %s AND order_no = ANY(%s)",
                SQL.identifier(table),
                self.company.id,
                orders,
            )
        )
        lost = set(orders) - {order for (order,) in there}
        if lost:
            self.basis = {key: last for key, last in self.basis.items() if key[0] not in lost}

    def _load_accepted(self, lines):
        """Find which VINs with a wrong check digit a manager has accepted, on a row or on the car."""
        checked = {check_vin(line.cells.get("vin")) for line in lines if line.cells.get("vin")}
        wrong = [vin for vin, error in checked if error == "vin_check_digit"]
        if not wrong:
            return
        found = self.env.execute_query(
            SQL(
                "SELECT vin_sn FROM fleet_vehicle WHERE company_id = %(company)s AND dcrc_vin_accepted"
                " AND vin_sn = ANY(%(vins)s)"
                " UNION SELECT upper(vin) FROM dcrc_dms_row WHERE company_id = %(company)s AND accept_vin"
                " AND upper(vin) = ANY(%(vins)s)",
                company=self.company.id,
                vins=wrong,
            )
        )
        self.accepted.update(vin for (vin,) in found)

    def base_of(self, line):
        """Return (digest, row id) of the last row that told of the line's paper, or None."""
        return self.basis.get(line.key) or self.basis.get((line.order, None))

    def load_base(self, lines):
        """Read the last row of orders that say something else now."""
        ids = [base[1] for base in map(self.base_of, lines) if base]
        if not ids:
            return
        rows = self.env.execute_query(
            SQL("SELECT id, cells, original, mended_by FROM dcrc_dms_row WHERE id = ANY(%s)", ids)
        )
        self.base_cells.update((row_id, (cells, original or {}, mender)) for row_id, cells, original, mender in rows)

    def load_facts(self, rows):
        """Find orders, cars, and the persons of both and of the rows' numbers."""
        papers = self._load_papers(self._news("order", rows, "order_no"))
        owners = self._load_cars(
            self._news("vin", rows, "vin"),
            self._news("plate", rows, "plate"),
            [paper["vehicle_id"] for paper in papers],
        )
        partner_ids = self._partners_of_numbers(self._news_of("phone", {n for row in rows for n in row.numbers}))
        partner_ids |= {line[1] for line in owners}
        partner_ids |= {paper["partner_id"] for paper in papers if paper["partner_id"]}
        self._load_persons(partner_ids)
        self._join(papers, owners)

    def load_order(self, order):
        """Find one more order, with its car and its people."""
        papers = self._load_papers([order])
        owners = self._load_cars([], [], [paper["vehicle_id"] for paper in papers])
        ids = {line[1] for line in owners} | {paper["partner_id"] for paper in papers if paper["partner_id"]}
        self._load_persons(ids)
        self._join(papers, owners)

    def _news(self, what, rows, name):
        """Return the values of a field that were not asked for before."""
        return self._news_of(what, {row.values[name] for row in rows if row.values.get(name)})

    def _news_of(self, what, values):
        values = values - self._asked[what]
        self._asked[what] |= values
        return list(values)

    def _load_papers(self, orders):
        model, names = PAPERS[self.kind]
        domain = Domain("company_id", "=", self.company.id) & Domain("order_no", "in", orders)
        names_read = ("order_no", "vehicle_id", "partner_id", *names)
        found = self.env[model].search_read(domain, names_read, load=False)
        for vals in found:
            vals["paper"] = Paper(vals["id"], _filled(vals, names))
            self.papers.setdefault(vals["order_no"], []).append(vals["paper"])
        return found

    def _load_cars(self, vins, plates, ids):
        """Read cars and the open lines of their ledger; return those lines."""
        domain = Domain("company_id", "=", self.company.id) & Domain("dcrc_kind", "=", "customer")
        which = Domain("vin_sn", "in", vins) | Domain("license_plate", "in", plates)
        which |= Domain("id", "in", ids)
        names = (*CAR_FIELDS, "dcrc_centre_edits", "dcrc_user_id", "model_id")
        fresh = []
        for vals in self.env["fleet.vehicle"].search_read(domain & which, names, load=False):
            if vals["id"] not in self.cars:
                fresh.append(vals["id"])
                self._add_car(vals)
        return self.env.execute_query(
            SQL(
                "SELECT vehicle_id, partner_id, role, date_from, source, create_date"
                " FROM dcrc_vehicle_owner WHERE date_to IS NULL AND vehicle_id = ANY(%s) ORDER BY id",
                fresh,
            )
        )

    def _add_car(self, vals):
        car = self.cars[vals["id"]] = Car(vals["id"], _filled(vals, CAR_FIELDS), vals["dcrc_centre_edits"] or {})
        car.values["model_id"] = vals["model_id"]
        car.main_user = vals["dcrc_user_id"] or None
        days = (car.get("dcrc_delivery_date"), car.get("dcrc_last_visit_date"))
        car.seen_at = max(filter(None, days), default=None)
        self.name_car(car)

    def name_car(self, car):
        """Make a car findable by its VIN and plate."""
        if car.get("vin_sn"):
            self.by_vin[car.get("vin_sn")] = car
        if car.get("license_plate"):
            same = self.by_plate.setdefault(car.get("license_plate"), [])
            if car not in same:
                same.append(car)

    def cars_of_plate(self, plate):
        """Return the cars that carry a plate (as planned)."""
        return [car for car in self.by_plate.get(plate, ()) if car.get("license_plate") == plate]

    def _partners_of_numbers(self, numbers):
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id FROM dcrc_phone WHERE company_id = %s AND number = ANY(%s)", self.company.id, numbers
            )
        )
        return {partner_id for (partner_id,) in rows}

    def _load_persons(self, ids):
        ids = list(ids - self.persons.keys())
        if not ids:
            return
        names = (*PERSON_FIELDS, "dcrc_centre_edits", "dcrc_other_names")
        domain = Domain("id", "in", ids) & Domain("company_id", "=", self.company.id)
        for vals in self.env["res.partner"].search_read(domain, names, load=False):
            edits = vals["dcrc_centre_edits"] or {}
            person = Person(name_key(vals["name"]), vals["id"], _filled(vals, PERSON_FIELDS), edits)
            person.other_keys = frozenset(map(name_key, vals["dcrc_other_names"] or ()))
            self.persons[vals["id"]] = person
        for partner_id, number in self.env.execute_query(
            SQL("SELECT partner_id, number FROM dcrc_phone WHERE partner_id = ANY(%s)", ids)
        ):
            if partner_id in self.persons:
                self.add_phone(self.persons[partner_id], number)

    def add_phone(self, person, number):
        """Make a person findable by a number."""
        person.phones.add(number)
        same = self.by_phone.setdefault(number, [])
        if person not in same:
            same.append(person)

    def _join(self, papers, owners):
        for vals in papers:
            paper = vals["paper"]
            paper.car = self.cars.get(vals["vehicle_id"])
            paper.person = self.persons.get(vals["partner_id"])
        for car_id, partner_id, role, since, source, made in owners:
            car, person = self.cars[car_id], self.persons.get(partner_id)
            if not person:
                continue
            if role == "owner":
                car.owner, car.owner_since = person, since
                car.owner_by_hand = self.local_day(made) if source != "dms" else None
            elif person not in car.users:
                car.users.append(person)

    def local_day(self, moment):
        """The dealer's day of a UTC moment (datetime or ISO text)."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=None)
        return self.company._dcrc_to_local(moment).date()


def _filled(vals, names):
    return {name: vals[name] for name in names if vals[name] not in (False, None, "")}
