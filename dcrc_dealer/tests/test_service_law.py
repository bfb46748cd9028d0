"""Rules of the law as settings: vans by model, typed inspections that move on, new cars before their service."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import BaseCase, tagged

from ..tools.inspection import Span, next_after
from .common import NOW, TODAY
from .common_followup import FollowupCase

PRIVATE = [Span(24, 120, 24, "mark"), Span(72, 72, 12, "test"), Span(120, None, 12, "test")]


@tagged("post_install", "-at_install")
class TestNextAfter(BaseCase):
    def test_a_typed_day_moves_on_by_the_cars_own_rules(self):
        due = next_after(date(2026, 9, 30), date(2022, 9, 10), PRIVATE, date(2026, 10, 14))
        self.assertEqual((due.date, due.kind), (date(2028, 9, 30), "test"))

    def test_another_month_than_the_files_stays_the_papers_month(self):
        due = next_after(date(2026, 8, 31), date(2022, 6, 10), PRIVATE, date(2026, 10, 14))
        self.assertEqual(due.date, date(2028, 8, 31))

    def test_a_day_long_past_moves_on_until_it_lies_ahead(self):
        due = next_after(date(2020, 8, 31), date(2016, 8, 10), PRIVATE, date(2027, 9, 1))
        self.assertEqual((due.date, due.kind), (date(2028, 8, 31), "test"))

    def test_without_registration_the_rules_of_the_oldest_cars_hold(self):
        due = next_after(date(2026, 8, 31), None, PRIVATE, date(2026, 10, 14))
        self.assertEqual((due.date, due.kind), (date(2027, 8, 31), "test"))

    def test_without_rules_nothing_is_known(self):
        self.assertIsNone(next_after(date(2026, 8, 31), None, [], date(2026, 10, 14)))
        self.assertIsNone(next_after(date(2026, 8, 31), date(2020, 1, 1), [], date(2026, 10, 14)))


@tagged("post_install", "-at_install")
class TestServiceLaw(FollowupCase):
    def _registered(self, day, **vals):
        return self._create_car(self._create_customer(), dcrc_registered_on=day, **vals)

    def test_vans_follow_the_rules_of_their_model(self):
        older = self.env.ref("dcrc_dealer.inspection_schedule_older")
        van = self.model.copy({"name": "长安之星", "dcrc_inspection_schedule_id": older.id})
        cars = self._registered("2018-11-10") | self._registered("2018-11-10", model_id=van.id)
        cars._dcrc_forecast()
        self.assertEqual(cars.mapped("dcrc_inspection_due"), [date(2026, 11, 30), date(2026, 11, 30)])
        self.assertEqual(cars.mapped("dcrc_inspection_kind"), ["mark", "test"])

    def test_a_cars_own_rules_go_before_its_models(self):
        older = self.env.ref("dcrc_dealer.inspection_schedule_older")
        private = self.env.ref("dcrc_dealer.inspection_schedule_private")
        van = self.model.copy({"name": "长安之星", "dcrc_inspection_schedule_id": older.id})
        car = self._registered("2018-11-10", model_id=van.id, dcrc_inspection_schedule_id=private.id)
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_kind, "mark")

    def test_a_models_new_rules_have_its_cars_worked_out_anew(self):
        car = self._registered("2018-11-10")
        car._dcrc_forecast()
        car.model_id.dcrc_inspection_schedule_id = self.env.ref("dcrc_dealer.inspection_schedule_older")
        self.assertTrue(car.dcrc_forecast_dirty)

    def test_a_typed_day_stands_until_it_has_passed_and_then_moves_on(self):
        car = self._registered("2022-09-10", dcrc_inspection_due="2026-10-31")
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_due, date(2026, 10, 31))
        with freeze_time(NOW + timedelta(days=30)):
            self.env["fleet.vehicle"]._dcrc_touch_past(self.dealer)
            self.assertTrue(car.dcrc_forecast_dirty)
            car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_due, date(2028, 10, 31))

    def _new_car(self, delivered, service):
        """A car delivered so many days ago whose first service is forecast in `service` days."""
        delivery = self._create_delivery(date=self._day(-delivered))
        delivery.vehicle_id.write(
            {"dcrc_next_service_date": TODAY + timedelta(days=service), "dcrc_next_service_kind": "first"}
        )
        return delivery

    def test_a_new_car_is_not_missed_before_its_first_service_is_due(self):
        delivery = self._new_car(delivered=60, service=40)
        self._plan()
        self.assertFalse(self._of("lost_new", delivery_id=delivery.id))

    def test_it_is_asked_about_when_that_day_has_come(self):
        delivery = self._new_car(delivered=60, service=40)
        self._plan()
        with freeze_time(NOW + timedelta(days=38)):
            self._plan()
        asked = self._of("lost_new", delivery_id=delivery.id)
        self.assertEqual((asked.anchor_date, asked.date_start), (delivery.date, self._day(40)))

    def test_an_earlier_service_changes_nothing(self):
        delivery = self._new_car(delivered=60, service=-10)
        self._plan()
        start = self.rules_by_key["lost_new"]._get_dates(delivery.date)[0]
        self.assertEqual(self._of("lost_new", delivery_id=delivery.id).date_start, start)
