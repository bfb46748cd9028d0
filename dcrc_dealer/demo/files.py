"""Write a story down: customers, phones, cars with their owners, deliveries, visits."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tools import SQL

from . import story as stories
from .cars import ensure_models

WARRANTY_YEARS, WARRANTY_KM = 3, 100000
TAGS = {
    "vip": "dcrc_dealer.res_partner_category_vip",
    "fleet": "dcrc_dealer.res_partner_category_corporate_fleet",
    "leader": "dcrc_dealer.res_partner_category_opinion_leader",
    "referrer": "dcrc_dealer.res_partner_category_referrer",
}


class Files:
    """Writes one dealer's files; afterwards customers and cars of the story carry ``record``."""

    def __init__(self, env, company, story, specialists):
        self.company = company
        self.env = env(
            context={
                **env.context,
                "allowed_company_ids": company.ids,
                "lang": "zh_CN",
                "tracking_disable": True,
                "no_vat_validation": True,
                "dcrc_source": "dms",
            }
        )
        self.story, self.specialists = story, specialists
        self.rng = story.rng
        self.code = "YZ" if story.plant == "A" else "BJ"

    def fill(self):
        """Write everything that didn't come by a list of the last days."""
        self.models = ensure_models(self.env)
        self._write_customers()
        self._write_cars()
        self._write_deliveries()
        self._write_visits()
        self._grade()
        self.env["fleet.vehicle"].browse([car["record"].id for _customer, car in self.cars()])._dcrc_forecast()
        self.env.flush_all()
        self._backdate()

    def known(self):
        """Customers with a file; the others come with their first car in a list."""
        is_listed = self.story.is_listed
        return [c for c in self.story.customers if not all(is_listed(k["delivered"]) for k in c["cars"])]

    def cars(self):
        """``(customer, car)`` of those."""
        return [(customer, car) for customer in self.known() for car in customer["cars"]]

    def order_no(self, kind, day, number):
        """Numbers as this dealer's DMS gives them: XS (sale) or WX (workshop)."""
        return f"{self.code}{kind}{day:%y%m%d}{number:03d}"

    def _write_customers(self):
        state = self.env.ref("base.state_cn_CQ", raise_if_not_found=False)
        country = self.env.ref("base.cn")
        customers = self.known()
        vals_list = [
            {
                **self._prepare_customer(customer, index),
                "country_id": country.id,
                "state_id": state.id if state and customer["city"] else False,
            }
            for index, customer in enumerate(customers)
        ]
        for customer, record in zip(customers, self.env["res.partner"].create(vals_list), strict=True):
            customer["record"] = record

    def _prepare_customer(self, customer, index):
        opened = min(
            min([car["delivered"], *(v["date_in"].date() for v in car["visits"])])
            if car["bought_here"] or not car["visits"]
            else car["visits"][0]["date_in"].date()
            for car in customer["cars"]
        )
        customer["opened"] = opened
        return {
            "name": customer["name"],
            "dcrc_customer": True,
            "company_id": self.company.id,
            "is_company": customer["is_company"],
            "lang": "zh_CN",
            "dcrc_gender": customer["gender"],
            "city": customer["city"],
            "street": customer["street"],
            "dcrc_source": customer["source"],
            "email": self.rng.random() < 0.15 and f"kehu{self.code.lower()}{index:04d}@mail.example",
            "category_id": [Command.set(self._tags(customer))],
            "dcrc_specialist_id": self.specialists[customer["desk"] % len(self.specialists)].id,
            "dcrc_assigned_on": opened + timedelta(days=1),
            "dcrc_phone_ids": [
                Command.create({"number": number, "role": role, "sequence": 10 * place})
                for place, (number, role) in enumerate(customer["phones"], 1)
            ],
            **customer["details"],
        }

    def _tags(self, customer):
        chances = {"vip": 0.03, "leader": 0.03, "referrer": 0.07}
        tags = ["fleet"] if customer["is_company"] else []
        tags += [tag for tag, chance in chances.items() if self.rng.random() < chance]
        return [self.env.ref(TAGS[tag]).id for tag in tags]

    def _write_cars(self):
        pairs = self.cars()
        users = self._write_users(pairs)
        records = self.env["fleet.vehicle"].create([self._prepare_car(customer, car, users) for customer, car in pairs])
        for (_customer, car), record in zip(pairs, records, strict=True):
            car["record"] = record

    def _write_users(self, pairs):
        """Create the main users who are not the owner; return {VIN: partner}."""
        used = [(customer, car) for customer, car in pairs if car["user"]]
        partners = self.env["res.partner"].create(
            [
                {
                    "name": car["user"]["name"],
                    "dcrc_gender": car["user"]["gender"],
                    "dcrc_customer": True,
                    "company_id": self.company.id,
                    "lang": "zh_CN",
                    "dcrc_grade": "c",
                    "dcrc_specialist_id": customer["record"].dcrc_specialist_id.id,
                    "dcrc_assigned_on": customer["opened"] + timedelta(days=1),
                    "dcrc_phone_ids": [Command.create({"number": self.story.people.mobile()})],
                }
                for customer, car in used
            ]
        )
        return {car["vin"]: partner for (_customer, car), partner in zip(used, partners, strict=True)}

    def _prepare_car(self, customer, car, users):
        rng, today, delivered = self.rng, self.story.today, car["delivered"]
        return {
            "dcrc_kind": "customer",
            "company_id": self.company.id,
            "model_id": self.models[car["model"]].id,
            "vin_sn": car["vin"],
            "license_plate": car["plate"],
            "color": car["colour"],
            "dcrc_owner_id": customer["record"].id,
            "dcrc_user_id": users[car["vin"]].id if car["vin"] in users else False,
            "dcrc_engine_number": car["engine"],
            "dcrc_purchase_date": delivered - timedelta(days=rng.randrange(0, 4)),
            "dcrc_delivery_date": delivered,
            "dcrc_consultant": car["bought_here"] and car["consultant"],
            "dcrc_warranty_end": delivered + timedelta(days=WARRANTY_YEARS * 365),
            "dcrc_warranty_km": WARRANTY_KM,
            "dcrc_insurer": car["insurer"],
            "dcrc_insurance_end": stories.next_anniversary(delivered, today),
            "dcrc_insured_here": rng.random() < 0.55,
            "dcrc_policy_no": f"P{rng.randrange(10**11):011d}",
            "dcrc_inspection_due": stories.next_inspection(delivered, today),
            "dcrc_licence_due": rng.random() < 0.5 and today + timedelta(days=rng.randrange(20, 2100)),
        }

    def sell_cars(self):
        """Some older cars have changed hands within the customers of the dealer since their last visit."""
        today, rng = self.story.today, self.rng
        pairs = []
        for customer, car in self.cars():
            last = max((v["date_in"].date() for v in car["visits"]), default=car["delivered"])
            if not car["user"] and (today - car["delivered"]).days > 700 and (today - last).days > 45:
                pairs.append((customer, car, last + timedelta(days=20)))
        chosen = rng.sample(pairs, min(len(pairs) // 8, 6))
        buyers = rng.sample(self.known(), len(chosen))
        changes = [
            (car["record"], buyer["record"], day + timedelta(days=rng.randrange((today - day).days - 14)))
            for (customer, car, day), buyer in zip(chosen, buyers, strict=True)
            if buyer is not customer
        ]
        self.env["fleet.vehicle"]._dcrc_set_owners(changes, "dms")

    def _write_deliveries(self):
        pairs = [(customer, car) for customer, car in self.cars() if car["bought_here"]]
        pairs.sort(key=lambda pair: (pair[1]["delivered"], pair[1]["vin"]))
        self.env["dcrc.delivery"].create(
            [
                {
                    "company_id": self.company.id,
                    "order_no": self.order_no("XS", car["delivered"], number % 1000),
                    "vehicle_id": car["record"].id,
                    "partner_id": customer["record"].id,
                    "invoice_date": car["record"].dcrc_purchase_date,
                    "date": car["delivered"],
                    "consultant": car["consultant"],
                    "insurer": car["insurer"],
                    "insurance_end": stories.next_anniversary(car["delivered"], car["delivered"]),
                    "source": customer["source"],
                    "list_date": car["delivered"] + timedelta(days=1),
                }
                for number, (customer, car) in enumerate(pairs)
            ]
        )

    def _write_visits(self):
        rows = [
            (car, visit) for _customer, car in self.cars() for visit in car["visits"] if not self.is_listed_visit(visit)
        ]
        rows.sort(key=lambda row: (row[1]["date_in"], row[0]["vin"]))
        self.env["dcrc.service.visit"].create(
            [self._prepare_visit(number, car, visit) for number, (car, visit) in enumerate(rows)]
        )

    def is_listed_visit(self, visit):
        """Whether the order is on a list of the last days (they carry completed orders)."""
        return bool(visit["date_out"]) and self.story.is_listed(visit["date_out"].date())

    def _prepare_visit(self, number, car, visit):
        contact = car["record"].dcrc_user_id or car["record"].dcrc_contact_id
        day = (visit["date_out"] or visit["date_in"]).date()
        return {
            "company_id": self.company.id,
            "order_no": self.order_no("WX", visit["date_in"], number % 1000),
            "vehicle_id": car["record"].id,
            "partner_id": contact.id,
            "kind": visit["kind"],
            "date_in": self.company._dcrc_to_utc(visit["date_in"]),
            "date_out": visit["date_out"] and self.company._dcrc_to_utc(visit["date_out"]),
            "mileage": visit["mileage"],
            "adviser": visit["adviser"],
            "technician": visit["technician"],
            "work": visit["work"],
            "labour_amount": visit["labour"],
            "parts_amount": visit["parts"],
            "amount_total": visit["labour"] + visit["parts"],
            "booked": visit["booked"],
            "list_date": min(day + timedelta(days=1), self.story.today),
        }

    def _grade(self):
        """People follow the proposed grade, with an eye for who matters."""
        records = self.env["res.partner"].browse([c["record"].id for c in self.known()])
        better = {"c": "b", "b": "a", "a": "a"}
        groups = {}
        for customer in records:
            grade = customer.dcrc_grade_proposed
            if self.rng.random() < 0.06:
                grade = better[grade]
            if self.rng.random() < 0.95:
                groups[grade] = groups.get(grade, records.browse()) | customer
        for grade, customers in groups.items():
            customers.write({"dcrc_grade": grade})

    def _backdate(self):
        """The file, its deliveries and its visits are as old as what they tell."""
        cr = self.env.cr
        rows = [(c["record"].id, c["opened"] + timedelta(days=1)) for c in self.known()]
        ids, days = [row[0] for row in rows], [row[1] for row in rows]
        for table, column in (("res_partner", "id"), ("fleet_vehicle", "dcrc_owner_id")):
            cr.execute(
                SQL(
                    """UPDATE %s t SET create_date = s.day, write_date = s.day
                     FROM (SELECT UNNEST(%s) AS id, UNNEST(%s)::timestamp AS day) s WHERE t.%s = s.id""",
                    SQL.identifier(table),
                    ids,
                    days,
                    SQL.identifier(column),
                )
            )
        for table in ("dcrc_delivery", "dcrc_service_visit"):
            cr.execute(
                SQL(
                    "UPDATE %s SET create_date = list_date, write_date = list_date WHERE company_id = %s",
                    SQL.identifier(table),
                    self.company.id,
                )
            )
        self.env.invalidate_all(flush=False)
