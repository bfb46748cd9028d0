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


class Fleet:
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

    def _birthday(self):
        """A birthday more than a month away."""
        day = SQL("((%s + (40 + g.n %% 290)) - interval '40 years')::date", self.today)
        return {
            "dcrc_birth_date": day,
            "dcrc_birth_key": SQL("EXTRACT(MONTH FROM %s) * 100 + EXTRACT(DAY FROM %s)", day, day),
        }

    def _days_ahead(self):
        """What rules look for on cars, all beyond what is planned now."""

        def ahead(days):
            return SQL("%s + " + days, self.today)

        return {
            "dcrc_next_service_date": ahead("CASE g.n %% 10 WHEN 0 THEN -120 - g.n %% 200 ELSE 70 + g.n %% 150 END"),
            "dcrc_next_service_kind": SQL("'periodic'"),
            "dcrc_forecast_dirty": SQL("FALSE"),
            "dcrc_last_service_date": ahead("-40 - g.n %% 150"),
            "dcrc_insurance_end": ahead("150 + g.n %% 200"),
            "dcrc_insured_here": SQL("g.n %% 3 = 0"),
            "dcrc_warranty_due": ahead("200 + g.n %% 900"),
            "dcrc_inspection_due": ahead("150 + g.n %% 500"),
            "dcrc_licence_due": ahead("150 + g.n %% 1500"),
        }

    def _fill_followups(self, stamps, car, person):
        """The third call of each last visit is done."""
        env, sql = self.env, SQL
        rule = env["dcrc.followup.rule"].search(
            [("company_id", "=", self.company.id), ("trigger", "=", "visit")], limit=1
        )
        day = sql("%s - (40 + g.n %% 150)", self.today)
        outcome = env["dcrc.call.outcome"].search([("effective", "=", True)], limit=1)
        common = {"company_id": self.company.id, "partner_id": self._person_record.id, "user_id": self.users[0].id}
        done = sql("(%s)::timestamp + interval '53 hours'", day)
        contact = env["dcrc.contact"].create({**common, "date_due": self.today, "state": "done"})
        contacts = self.clone(
            "dcrc.contact",
            contact,
            {
                **stamps,
                "partner_id": person,
                "date_due": sql("%s + 3", day),
                "done_day": sql("%s + 2", day),
                "done_on": done,
                "attempt_count": sql("1"),
            },
        )
        call = env["dcrc.call"].create(
            {
                **common,
                "contact_id": contact.id,
                "state": "done",
                "outcome_id": outcome.id,
                "started_at": env.cr.now(),
                "ended_at": env.cr.now(),
            }
        )
        calls = self.clone(
            "dcrc.call",
            call,
            {
                **stamps,
                "partner_id": person,
                "contact_id": sql("%s + g.n", contacts),
                "started_at": done,
                "ended_at": done,
            },
        )
        followup = env["dcrc.followup"].create(
            {
                **common,
                "rule_id": rule.id,
                "source_model": "dcrc.service.visit",
                "source_id": 0,
                "purpose": "care",
                "channel": "phone",
                "anchor_date": self.today,
                "date_start": self.today,
                "date_due": self.today,
                "date_expiry": self.today,
                "state": "done",
                "effective": True,
            }
        )
        followups = self.clone(
            "dcrc.followup",
            followup,
            {
                **stamps,
                "partner_id": person,
                "vehicle_id": car,
                "source_id": sql("%s + g.n", self.visits),
                "visit_id": sql("%s + g.n", self.visits),
                "contact_id": sql("%s + g.n", contacts),
                "anchor_date": day,
                "date_start": sql("%s + 1", day),
                "date_due": sql("%s + 3", day),
                "date_expiry": sql("%s + 7", day),
                "done_on": done,
            },
        )
        field = env["dcrc.call"]._fields["followup_ids"]
        env.cr.execute(
            sql(
                "INSERT INTO %s (%s, %s) SELECT %s + g.n, %s + g.n FROM generate_series(1, %s) g(n)",
                sql.identifier(field.relation),
                sql.identifier(field.column1),
                sql.identifier(field.column2),
                calls,
                followups,
                self.cars,
            )
        )
        (call | call).unlink()
        followup.unlink()
        contact.unlink()

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

    def _clone_visits(self, prefix, days, count, car, person, stamp):
        visit = self._visit()
        day = SQL("%s - (" + days + ")", self.today)
        return self.clone(
            "dcrc.service.visit",
            visit,
            {
                "create_date": stamp,
                "write_date": stamp,
                "vehicle_id": car,
                "partner_id": person,
                "order_no": SQL("%s || g.n", prefix),
                "date": day,
                "date_in": SQL("(%s)::timestamp + interval '2 hours'", day),
                "date_out": SQL("(%s)::timestamp + interval '4 hours'", day),
            },
            count,
        )

    def clone(self, model, record, columns, count=None, own=()):
        """Insert `count` copies of a record with other columns, as SQL of n; return the id before the first.

        ``own``: columns that hold the row's own id.
        """
        self.env.flush_all()
        cr, count = self.env.cr, count or self.cars
        table = self.env[model]._table
        cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))
        first = cr.fetchone()[0]
        columns = {"id": SQL("%s + g.n", first), **columns, **{name: SQL("%s + g.n", first) for name in own}}
        cr.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            (table,),
        )
        names = [row[0] for row in cr.fetchall()]
        values = [columns.get(name, SQL.identifier("t", name)) for name in names]
        cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM generate_series(1, %s) g(n), %s t WHERE t.id = %s",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(values),
                count,
                SQL.identifier(table),
                record.id,
            )
        )
        cr.execute(SQL("SELECT setval(%s, %s)", f"{table}_id_seq", first + count))
        return first

    # -- the records that are copied ----------------------------------------
    def _person(self):
        self._person_record = self.env["res.partner"].create(
            {
                "name": "客户",
                "dcrc_customer": True,
                "dcrc_gender": "female",
                "company_id": self.company.id,
                "dcrc_phone_ids": [Command.create({"number": f"+8613{ord(self.letter) % 10}00000000"})],
                "dcrc_assigned_on": self.today - timedelta(days=400),
                "dcrc_specialist_id": self.users[0].id,
            }
        )
        return self._person_record

    def _car(self):
        self._car_record = self.env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "company_id": self.company.id,
                "model_id": self.model.id,
                "dcrc_owner_id": self._person_record.id,
                "dcrc_insurance_end": self.today + timedelta(days=200),
            }
        )
        return self._car_record

    def _delivery(self):
        return self.env["dcrc.delivery"].create(
            {
                "company_id": self.company.id,
                "order_no": f"XS{self.letter}",
                "vehicle_id": self._car_record.id,
                "partner_id": self._person_record.id,
                "date": self.today - timedelta(days=900),
            }
        )

    def _visit(self):
        if not hasattr(self, "_visit_record"):
            cars = self.env["fleet.vehicle"].browse(self.vehicles)  # the one that was copied
            self._visit_record = self.env["dcrc.service.visit"].create(
                {
                    "company_id": self.company.id,
                    "order_no": f"WX{self.letter}{self.env.cr.now():%H%M%S%f}",
                    "kind": "periodic",
                    "vehicle_id": cars.id,
                    "partner_id": cars.dcrc_owner_id.id,
                    "mileage": 12000,
                    "work": "常规保养：更换机油机滤",
                    "date_in": self.today - timedelta(days=900),
                }
            )
        return self._visit_record
