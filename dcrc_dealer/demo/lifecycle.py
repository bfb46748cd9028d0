"""Stages of cars over the past year, as the nightly judging would have noted them.

Walks from day to day on which a verdict could change, with the engine's own rules and `judge`,
and what was known on that day. The first verdict is of the day a year ago when it began.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo.tools import SQL

from ..tools.lifecycle import judge

BEGAN = 372  # days ago
YEAR = timedelta(days=365)


class Entry(NamedTuple):
    """A car entered a stage."""

    car: int
    day: object
    old_stage: str
    stage: str
    score: int
    reasons: list
    region: str
    warranty: str


class Lifecycle:
    """Judges one dealer's cars day by day until yesterday; `note` writes what changed."""

    def __init__(self, past):
        self.past, self.env, self.company = past, past.env, past.company
        self.today = past.today
        self.entries = []

    def judge(self):
        """Fill `entries`, oldest first."""
        self.past.load()
        self._rules = self.env["dcrc.lifecycle.rule"]._get_rules(self.company)
        self._plates = tuple(self.company._dcrc_get_local_plates())
        self._told, self._visits, self._cars = self._get_told(), self._get_visits(), self._get_cars()
        for car in self.past.ids:
            self.entries += self._judge_car(car)
        self.entries.sort(key=lambda entry: (entry.day, entry.car))

    def note(self):
        """Write the changes, and where each car stood yesterday."""
        changes = self.env["dcrc.lifecycle.change"].create(
            [
                {
                    "vehicle_id": entry.car,
                    "company_id": self.company.id,
                    "date": entry.day,
                    "old_stage": entry.old_stage,
                    "stage": entry.stage,
                    "score": entry.score,
                    "region": entry.region,
                    "warranty": entry.warranty,
                }
                for entry in self.entries
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_lifecycle_change SET create_date = date + interval '18 hours',
                      write_date = date + interval '18 hours' WHERE id = ANY(%s)""",
                changes.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE fleet_vehicle v SET dcrc_stage = c.stage, dcrc_stage_since = c.date
                 FROM (SELECT DISTINCT ON (vehicle_id) vehicle_id, stage, date FROM dcrc_lifecycle_change
                        WHERE company_id = %s ORDER BY vehicle_id, date DESC, id DESC) c
                WHERE v.id = c.vehicle_id""",
                self.company.id,
            )
        )
        self.env.invalidate_all(flush=False)

    def get_visit_after(self, car, day):
        """``(day, id)`` of the first visit of a car after a day, or None."""
        return next((visit for visit in self._visits.get(car, []) if visit[0] > day), None)

    def get_spent(self, car, day):
        """What was paid for a car in the two years before a day."""
        return sum(visit[2] for visit in self._visits.get(car, []) if day - 2 * YEAR <= visit[0] <= day)

    def _judge_car(self, car):
        told, visits = self._told.get(car, []), [visit[0] for visit in self._visits.get(car, [])]
        delivered, plate = self._cars[car]
        if not delivered:
            return
        day, stage = max(self.today - timedelta(days=BEGAN), delivered), None
        turns = sorted({*self.past.get_turns(car), *visits, *(one[0] for one in told)})
        while day < self.today:
            facts = self._get_facts(car, delivered, visits, told, day)
            verdict = judge(self._rules, facts, day)
            if verdict.stage and verdict.stage != stage:
                ends = facts["warranty_end"]
                yield Entry(
                    car,
                    day,
                    stage,
                    verdict.stage,
                    verdict.score,
                    verdict.reasons,
                    plate and ("local" if plate.startswith(self._plates) else "other"),
                    ends and ("in" if ends >= day else "out"),
                )
                stage = verdict.stage
            later = [turn for turn in turns if turn > day][:1]
            day = min(filter(None, (*later, verdict.check_on)), default=self.today)

    def _get_facts(self, car, delivered, visits, told, day):
        row = self.past.forecast(car, day)
        before = [visit for visit in visits if visit <= day]
        recent = [one for one in told if day - YEAR <= one[0] <= day]
        return {
            "delivered": delivered,
            "next_service": row["dcrc_next_service_date"],
            "service_count": row["dcrc_service_count"],
            "last_visit": before[-1] if before else None,
            "warranty_end": row["dcrc_warranty_due"],
            "failed_calls": sum(one[1] for one in recent),
            "refused": sum(one[2] for one in recent),
            "elsewhere": sum(one[3] for one in recent),
            "dissatisfied": sum(one[4] for one in recent),
            "oldest": min((one[0] for one in recent), default=None),
        }

    def _get_told(self):
        """``{car: [(day, failed, refused, elsewhere, dissatisfied)]}`` of what calls have shown."""
        rows = self.env.execute_query(
            SQL(
                """SELECT f.vehicle_id, f.done_on::date, (f.state = 'failed')::integer,
                      (COALESCE(f.result, '') = 'refused' OR COALESCE(o.code, '') = 'refused')::integer,
                      (COALESCE(f.result, '') = 'elsewhere')::integer, COALESCE(f.dissatisfied, FALSE)::integer
                 FROM dcrc_followup f LEFT JOIN dcrc_call_outcome o ON o.id = f.outcome_id
                WHERE f.company_id = %s AND f.vehicle_id IS NOT NULL AND f.done_on IS NOT NULL
                  AND (f.state = 'failed' OR f.dissatisfied OR f.result IN ('refused', 'elsewhere')
                       OR o.code = 'refused')
                ORDER BY f.done_on, f.id""",
                self.company.id,
            )
        )
        return _group(rows)

    def _get_visits(self):
        """``{car: [(day, id, amount)]}``, oldest first."""
        return _group(
            self.env.execute_query(
                SQL(
                    """SELECT s.vehicle_id, (s.date_in AT TIME ZONE 'UTC' AT TIME ZONE %s)::date, s.id, s.amount_total
                 FROM dcrc_service_visit s WHERE s.company_id = %s ORDER BY s.date_in, s.id""",
                    self.company._dcrc_tz(),
                    self.company.id,
                )
            )
        )

    def _get_cars(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT id, COALESCE(dcrc_delivery_date, dcrc_purchase_date), license_plate
                 FROM fleet_vehicle WHERE id = ANY(%s)""",
                self.past.ids,
            )
        )
        return {car: (delivered, plate) for car, delivered, plate in rows}


def _group(rows):
    found = {}
    for car, *rest in rows:
        found.setdefault(car, []).append(tuple(rest))
    return found
