from odoo.exceptions import AccessError, UserError

from .common import NOW
from .common_followup import FollowupCase


class TestFoundationsVoid(FollowupCase):
    """FUP-12: void papers stay visible and count nowhere; it takes two people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("second", "dcrc_dealer.group_dcrc_manager", cls.dealer)

    def _make_void(self, paper, by=None, confirmed_by=None):
        self._as(by or self.manager, paper)._ask_void("客户退车")
        self._as(confirmed_by or self.second, paper).action_confirm_void()

    def test_a_manager_alone_makes_nothing_void(self):
        visit = self._create_visit()
        self._as(self.manager, visit)._ask_void("重复录入")
        with self.assertRaisesRegex(UserError, "another manager or the general manager"):
            self._as(self.manager, visit).action_confirm_void()
        self.assertFalse(visit.void)

    def test_the_general_manager_is_the_second_person_of_a_small_house(self):
        visit = self._create_visit()
        self._make_void(visit, confirmed_by=self.director)
        self.assertEqual((visit.void, visit.void_by, visit.void_confirmed_by), (True, self.manager, self.director))

    def test_a_specialist_makes_nothing_void(self):
        visit = self._create_visit()
        with self.assertRaises(AccessError):
            self._as(self.specialist, visit)._ask_void("x")
        with self.assertRaises(AccessError):
            self._as(self.specialist, visit).void = True

    def test_no_reason_no_void_paper(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as(self.manager, self._create_visit())._ask_void(" ")

    def test_an_open_call_of_a_void_paper_ends_and_leaves_the_base(self):
        third = self._open_third()
        self._make_void(third.visit_id)
        self.assertEqual((third.state, third.cancel_reason_id.code), ("cancelled", "paper_void"))
        self.assertEqual((third.base_state, third.exit_confirmed_by), ("out", self.second))
        self.assertEqual(third.contact_id.state, "cancelled")

    def test_what_was_said_about_a_void_paper_counts_no_more(self):
        third = self._open_third()
        self._finish(third, "answered", answers=self._answers(third))
        self._make_void(third.visit_id)
        self.assertEqual((third.state, third.base_state), ("done", "out"))

    def test_a_paper_that_counts_again_is_called_about(self):
        third = self._open_third()
        self._make_void(third.visit_id)
        self._make_void(third.visit_id)
        self.assertEqual((third.visit_id.void, third.state, third.base_state), (False, "open", "in"))

    def test_who_answered_is_not_asked_again_when_the_paper_counts_again(self):
        third = self._open_third()
        self._finish(third, "answered", answers=self._answers(third))
        self._make_void(third.visit_id)
        self._make_void(third.visit_id)
        self.assertEqual((third.state, third.base_state), ("done", "in"))

    def test_a_void_visit_is_not_planned(self):
        visit = self._create_visit()
        self._make_void(visit)
        self._plan()
        self.assertFalse(self._of("third"))

    def test_a_void_delivery_takes_the_car_back_and_stops_what_would_follow(self):
        first = self._open_first()
        car = first.vehicle_id
        self._make_void(first.delivery_id)
        self._plan()
        self.assertFalse(car.dcrc_owner_id)
        self.assertFalse(car.dcrc_delivery_date)
        self.assertIn(first.delivery_id.order_no, car.dcrc_link_ids.note)
        self.assertEqual(set(self.Followup.search([("vehicle_id", "=", car.id)]).mapped("state")), {"cancelled"})

    def test_a_sale_that_counts_again_gives_the_car_back_to_its_buyer(self):
        first = self._open_first()
        car, buyer = first.vehicle_id, first.partner_id
        self._make_void(first.delivery_id)
        self._make_void(first.delivery_id)
        self.assertEqual((car.dcrc_owner_id, car.dcrc_delivery_date), (buyer, self._day(-2)))
        self.assertEqual(first.state, "open")

    def test_a_lost_customer_whose_visit_is_void_is_called_after_all(self):
        delivery = self._create_delivery(date=self._day(-62))
        self._plan()
        visit = self._create_visit(delivery.vehicle_id, NOW)
        self._plan()
        lost = self._of("lost_new")
        self.assertEqual(lost.state, "cancelled")
        self._make_void(visit)
        self.assertEqual(lost.state, "open")

    def test_a_void_service_moves_the_forecast_back(self):
        car = self._create_car(self._create_customer(), dcrc_delivery_date=self._day(-200))
        visit = self._create_visit(car, NOW, kind="first")
        car._dcrc_forecast()
        self.assertTrue(car.dcrc_last_service_date)
        self._make_void(visit)
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_last_service_date or car.dcrc_last_visit_date or car.dcrc_mileage)
