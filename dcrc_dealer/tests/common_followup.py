"""What the tests of the followup room share."""

from datetime import timedelta

from odoo import fields

from .common import NOW, TODAY, DcrcCase


class FollowupCase(DcrcCase):
    """A dealer whose rules hold since long ago, with creators for its follow-ups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.env["dcrc.followup.rule"]
        cls.Followup = cls.env["dcrc.followup"]
        cls.Contact = cls.env["dcrc.contact"]
        cls.planner = cls.env["dcrc.followup.planner"]
        cls.rules = cls.Rule.search([("company_id", "in", (cls.dealer | cls.other_dealer).ids)])
        cls.rules.active_from = fields.Date.to_date("2026-09-01")
        cls.rules_by_key = {
            key: cls.env.ref(f"dcrc_dealer.followup_rule_{key}")._dcrc_copy_for(cls.dealer)
            for key in ("first", "second", "third", "lost_new", "lost_service", "welcome")
        }

    @classmethod
    def _get_outcome(cls, code):
        return cls.env.ref(f"dcrc_dealer.call_outcome_{code}")

    @classmethod
    def _plan(cls, company=None):
        """Plan and return the figures of the dealer."""
        company = company or cls.dealer
        return cls.Rule._plan(company)[company]

    @classmethod
    def _day(cls, days):
        return TODAY + timedelta(days=days)

    def _of(self, rule, **domain):
        """Follow-ups of a rule given by its key."""
        conditions = [("rule_id", "=", self.rules_by_key[rule].id)]
        return self.Followup.search(conditions + [(k, "=", v) for k, v in domain.items()])

    def _open_first(self, **vals):
        """Deliver a car two days ago, plan; return the open first call."""
        delivery = self._create_delivery(date=self._day(-2), **vals)
        self._plan()
        return self._of("first", delivery_id=delivery.id)

    def _open_third(self, car=None, days=-2):
        """Finish a visit two days ago, plan; return the open third call."""
        visit = self._create_visit(car, date_in=NOW + timedelta(days=days))
        self._plan()
        return self._of("third", visit_id=visit.id)

    def _start(self, followup, user=None):
        """Claim the contact as `user` (the specialist) and return the draft call."""
        contact = self._as(user or self.specialist, followup.contact_id)
        contact._claim()
        return contact._start_call()

    def _finish(self, followup, code, user=None, **values):
        """Call once with an outcome; return what `_finish` returns."""
        call = self._start(followup, user)
        phone = values.pop("phone_id", call.phone_id.id)
        values = {"outcome_id": self._get_outcome(code).id, "phone_id": phone, **values}
        return call._finish(values)

    def _answers(self, followup, level=5, **texts):
        """Answer every question with a level; `texts`: remarks by the question's code."""
        given = {}
        for question in followup._get_questions():
            if question["type"] == "level":
                answer = next(a for a in question["answers"] if a["level"] == level)
                given[question["id"]] = {"answer_id": answer["id"]}
            if question["code"] in texts:
                given.setdefault(question["id"], {})["text"] = texts[question["code"]]
        return {followup.id: given}
