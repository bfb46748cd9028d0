"""Dealers of any size, made by a few SQL statements from one record of each kind.

`run` makes the two dealers that the benchmarks named in `dev.bench.FLEETS` start from: "A" with a
tenth of the cars, "B" with all. How to use::

    fleet = Fleet.find(env, "B")
    fleet.bring_in(500)          # cars that came in two days ago: 500 follow-ups are due
"""

import json
from datetime import timedelta

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.dcrc_dealer.tools.vin import check_digit

from . import CARS
from ._copies import Copies
from ._measure import vacuum

PLATES = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def run(env_factory, size):
    """Make both dealers; this measures nothing."""
    for letter, share, specialists in (("A", 10, 3), ("B", 1, 30)):
        with env_factory() as env:
            make_fleet(env, letter, CARS[size] // share, specialists)
    with env_factory() as env:
        vacuum(env)
    return []


def make_fleet(env, letter, cars, specialists):
    """Open a dealer with customers, phones, cars, owners, deliveries, visits and past follow-ups.

    All shipped rules are active, and every car and customer has the dates that they look for, yet
    nothing is due: the last visit of each car was 40 to 189 days ago, its third call is done, and all
    other days are months away (or, for a tenth, months past their service). The letter tells dealers'
    numbers apart.
    """
    company = env["res.company"].create({"name": f"Bench {letter}"})
    company._dcrc_open_centre()
    fleet = Fleet(env, company, letter, cars)
    fleet.open_all_day()
    fleet.activate_rules()
    fleet.users = fleet.create_users(specialists)
    fleet.fill()
    env["ir.config_parameter"].set_param(
        f"bench.fleet.{letter}",
        json.dumps(
            {
                "company": company.id,
                "cars": cars,
                "users": fleet.users.ids,
                "people": fleet.people,
                "vehicles": fleet.vehicles,
                "model": fleet.model.id,
            }
        ),
    )


class Fleet(Copies):
    """One dealer; ``people``, ``vehicles`` … are the ids before the first one (ids run on)."""

    def __init__(self, env, company, letter, cars):
        self.env = env(context={**env.context, "allowed_company_ids": company.ids})
        self.company, self.letter, self.cars = company, letter, cars
        self.today = company._dcrc_today()

    @classmethod
    def find(cls, env, letter):
        """The dealer that `run` has made."""
        known = json.loads(env["ir.config_parameter"].get_param(f"bench.fleet.{letter}"))
        fleet = cls(env, env["res.company"].browse(known["company"]), letter, known["cars"])
        fleet.users = env["res.users"].browse(known["users"])
        fleet.model = env["fleet.vehicle.model"].browse(known["model"])
        fleet.people, fleet.vehicles = known["people"], known["vehicles"]
        return fleet

    def open_all_day(self):
        """Calls are possible at any hour, so that the clock changes no figure."""
        slots = self.env["dcrc.call.slot"].search([("company_id", "=", self.company.id)])
        slots.active = False
        self.env["dcrc.call.slot"].create({"name": "Day", "company_id": self.company.id, "hour_from": 0, "hour_to": 24})

    def activate_rules(self):
        """Festivals too, unless one is so near that it would greet the whole fleet."""
        rules = (
            self.env["dcrc.followup.rule"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company.id), ("active", "=", False)])
        )
        near = self.today - timedelta(days=10), self.today + timedelta(days=20)
        rules.filtered(lambda rule: not rule.festival_id._get_days(*near)).active = True

    def create_users(self, count):
        """Specialists of the dealer."""
        group = self.env.ref("dcrc_dealer.group_dcrc_user").id
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": f"Bench {self.letter}{number}",
                        "login": f"bench_{self.letter}{number}".lower(),
                        "company_id": self.company.id,
                        "company_ids": [Command.set(self.company.ids)],
                        "group_ids": [Command.set([group])],
                        "tz": "Asia/Shanghai",
                    }
                    for number in range(count)
                ]
            )
        )

    def fill(self):
        """Write everything; the numbers n of the rows run from 1."""
        env, sql = self.env, SQL
        users = self.users.ids
        old = sql("%s::timestamp", self.today - timedelta(days=400))
        stamps = {"create_date": old, "write_date": old}
        self.model = env["fleet.vehicle.model"].search([("name", "=", "Bench")], limit=1)
        if not self.model:
            brand = env["fleet.vehicle.model.brand"].create({"name": "Bench"})
            self.model = env["fleet.vehicle.model"].create({"name": "Bench", "brand_id": brand.id})
        name = sql("%s || g.n", f"客户{self.letter}")
        number = sql("%s || lpad(g.n::text, 8, '0')", f"+861{3 + ord(self.letter) % 6}0")
        self.people = self.clone(
            "res.partner",
            self._person(),
            {
                **stamps,
                "name": name,
                "complete_name": name,
                "phone": number,
                "phone_sanitized": number,
                "dcrc_specialist_id": sql("(%s::int[])[1 + (hashint4(g.n) & 65535) %% %s]", users, len(users)),
                **self._birthday(),
            },
            own=("commercial_partner_id",),
        )
        phone = env["dcrc.phone"].browse(self._person_record.dcrc_phone_ids.ids)
        self.phones = self.clone(
            "dcrc.phone",
            phone,
            {**stamps, "partner_id": sql("%s + g.n", self.people), "number": number, "state": sql("'ok'")},
        )
        vin = sql("%s || lpad(g.n::text, 7, '0')", f"LS5A2ABE0{self.letter}")
        plate = sql(
            "%s || substr(%s, 1 + (g.n / 100000) %% 24, 1) || lpad((g.n %% 100000)::text, 5, '0')",
            "渝川"[ord(self.letter) % 2],
            PLATES,
        )
        person = sql("%s + g.n", self.people)
        self.vehicles = self.clone(
            "fleet.vehicle",
            self._car(),
            {
                **stamps,
                "vin_sn": vin,
                "license_plate": plate,
                "name": sql("'Bench/' || %s", plate),
                "dcrc_owner_id": person,
                "dcrc_contact_id": person,
                "dcrc_last_visit_date": sql("%s - (40 + g.n %% 150)", self.today),
                "dcrc_delivery_date": sql("%s - (730 + g.n %% 1000)", self.today),
                **self._days_ahead(),
            },
        )
        car = sql("%s + g.n", self.vehicles)
        link = self._car_record.dcrc_link_ids
        self.clone(
            "dcrc.vehicle.owner",
            link,
            {
                **stamps,
                "vehicle_id": car,
                "partner_id": person,
                "date_from": sql("%s - (730 + g.n %% 1000)", self.today),
            },
        )
        self.clone(
            "dcrc.delivery",
            self._delivery(),
            {
                **stamps,
                "vehicle_id": car,
                "partner_id": person,
                "order_no": sql("%s || g.n", f"XS{self.letter}"),
                "date": sql("%s - (730 + g.n %% 1000)", self.today),
            },
        )
        for place, days in enumerate(("220 + g.n %% 300", "40 + g.n %% 150")):
            self.visits = self._clone_visits(f"WX{self.letter}{place}", days, self.cars, car, person, old)
        self._fill_followups(stamps, car, person)
        env.invalidate_all(flush=False)

    def bring_in(self, count, among=None):
        """Add visits completed two days ago, spread over the fleet: so many calls are due today.

        Written now, as by last night's lists.

        :param among: so many cars lie as far apart as possible; the first of them come in.
        """
        step = self.cars // (among or count)
        car = SQL("%s + g.n * %s", self.vehicles, step)
        person = SQL("%s + g.n * %s", self.people, step)
        self._clone_visits(f"NEU{self.letter}", "2", count, car, person, SQL("%s", self.env.cr.now()))
        self.env.invalidate_all(flush=False)

    def mend_vins(self, count):
        """Give the first cars VINs with the right check digit; return ``[(n, VIN, plate, name, phone)]``."""
        self.env.cr.execute(
            SQL(
                """SELECT v.id - %s, v.vin_sn, v.license_plate, p.name, p.phone FROM fleet_vehicle v
                 JOIN res_partner p ON p.id = v.dcrc_owner_id
                WHERE v.id BETWEEN %s AND %s ORDER BY v.id""",
                self.vehicles,
                self.vehicles + 1,
                self.vehicles + count,
            )
        )
        rows = [(n, vin[:8] + check_digit(vin) + vin[9:], *rest) for n, vin, *rest in self.env.cr.fetchall()]
        self.env.cr.execute(
            SQL(
                "UPDATE fleet_vehicle v SET vin_sn = s.vin FROM UNNEST(%s, %s) s(n, vin) WHERE v.id = %s + s.n",
                [row[0] for row in rows],
                [row[1] for row in rows],
                self.vehicles,
            )
        )
        return rows
