"""What a fleet consists of: copies of one record of each kind, written by SQL of their number n."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tools import SQL


class Copies:
    """The base of `Fleet`, which knows company, users, model and how many cars."""

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
