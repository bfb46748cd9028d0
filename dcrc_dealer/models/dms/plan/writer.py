"""Carrying a plan out: one create per model, whatever the batch's size."""

from itertools import chain

from odoo.tools import SQL

from ....tools.phone import show_phone
from .bulk import create_alike
from .index import PAPERS

CONTEXT = {
    "active_test": False,
    "dcrc_direct_write": True,
    "dcrc_ledger": True,  # ledger lines are made here, with the list's dates
    "dcrc_phone_synced": True,
    "dcrc_source": "dms",
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}


class Writer:
    """Writes what a `Plan` has gathered and gives its entities their records."""

    def __init__(self, plan):
        self.plan = plan
        self.company = plan.company
        self.env = plan.env(context={**plan.env.context, **CONTEXT})

    def run(self):
        """Write everything; the order is that of the references."""
        self._write_persons()
        self._write_phones()
        self._write_models()
        self._write_cars()
        self._write_people_of_cars()
        self._write_papers()
        self._propose_claims()
        self._open_corrections()
        self._refresh_list_dates(self.plan.repeated)
        self.env["dcrc.dms.difference"]._note(self.plan.kept)
        self.env["dcrc.dms.difference"]._settle(self.plan.agreed)

    def _create(self, model, entities, vals_list, alike=False):
        """Create the entities' records; ``alike`` ones are made as copies of the first."""
        model = self.env[model]
        ids = create_alike(model, vals_list) if alike else model.create(vals_list).ids
        for entity, record_id in zip(entities, ids, strict=True):
            entity.record_id = record_id

    def _update(self, model, changes):
        """Write ``[(id, vals)]`` to records that are read together."""
        records = self.env[model].browse([record_id for record_id, _vals in changes])
        for record, (_record_id, vals) in zip(records, changes, strict=True):
            record.write(vals)

    def _write_persons(self):
        known = self.plan.index.persons.values()
        self._update("res.partner", [(p.record_id, p.changes) for p in known if p.changes])
        shared = self.company.dcrc_share_phone
        vals_list = [
            {
                **person.changes,
                "company_id": self.company.id,
                "dcrc_customer": True,
                "phone": show_phone(person.new_phones[0][0]) if shared and person.new_phones else False,
            }
            for person in self.plan.new_persons
        ]
        self._create("res.partner", self.plan.new_persons, vals_list, alike=True)
        # one query here, or one a car when the cars' checks ask for their people's dealer
        ids = [person.record_id for person in self.plan.new_persons]
        self.env["res.partner"].browse(ids).fetch(["company_id"])

    def _write_phones(self):
        persons = [*self.plan.index.persons.values(), *self.plan.new_persons]
        vals_list = [
            {
                "partner_id": person.record_id,
                "company_id": self.company.id,
                "number": number,
                "role": role or "other",
                "sequence": 5 if first else 20 if role == "landline" else 10,
                "note": self.env._("Extension %s", extension) if extension else False,
            }
            for person in persons
            for number, role, extension, first, proposer in person.new_phones
            if not proposer
        ]
        phones = self.env["dcrc.phone"]
        phones._adopt_states(create_alike(phones, vals_list))
        self._propose_phones(persons)
        self._correct_shared_numbers({vals["number"] for vals in vals_list})
        known = [person.record_id for person in self.plan.index.persons.values() if person.new_phones]
        self.env["res.partner"].browse(known)._dcrc_sync_phone()

    def _propose_phones(self, persons):
        """Numbers from a list of anyone below manager go behind the known ones (CUS-7)."""
        for person in persons:
            for number, role, _extension, first, proposer in person.new_phones:
                if proposer:
                    phones = self.env["dcrc.phone"].with_user(proposer).sudo().with_context(dcrc_direct_write=False)
                    sequence = 5 if first else 20 if role == "landline" else 10
                    phones.create(
                        {
                            "partner_id": person.record_id,
                            "number": number,
                            "role": role or "other",
                            "sequence": sequence,
                        }
                    )

    def _propose_claims(self):
        """Put before the manager what the list may not change by itself."""
        proposals = self.env["dcrc.change.proposal"]
        for claim in self.plan.claims:
            record = self.env[claim.model].browse(claim.entity.record_id)
            if proposals._is_answered(record, claim.name, claim.raw):
                continue
            follow = claim.day and {
                "date": claim.day.isoformat(),
                "papers": [[PAPERS[self.plan.kind][0], paper.record_id] for paper in claim.papers],
            }
            mine = record.with_user(claim.line.proposer).sudo().with_context(dcrc_direct_write=False)
            mine._dcrc_propose({claim.name: claim.raw}, follow=follow, tell=False)

    def _correct_shared_numbers(self, numbers):
        """A number that many customers give is nobody's: one correction for it, not one for each."""
        vals_list = [
            {
                "partner_id": phone.partner_id.id,
                "phone_id": phone.id,
                "item": "phone",
                "wrong_value": phone.number,
                "source": "dms",
                "department_kind": self.plan.kind,
                "note": self.env._("%s customers have this number: whose is it?", owners),
            }
            for phone, owners in self.env["dcrc.phone"]._shared_by_many(self.company, numbers)
        ]
        if vals_list:
            self.env["res.partner"]._dcrc_open_correction(vals_list)

    def _write_models(self):
        """Make the models that the file does not have, under the dealer's brand."""
        cars = [*self.plan.index.cars.values(), *self.plan.new_cars]
        wanted = {}
        for car in cars:
            if isinstance(car.get("model_id"), tuple):
                wanted.setdefault(car.get("model_id")[0].casefold(), car.get("model_id"))
        brand = self.company.dcrc_dms_brand_id or self.env.ref("dcrc_dealer.vehicle_brand_dealer")
        vals_list = [
            {"name": name, "dcrc_code": code, "brand_id": brand.id, "default_fuel_type": False}
            for name, code in wanted.values()
        ]
        made = self.env["fleet.vehicle.model"].create(vals_list)
        ids = dict(zip(wanted, made.ids, strict=True))
        for car in cars:
            if isinstance(car.get("model_id"), tuple):
                car.put("model_id", ids[car.get("model_id")[0].casefold()])

    def _write_cars(self):
        changes = []
        for car in self.plan.index.cars.values():
            vals = dict(car.changes)
            if car.new_users and not car.main_user:
                vals["dcrc_user_id"] = car.new_users[0][0].record_id
            if vals:
                changes.append((car.record_id, vals))
        self._update("fleet.vehicle", changes)
        unknown = self.plan._unknown_model() if self.plan.new_cars else False
        vals_list = [
            {
                "model_id": unknown,
                **car.changes,
                "company_id": self.company.id,
                "dcrc_kind": "customer",
                "dcrc_owner_id": car.owner.record_id if car.owner else False,
                "dcrc_user_id": car.new_users[0][0].record_id if car.new_users else False,
                "state_id": False,
            }
            for car in self.plan.new_cars
        ]
        self._create("fleet.vehicle", self.plan.new_cars, vals_list, alike=True)

    def _write_people_of_cars(self):
        """Open the ledger of new cars, hand known ones over, note users."""
        vehicle = self.env["fleet.vehicle"]
        partner = self.env["res.partner"]
        lines, changes, notes = [], [], {}
        new = set(map(id, self.plan.new_cars))
        for car in [*self.plan.index.cars.values(), *self.plan.new_cars]:
            record = vehicle.browse(car.record_id)
            if car.new_owner:
                owner = partner.browse(car.owner.record_id if car.owner else ())
                if car.why:
                    notes[record.id] = self.env._(
                        "Order %(order)s was corrected: it is about another car.", order=car.why
                    )
                if id(car) in new and owner:
                    lines.append(record._dcrc_prepare_link("owner", owner, car.new_owner, "dms"))
                elif id(car) not in new:
                    changes.append((record, owner, car.new_owner))
            for person, day in car.new_users:
                user = partner.browse(person.record_id)
                lines.append(record._dcrc_prepare_link("user", user, day, "dms"))
        create_alike(self.env["dcrc.vehicle.owner"], lines)
        vehicle._dcrc_set_owners(changes, source="dms", notes=notes)

    def _write_papers(self):
        model, changes = PAPERS[self.plan.kind][0], []
        for paper in chain.from_iterable(self.plan.index.papers.values()):
            if paper.record_id and paper.changes:
                vals = {name: value for name, value in paper.changes.items() if name != "moved"}
                if "moved" in paper.changes:
                    vals |= self._people(paper)
                changes.append((paper.record_id, vals))
        self._update(model, changes)
        vals_list = [
            {**paper.changes, **self._people(paper), "company_id": self.company.id} for paper in self.plan.new_papers
        ]
        # visits have something to do for each (meter readings, appointments)
        self._create(model, self.plan.new_papers, vals_list, alike=self.plan.kind == "sales")

    def _people(self, paper):
        person = paper.person
        return {"vehicle_id": paper.car.record_id, "partner_id": person.record_id if person else False}

    def _open_corrections(self):
        """Wrong and missing items go to the department that wrote the list (COR-1)."""
        vals_list = [
            {
                "partner_id": line.person.record_id,
                "vehicle_id": line.car.record_id,
                "item": finding.field,
                "wrong_value": finding.text,
                "source": "dms",
                "department_kind": self.plan.kind,
            }
            for line, finding in self.plan.wrong
            if line.person
        ]
        if vals_list:
            self.env["res.partner"]._dcrc_open_correction(vals_list)

    def _refresh_list_dates(self, orders):
        """Remember the newer list for orders that it repeats word for word."""
        table = self.env[PAPERS[self.plan.kind][0]]._table
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET list_date = %s WHERE company_id = %s AND order_no = ANY(%s) AND list_date < %s",
                SQL.identifier(table),
                self.plan.list_date,
                self.company.id,
                orders,
                self.plan.list_date,
            )
        )
