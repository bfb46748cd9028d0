"""The gate answers alike for sets and for one, whatever the wishes, numbers and days."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tools import SQL

from ..models.foundations.gate import WAYS, Question
from .common import TODAY, DcrcCase

NUMBERS = ["+8613800000001", "+8613800000002", "+862368001234"]
STATES = ["unverified", "ok", "suspended", "wrong", "empty", "transferred"]
PEOPLE = 3
days = st.integers(-3, 3).map(lambda count: TODAY + timedelta(days=count))
phones = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(NUMBERS), st.sampled_from(STATES)), max_size=6)
wishes = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(["all", "phone", "sms", "email"]),
        st.sampled_from(["all", "care", "marketing"]),
        st.booleans(),
        days,
        st.none() | st.integers(0, 3),
    ),
    max_size=4,
)
# CI tries the same examples each time; by hand there are new ones
PROFILE = settings(
    max_examples=40,
    deadline=None,
    derandomize=not os.environ.get("DCRC_NEW_EXAMPLES"),
    suppress_health_check=list(HealthCheck),
)


class TestGateProperty(DcrcCase):
    """Each example lives in a savepoint of its own, with nothing in the cache."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate = cls.env["dcrc.gate"]
        cls.people = [cls._create_customer(f"客户{n}", phone=False) for n in range(PEOPLE)]
        cls.car = cls._create_car(cls.people[0])
        cls.reason = cls.env.ref("dcrc_dealer.reason_dnc_asked")
        cls.dealer.dcrc_number_owners = 3

    @given(phones=phones, wishes=wishes, day=days, about_car=st.booleans())
    @PROFILE
    def test_sets_and_single_questions_agree_with_plain_words(self, phones, wishes, day, about_car):
        savepoint = self.env.cr.savepoint()
        try:
            self.env.invalidate_all()
            self._fill(phones, wishes)
            car = self.car if about_car else None
            found = self._ask_set(day, car)
            for place, partner in enumerate(self.people):
                for channel, purpose in WAYS:
                    answer = self.gate._ask(partner, channel, purpose, vehicle=car, day=day)
                    code = answer.code if answer else None
                    self.assertEqual(found.get((partner.id, channel, purpose)), code)
                    self.assertEqual(code, self._expect(place, channel, purpose, car, day))
        finally:
            savepoint.rollback()
            self.env.invalidate_all()

    def _fill(self, phones, wishes):
        for place, number, state in phones:
            known = self.people[place].dcrc_phone_ids.filtered(lambda p, n=number: p.number == n)
            if known:
                known.state = state
            else:
                vals = {"partner_id": self.people[place].id, "number": number, "state": state}
                self.env["dcrc.phone"].create({**vals, "role": "landline" if number == NUMBERS[2] else "mobile"})
        for place, channel, purpose, for_car, day, length in wishes:
            self.env["dcrc.do.not.contact"].create(
                {
                    "partner_id": self.people[place].id,
                    "reason_id": self.reason.id,
                    "channel": channel,
                    "purpose": purpose,
                    "vehicle_id": self.car.id if for_car else False,
                    "date": day,
                    "date_end": day + timedelta(days=length) if length is not None else False,
                }
            )
        self.env.flush_all()

    def _ask_set(self, day, car):
        """``{(partner id, channel, purpose): code}`` by one query."""
        question = Question(
            company=self.dealer,
            partner=SQL("q.id"),
            vehicle=SQL("%s::integer", car.id if car else None),
            channel=SQL("q.channel"),
            purpose=SQL("q.purpose"),
            day=SQL("%s::date", day),
        )
        ways = SQL(", ").join(SQL("(%s, %s)", *way) for way in WAYS)
        rows = self.env.execute_query(
            SQL(
                "SELECT q.id, q.channel, q.purpose, %s FROM (SELECT p.id, w.* FROM res_partner p"
                " CROSS JOIN (VALUES %s) w(channel, purpose) WHERE p.id = ANY(%s)) q",
                self.gate._case(question),
                ways,
                [partner.id for partner in self.people],
            )
        )
        return {row[:3]: row[3] for row in rows}

    def _expect(self, place, channel, purpose, car, day):
        """The rules in plain Python."""
        person = self.people[place]
        if self._wished(person, channel, purpose, car, day):
            return "do_not_contact"
        if car and person != self.people[0]:
            return "sold"
        if channel == "email":
            return "no_email"
        left, code = person.dcrc_phone_ids, "no_phone"
        good = {"unverified", "ok", *(["suspended"] if channel == "sms" else [])}
        steps = [
            ("wrong_number", lambda p: p.state in good),
            ("no_mobile", lambda p: channel != "sms" or p.number != NUMBERS[2]),
            ("number_shared", lambda p: len(self._owners(p.number)) < 3),
            (
                "number_refused",
                lambda p: not any(self._wished(o, channel, purpose, car, day) for o in self._owners(p.number)),
            ),
        ]
        for following, passes in steps:
            if not left:
                return code
            left, code = left.filtered(passes), following
        return None if left else code

    def _owners(self, number):
        return [person for person in self.people if number in person.dcrc_phone_ids.mapped("number")]

    def _wished(self, person, channel, purpose, car, day):
        return any(
            wish.channel in ("all", channel)
            and wish.purpose in ("all", purpose)
            and (not wish.vehicle_id or car and wish.vehicle_id == car)
            and wish.date <= day <= (wish.date_end or day)
            for wish in person.dcrc_do_not_contact_ids
        )
