"""A dealer's year in figures: papers, calls, answers, texts, bookings, corrections, samples; made by a fixed seed."""

import random
from datetime import datetime, timedelta

from odoo import fields
from odoo.tools import SQL

from ..models.foundations.rows import update_rows
from .common import NOW, TODAY, DcrcCase


class FiguresCase(DcrcCase):
    """`cls.year(dealer)` fills a dealer; `cls.refresh()` brings its facts up to date."""

    CARS = 24

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measures = cls.env["dcrc.measure"]
        cls.facts = cls.env["dcrc.measure.fact"]
        cls.dealer.dcrc_rate_minimum = cls.other_dealer.dcrc_rate_minimum = 1

    @classmethod
    def _year(cls, dealer=None, seed=1):
        """Fill a year up to today; return its follow-ups."""
        cls.dice, cls.filled = random.Random(seed), dealer or cls.dealer
        cls.callers = cls.env["res.users"].union(cls.specialist, cls.colleague)
        cls.cars = cls.env["fleet.vehicle"]
        for _number in range(cls.CARS):
            cls.cars |= cls._create_car(cls._create_customer(company=cls.filled))
        papers = [cls._create_delivery(car, cls._any_day()) for car in cls.cars]
        papers += [
            cls._create_visit(cls.dice.choice(cls.cars), cls._any_moment(), kind=cls.dice.choice(KINDS))
            for _number in range(cls.CARS * 2)
        ]
        followups = cls._follow(papers)
        cls._remind()
        cls._call(followups)
        cls._book_some()
        cls._write_texts(followups)
        cls._find_errors()
        cls._judge_cars()
        return followups

    @classmethod
    def _refresh(cls):
        cls.env["dcrc.measure.mark"]._refresh_all(cls.dealer | cls.other_dealer)

    @classmethod
    def _any_day(cls):
        """A day of the year, every other one in or about the month that tests look at."""
        if cls.dice.random() < 0.5:
            return MONTH[0] + timedelta(days=cls.dice.randrange(-8, 34))
        return TODAY - timedelta(days=cls.dice.randrange(1, 365))

    @classmethod
    def _any_moment(cls):
        """A moment of any hour: some lie on another day in UTC than at the dealer's."""
        day = datetime.combine(cls._any_day(), datetime.min.time())
        return day + timedelta(minutes=cls.dice.randrange(24 * 60))

    @classmethod
    def _rules(cls, *triggers):
        rules = cls.env["dcrc.followup.rule"].search([("company_id", "=", cls.filled.id)])
        return rules.filtered(lambda rule: rule.trigger in triggers)

    @classmethod
    def _prepare(cls, rule, source, car, day, **vals):
        return {
            "rule_id": rule.id,
            "company_id": cls.filled.id,
            "partner_id": car.dcrc_contact_id.id,
            "vehicle_id": car.id,
            "source_model": source._name,
            "source_id": source.id,
            "purpose": "care",
            "channel": "phone",
            "anchor_date": day,
            "date_start": day,
            "date_due": day + timedelta(days=3),
            "date_expiry": day + timedelta(days=9),
            "user_id": cls.dice.choice(cls.callers).id,
            **vals,
        }

    @classmethod
    def _follow(cls, papers):
        """A follow-up of every paper; some are done, dissatisfied, missed, or out of the base."""
        vals_list = []
        for paper in papers:
            sales = paper._name == "dcrc.delivery"
            rule = cls._rules("delivery" if sales else "visit")[:1]
            link = {"delivery_id" if sales else "visit_id": paper.id}
            vals_list.append(cls._prepare(rule, paper, paper.vehicle_id, paper.date, **link, **cls._any_fate(paper)))
        return cls.env["dcrc.followup"].create(vals_list)

    @classmethod
    def _any_fate(cls, paper):
        fate = cls.dice.random()
        done = datetime.combine(paper.date, datetime.min.time()) + timedelta(hours=cls.dice.randrange(0, 140))
        if fate < 0.6:
            bad = cls.dice.random() < 0.2
            return {"state": "done", "effective": True, "dissatisfied": bad, "done_on": done}
        if fate < 0.75:
            return {"state": "missed", "done_on": done}
        if fate < 0.85:
            reason = cls.env["dcrc.reason"].search([("code", "=", "wrong_number")], limit=1)
            return {"state": "cancelled", "base_state": "out", "cancel_reason_id": reason.id, "exit_source": "rule"}
        return {"state": "failed", "done_on": done}

    @classmethod
    def _remind(cls):
        """Two reminders a car, some answered by its visits."""
        rules = cls._rules("first_service", "periodic_service")
        vals_list = []
        for number, car in enumerate([*cls.cars, *cls.cars]):
            day = cls._any_day()
            vals = {"occurrence": str(number), "service_base_date": day - timedelta(days=150)}
            done = {"state": "done", "done_on": datetime.combine(day, datetime.min.time()) + timedelta(hours=2)}
            vals |= done if cls.dice.random() < 0.7 else {"state": "missed"}
            vals_list.append(cls._prepare(cls.dice.choice(rules), car, car, day, **vals))
        return cls.env["dcrc.followup"].create(vals_list)

    @classmethod
    def _call(cls, followups):
        """Calls and answers of what is done, calls without an answer of what failed."""
        outcome = cls.env["dcrc.call.outcome"].search([("code", "=", "answered")], limit=1)
        for followup in followups.filtered(lambda f: f.state in ("done", "failed")):
            contact = cls.env["dcrc.contact"].create(
                {
                    "company_id": cls.filled.id,
                    "partner_id": followup.partner_id.id,
                    "state": "done",
                    "date_due": followup.date_due,
                }
            )
            cls.env["dcrc.call"].create(
                {
                    "contact_id": contact.id,
                    "company_id": cls.filled.id,
                    "partner_id": followup.partner_id.id,
                    "user_id": followup.user_id.id,
                    "state": "done",
                    "started_at": followup.done_on - timedelta(minutes=3),
                    "ended_at": followup.done_on,
                    "outcome_id": outcome.id,
                    "followup_ids": followup.ids,
                }
            )
            if followup.effective:
                cls._answer(followup)

    @classmethod
    def _answer(cls, followup):
        sheet = cls.env["survey.user_input"]._dcrc_open(followup)
        lines = []
        for question in sheet.survey_id.question_ids.filtered(lambda q: q._dcrc_type() == "level"):
            level = cls.dice.choice((1, 2, 3) if followup.dissatisfied else (3, 4, 5, 5))
            answer = question.suggested_answer_ids.filtered(lambda a, level=level: a.dcrc_level == level)[:1]
            lines.append(sheet._get_line_answer_values(question, answer.id, "suggestion"))
        cls.env["survey.user_input.line"].create(lines)

    @classmethod
    def _book_some(cls):
        """Appointments of the past: served, missed, cancelled; some belong to a repair order."""
        kind = cls.env["dcrc.appointment.kind"].search([("company_id", "=", cls.filled.id)], limit=1)
        visits = cls.env["dcrc.service.visit"].search([("company_id", "=", cls.filled.id)])
        taken = cls.env["dcrc.appointment"].search([("visit_id", "!=", False)]).visit_id
        for visit in visits[::3] - taken:
            appointment = cls.env["dcrc.appointment"].create(
                {
                    "company_id": cls.filled.id,
                    "partner_id": visit.partner_id.id,
                    "vehicle_id": visit.vehicle_id.id,
                    "kind_id": kind.id,
                }
            )
            state = cls.dice.choice(("served", "served", "no_show", "cancelled"))
            row = {"id": appointment.id, "start": visit.date_in, "state": state, "walk_in": False}
            row |= {"day": visit.company_id._dcrc_to_local(visit.date_in).date(), "hour": 10}
            row |= {"user_id": cls.dice.choice(cls.callers).id, "visit_id": visit.id if state == "served" else None}
            # history, as an import has it: no place is taken for what is over
            update_rows(appointment, [row], [name for name in row if name != "id"])
        cls.env.invalidate_all()

    @classmethod
    def _write_texts(cls, followups):
        states = ("sent", "sent", "error", "dcrc_recorded", "pending")
        cls.env["sms.sms"].create(
            [
                {
                    "number": "+8613800138000",
                    "body": "您好",
                    "dcrc_company_id": cls.filled.id,
                    "dcrc_followup_id": followup.id,
                    "dcrc_sent_at": cls._any_moment(),
                    "state": cls.dice.choice(states),
                }
                for followup in followups[::2]
            ]
        )

    @classmethod
    def _find_errors(cls):
        """Corrections, half of them closed, and a sample of headquarters."""
        for car in cls.cars[::2]:
            correction = cls.env["dcrc.correction"].create(
                {"partner_id": car.dcrc_contact_id.id, "item": "name", "company_id": cls.filled.id}
            )
            correction.date = cls._any_moment()
            if cls.dice.random() < 0.5:
                correction.write({"state": "verified", "closed_on": NOW, "closed_by": cls.env.uid})
        sample = cls.env["dcrc.sample"].create({"company_id": cls.filled.id, "drawn_for": "headquarters"})
        for place, car in enumerate(cls.cars[:12], 1):
            verdict = cls.dice.choice(("right", "right", "wrong", "unreachable"))
            line = cls.env["dcrc.sample.line"].create(
                {"sample_id": sample.id, "place": place, "partner_id": car.dcrc_contact_id.id, "verdict": verdict}
            )
            line.verified_on = cls._any_day()

    @classmethod
    def _judge_cars(cls):
        for car in cls.cars:
            days = sorted(cls._any_day() for _number in range(3))
            stages = ("active", cls.dice.choice(("at_risk", "active")), cls.dice.choice(("lost", "active")))
            old = False
            for day, stage in zip(days, stages, strict=True):
                vals = {"vehicle_id": car.id, "company_id": cls.filled.id, "date": day}
                cls.env["dcrc.lifecycle.change"].create({**vals, "stage": stage, "old_stage": old})
                old = stage

    def _figure(self, code, start, stop, dealer=None, **options):
        [figure] = self.measures._find([code])._get_figures(dealer or self.dealer, start, stop, **options)
        return figure

    def _snapshot(self):
        """All facts as they are kept, in an order of their own."""
        columns = ("company_id", "measure_id", "day", "department_id", "user_id", *SUMS)
        listed = SQL(", ").join(map(SQL.identifier, columns))
        self.env.cr.execute(SQL("SELECT %s FROM dcrc_measure_fact ORDER BY %s", listed, listed))
        return self.env.cr.fetchall()


KINDS = ("first", "periodic", "periodic", "repair", "rework")
SUMS = ("numerator", "denominator", "excluded")
MONTH = fields.Date.to_date("2026-05-01"), fields.Date.to_date("2026-05-31")
