from datetime import timedelta

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestGate(FollowupCase):
    """One place says whether a person may be contacted, and why not: each reason once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate = cls.env["dcrc.gate"]
        cls.customer = cls._create_customer(email="wang@example.com")
        cls.number = cls.customer.dcrc_phone_ids.number

    def _code(self, channel="phone", purpose="care", partner=None, **about):
        answer = self.gate._ask(partner or self.customer, channel, purpose, **about)
        return answer and answer.code

    def _wish(self, partner=None, **vals):
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        partner = partner or self.customer
        return self.env["dcrc.do.not.contact"].create(
            {"partner_id": partner.id, "reason_id": reason.id, "date": TODAY, **vals}
        )

    def test_nothing_stands_against_an_ordinary_customer(self):
        ways = [(channel, purpose) for channel in ("phone", "sms", "email") for purpose in ("care", "marketing")]
        self.assertEqual([self._code(*way) for way in ways], [None] * 6)

    def test_an_archived_customer_is_nobody(self):
        self.customer.active = False
        self.assertEqual(self._code(), "no_contact")

    def test_a_wish_says_until_when(self):
        self._wish(date_end=self._day(5))
        answer = self.gate._ask(self.customer, "phone")
        self.assertEqual((answer.code, answer.excused, answer.until), ("do_not_contact", True, self._day(5)))

    def test_a_wish_begins_and_ends_with_its_days(self):
        self._wish(date=self._day(1), date_end=self._day(2))
        found = [self._code(day=self._day(day)) for day in range(4)]
        self.assertEqual(found, [None, "do_not_contact", "do_not_contact", None])

    def test_a_wish_holds_for_everybody_with_the_number(self):
        other = self._create_customer("李强", phone=self.number)
        self._wish(other, channel="phone")
        self.assertEqual((self._code(), self._code("sms")), ("number_refused", None))
        self.assertEqual(self._code(number=self.number), "number_refused")

    def test_a_second_number_of_the_own_gets_round_the_others_wish(self):
        other = self._create_customer("李强", phone=self.number)
        self._wish(other)
        own = self.env["dcrc.phone"].create({"partner_id": self.customer.id, "number": "13900000009"})
        self.assertIsNone(self._code())
        self.assertEqual(self.gate._find_number(self.customer, "phone"), own.number)

    def test_a_sold_car_is_nobodys_matter(self):
        car = self._create_car(self.customer)
        self.assertIsNone(self._code(vehicle=car))
        car._dcrc_set_owner(self._create_customer("陈静"), TODAY)
        self.assertEqual(self._code(vehicle=car, since=self._day(-2)), "sold")

    def test_no_number(self):
        self.customer.dcrc_phone_ids.unlink()
        self.assertEqual((self._code(), self._code("sms"), self._code("email")), ("no_phone", "no_phone", None))

    def test_a_number_found_wrong_is_wrong_for_everybody_who_has_it(self):
        other = self._create_customer("李强", phone=self.number)
        other.dcrc_phone_ids._mark("empty")
        self.assertEqual(self._code(), "wrong_number")
        self.assertEqual(self.customer.dcrc_phone_ids.state, "empty")

    def test_a_number_known_as_wrong_is_so_for_a_new_customer(self):
        self.customer.dcrc_phone_ids._mark("wrong")
        other = self._create_customer("李强", phone=self.number)
        self.assertEqual(self._code(partner=other), "wrong_number")

    def test_another_dealers_word_about_the_number_does_not_count(self):
        theirs = self._create_customer("李强", phone=self.number, company=self.other_dealer)
        theirs.dcrc_phone_ids._mark("empty")
        self._wish(theirs)
        self.assertIsNone(self._code())

    def test_a_landline_gets_no_text(self):
        customer = self._create_customer(phone="023-68001234")
        self.assertEqual((self._code("sms", partner=customer), self._code(partner=customer)), ("no_mobile", None))

    def test_a_number_of_many_is_nobodys(self):
        self.dealer.dcrc_number_owners = 3
        self._create_customer("李强", phone=self.number)
        self.assertIsNone(self._code())
        self._create_customer("陈静", phone=self.number)
        self.assertEqual((self._code(), self._code("sms", number=self.number)), ("number_shared", "number_shared"))

    def test_thirty_calls_to_one_number_are_one_correction(self):
        self.dealer.dcrc_number_owners = 2
        other = self._create_customer("李强", phone=self.number)
        for customer in (self.customer, other):
            self._create_visit(self._create_car(customer), date_in=NOW - timedelta(days=2))
        self._plan()
        found = self.env["dcrc.correction"].search([("partner_id", "in", (self.customer | other).ids)])
        self.assertEqual((len(found), self._of("third").mapped("block_reason")), (1, ["number_shared"] * 2))

    def test_without_an_address_no_mail(self):
        self.customer.email = False
        self.assertEqual(self._code("email"), "no_email")

    def test_odoos_own_list_of_addresses_holds(self):
        self.env["mail.blacklist"].sudo()._add("wang@example.com")
        self.assertEqual(self._code("email"), "email_blocked")

    def test_odoos_own_list_of_numbers_holds_for_texts(self):
        self.env["phone.blacklist"].sudo()._add([self.number])
        self.assertEqual((self._code("sms"), self._code()), ("blacklisted", None))

    def test_marketing_waits_after_a_contact(self):
        self.dealer.dcrc_contact_gap_days = 3
        third = self._open_third(self._create_car(self.customer))
        self._finish(third, "answered", answers=self._answers(third))
        found = [self._code("sms", "marketing", day=self._day(day)) for day in (0, 2, 3)]
        self.assertEqual(found, ["frequency", "frequency", None])
        self.assertEqual(self.gate._ask(self.customer, "sms", "marketing").until, self._day(2))

    def test_who_was_called_has_peace_till_tomorrow(self):
        third = self._open_third(self._create_car(self.customer))
        self._finish(third, "answered", answers=self._answers(third))
        self.assertEqual(self._code(), "called_today")
        with freeze_time(NOW + timedelta(days=1)):
            self.assertIsNone(self._code())

    def test_who_was_tried_to_the_last_attempt_has_peace_and_a_wrong_number_gives_none(self):
        contact = self._open_third(self._create_car(self.customer)).contact_id
        ended = {"state": "failed", "done_day": TODAY}
        contact.write({**ended, "last_outcome_id": self._get_outcome("wrong").id})
        self.assertIsNone(self._code())
        contact.last_outcome_id = self._get_outcome("no_answer")
        self.assertEqual(self._code(), "called_today")

    def test_a_number_that_rang_has_peace_for_all(self):
        other = self._create_customer("李强", phone=self.number)
        third, others = (self._open_third(self._create_car(who)) for who in (self.customer, other))
        self._finish(third, "no_answer")
        self.assertEqual(others.contact_id.call_after, NOW.replace(hour=16))
        self.assertEqual(self._code(partner=other), "called_today")
        self.assertLess(third.contact_id.call_after, NOW.replace(hour=16))

    def test_an_open_complaint_stops_marketing_alone(self):
        self.env["dcrc.complaint"].create(
            {"partner_id": self.customer.id, "text": "异响", "company_id": self.dealer.id}
        )
        self.assertEqual((self._code(purpose="marketing"), self._code()), ("complaint_open", None))

    def test_the_customers_page_says_what_the_gate_says(self):
        self._wish(channel="phone", purpose="marketing", date_end=self._day(5))
        [warning] = self.customer._dcrc_warnings()
        self.assertEqual((warning["code"], warning["level"]), ("do_not_contact", "warning"))
        self.assertIn("marketing by calls", warning["label"])

    def test_what_came_up_since_opening_is_asked_again_before_the_call(self):
        third = self._open_third(self._create_car(self.customer))
        self.env["dcrc.do.not.contact"].with_context(dcrc_no_refresh=True).create(
            {
                "partner_id": self.customer.id,
                "reason_id": self.env.ref("dcrc_dealer.reason_dnc_asked").id,
                "date": TODAY,
            }
        )
        with self.assertRaisesRegex(Exception, "Does not want to be contacted"):
            self._start(third)

    def test_every_reason_has_words_and_a_place_in_the_lists(self):
        codes = dict(self.gate._get_labels())
        self.assertTrue(all(codes.values()))
        for model in ("dcrc.followup", "dcrc.lifecycle.rule"):
            self.assertEqual(dict(self.env[model]._fields["block_reason"]._description_selection(self.env)), codes)
