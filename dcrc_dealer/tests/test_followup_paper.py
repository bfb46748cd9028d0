from datetime import timedelta

from .common import NOW
from .common_followup import FollowupCase


class TestFollowupPaper(FollowupCase):
    """FUP-12: a follow-up follows its paper: its day, car, person, and whether it counts."""

    def _replan(self):
        self.env.flush_all()
        self._plan()

    def test_a_later_day_moves_the_open_call(self):
        first = self._open_first()
        first.delivery_id.date = self._day(1)
        self.assertEqual((first.date_start, first.state), (self._day(2), "planned"))
        self.assertEqual(len(self._of("first", delivery_id=first.delivery_id.id)), 1)

    def test_a_corrected_day_moves_the_answered_call_of_nobody(self):
        third = self._open_third()
        self._finish(third, "answered", answers=self._answers(third))
        third.visit_id.date_out = NOW - timedelta(hours=3)
        self._replan()
        self.assertEqual(self._of("third", visit_id=third.visit_id.id), third)
        self.assertEqual(third.state, "done")

    def test_a_missed_call_that_gets_its_days_back_is_made(self):
        delivery = self._create_delivery(date=self._day(-30))
        self._replan()
        delivery.date = self._day(-1)
        self.assertEqual(self._of("first").state, "open")

    def test_an_order_on_the_wrong_car_calls_the_right_customer(self):
        third = self._open_third()
        wrong = third.partner_id
        right = self._create_car(self._create_customer("李强"))
        third.visit_id.vehicle_id = right
        self.assertEqual((third.partner_id, third.vehicle_id), (right.dcrc_contact_id, right))
        self.assertFalse(self.Contact.search([("partner_id", "=", wrong.id), ("state", "=", "open")]))

    def test_an_answer_of_the_wrong_customer_does_not_stand_for_the_right_one(self):
        third = self._open_third()
        self._finish(third, "answered", answers=self._answers(third))
        right = self._create_car(self._create_customer("李强"))
        third.visit_id.vehicle_id = right
        self._replan()
        both = self._of("third", visit_id=third.visit_id.id)
        asked = both - third
        self.assertEqual((third.base_state, third.cancel_reason_id.code), ("out", "person_changed"))
        self.assertEqual((asked.partner_id, asked.state), (right.dcrc_contact_id, "open"))

    def test_a_car_without_visits_has_no_last_visit(self):
        visit = self._create_visit()
        car = visit.vehicle_id
        visit.vehicle_id = self._create_car(self._create_customer())
        self.assertEqual((car.dcrc_last_visit_date, car.dcrc_mileage), (False, 0))

    def test_a_car_that_is_in_the_workshop_again_is_called_when_it_is_done(self):
        third = self._open_third()
        third.visit_id.date_out = False
        self.assertEqual((third.state, third.cancel_reason_id.code), ("cancelled", "paper_open"))
        third.visit_id.date_out = NOW
        self._replan()
        self.assertEqual((third.state, third.base_state, third.date_start), ("planned", "in", self._day(1)))

    def test_a_rule_switched_off_and_on_loses_nothing(self):
        first = self._open_first()
        self._finish(first, "no_answer")
        self.rules_by_key["first"].active = False
        self._replan()
        self.assertEqual(first.state, "cancelled")
        self.rules_by_key["first"].active = True
        self._replan()
        self.assertEqual((first.state, len(first.call_ids)), ("open", 1))

    def test_a_car_archived_before_planning_leaves_its_reason(self):
        delivery = self._create_delivery(date=self._day(-2))
        self._as(self.manager, delivery.vehicle_id).active = False
        self._replan()
        first = self._of("first", delivery_id=delivery.id)
        self.assertEqual((first.state, first.cancel_reason_id.code), ("cancelled", "car_archived"))
        self.assertEqual((first.base_state, first.exit_found_by), ("pending", self.manager))

    def test_a_list_that_came_too_late_is_told_apart_from_neglect(self):
        self._create_delivery(date=self._day(-30))
        self.dealer.dcrc_late_in_base = False
        self._replan()
        first = self._of("first")
        self.assertEqual((first.state, first.cancel_reason_id.code, first.base_state), ("missed", "came_late", "out"))

    def test_a_late_list_counts_where_the_dealer_says_so(self):
        self._create_delivery(date=self._day(-30))
        self._replan()
        self.assertEqual(self._of("first").base_state, "in")

    def test_a_manager_archives_a_car_and_its_calls_wait_for_a_second_person(self):
        first = self._open_first()
        self._as(self.manager, first.vehicle_id).action_archive()
        self.assertEqual((first.state, first.cancel_reason_id.code), ("cancelled", "car_archived"))
        self.assertEqual(first.base_state, "pending")
        self._as(self.director, first).action_confirm_exit()
        self.assertEqual((first.base_state, first.exit_confirmed_by), ("out", self.director))

    def test_a_manager_archives_a_customer(self):
        first = self._open_first()
        self._as(self.manager, first.partner_id).action_archive()
        self.assertEqual((first.state, first.cancel_reason_id.code), ("cancelled", "customer_archived"))

    def test_a_car_that_is_taken_back_is_called_again(self):
        first = self._open_first()
        self._as(self.manager, first.vehicle_id).action_archive()
        self._as(self.manager, first.vehicle_id).action_unarchive()
        self.assertEqual(first.state, "open")
