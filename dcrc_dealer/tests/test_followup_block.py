from datetime import timedelta

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestFollowupBlock(FollowupCase):
    """Why somebody is not contacted: each follow-up that can't be done says so."""

    def _wish(self, customer, **vals):
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        return self.env["dcrc.do.not.contact"].create(
            {"partner_id": customer.id, "reason_id": reason.id, "date": TODAY, **vals}
        )

    def _planned_with_wish(self, rule="third", **vals):
        """The state of a follow-up of a customer with a wish."""
        customer = self._create_customer()
        car = self._create_car(customer)
        self._wish(customer, **vals)
        if rule == "third":
            return self._open_third(car).block_reason
        self._create_delivery(car, date=self._day(-62))
        self._plan()
        return self._of(rule).block_reason

    def test_who_does_not_want_to_be_contacted_is_not(self):
        self.assertEqual(self._planned_with_wish(), "do_not_contact")

    def test_a_wish_against_texts_does_not_stop_a_call(self):
        self.assertFalse(self._planned_with_wish(channel="sms"))

    def test_a_wish_against_marketing_does_not_stop_a_followup(self):
        self.assertFalse(self._planned_with_wish(purpose="marketing"))

    def test_a_wish_against_marketing_stops_the_lost_customer_call(self):
        self.assertEqual(self._planned_with_wish("lost_new", purpose="marketing"), "do_not_contact")

    def test_a_wish_for_another_car_does_not_matter(self):
        other = self._create_car(self._create_customer())
        self.assertFalse(self._planned_with_wish(vehicle_id=other.id))

    def test_a_wish_that_ended_no_longer_matters(self):
        self.assertFalse(self._planned_with_wish(date=self._day(-9), date_end=self._day(-1)))

    def test_a_wish_holds_through_its_first_and_last_day(self):
        self.assertEqual(self._planned_with_wish(date=TODAY, date_end=TODAY), "do_not_contact")

    def test_a_wish_for_later_does_not_matter_yet(self):
        self.assertFalse(self._planned_with_wish(date=self._day(1)))

    def test_a_wish_takes_an_open_call_out_of_the_queue_at_once(self):
        third = self._open_third()
        contact = third.contact_id
        self._wish(third.partner_id)
        self.assertEqual((third.state, third.block_reason), ("blocked", "do_not_contact"))
        self.assertEqual(contact.state, "cancelled")

    def test_a_withdrawn_wish_brings_the_call_back_at_once(self):
        third = self._open_third()
        wish = self._wish(third.partner_id)
        wish.active = False
        self.assertEqual((third.state, third.contact_id.state), ("open", "open"))

    def test_without_a_number_nobody_can_be_called(self):
        customer = self._create_customer(phone=False)
        third = self._open_third(self._create_car(customer))
        self.assertEqual((third.block_reason, third.base_state), ("no_phone", "pending"))

    def test_with_wrong_numbers_only_the_reason_says_so(self):
        customer = self._create_customer()
        customer.dcrc_phone_ids.state = "wrong"
        self.assertEqual(self._open_third(self._create_car(customer)).block_reason, "wrong_number")

    def test_a_missing_number_opens_one_correction(self):
        customer = self._create_customer(phone=False)
        self._create_delivery(self._create_car(customer), date=self._day(-2))
        self._open_third(self._create_car(customer))
        found = self.env["dcrc.correction"].search([("partner_id", "=", customer.id)])
        self.assertEqual(found.mapped("item"), ["phone"])

    def test_a_car_sold_since_is_not_followed_up(self):
        visit = self._create_visit(date_in=NOW - timedelta(days=2))
        visit.vehicle_id._dcrc_set_owner(self._create_customer("陈静"), TODAY)
        self._plan()
        self.assertEqual(self._of("third").block_reason, "sold")

    def test_the_old_owners_calls_end_with_the_sale(self):
        third = self._open_third()
        contact = third.contact_id
        third.vehicle_id._dcrc_set_owner(self._create_customer("陈静"), TODAY)
        self.assertEqual((third.state, third.cancel_reason_id.code), ("cancelled", "owner_changed"))
        self.assertEqual(contact.state, "cancelled")

    def test_nobody_known_to_call_is_said_and_mended_when_the_owner_is_known(self):
        car = self._create_car(company=self.dealer)
        third = self._open_third(car)
        self.assertEqual(third.block_reason, "no_contact")
        car.dcrc_owner_id = self._create_customer()
        self._plan()
        self.assertEqual((third.state, third.partner_id), ("open", car.dcrc_owner_id))

    def test_marketing_waits_after_a_successful_contact(self):
        self.dealer.dcrc_contact_gap_days = 3
        car = self._create_car(self._create_customer())
        third = self._open_third(car)
        self._finish(third, "answered", answers=self._answers(third))
        self._create_delivery(car, date=self._day(-62))
        third.visit_id.vehicle_id = self._create_car()
        self._plan()
        lost = self._of("lost_new")
        self.assertEqual(lost.block_reason, "frequency")
        with freeze_time(NOW + timedelta(days=3)):
            self._plan()
        self.assertEqual(lost.state, "open")

    def test_what_the_customer_does_not_want_is_never_missed(self):
        customer = self._create_customer()
        self._wish(customer)
        third = self._open_third(self._create_car(customer))
        with freeze_time(NOW + timedelta(days=30)):
            self._plan()
        self.assertEqual((third.state, third.base_state), ("cancelled", "pending"))

    def test_a_missing_number_nobody_found_is_missed_in_the_end(self):
        third = self._open_third(self._create_car(self._create_customer(phone=False)))
        with freeze_time(NOW + timedelta(days=30)):
            self._plan()
        self.assertEqual((third.state, third.base_state), ("missed", "pending"))
