"""Reminders: whom, when, once, and no longer when settled (REM-2 … REM-4, REM-6)."""

from datetime import date, datetime, timedelta

import psycopg2
from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY
from .common_followup import FollowupCase

KEYS = (
    "first_service",
    "periodic_service",
    "past_due",
    "insurance",
    "insurance_check",
    "warranty_end",
    "inspection",
    "licence",
    "birthday",
    "festival_mid_autumn",
)


class ReminderCase(FollowupCase):
    """Cars that follow a plan of 5,000 km or 3 months, then 10,000 km or 6 months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key in KEYS:
            template = cls.env.ref(f"dcrc_dealer.followup_rule_{key}").with_context(active_test=False)
            rule = template._dcrc_copy_for(cls.dealer).with_context(active_test=True)
            cls.rules_by_key[key] = rule
        cls.plan = cls.env["dcrc.service.plan"].create(
            {
                "name": "CS75",
                "sequence": 1,
                "model_ids": cls.model.ids,
                "step_ids": [
                    Command.create({"kind": "first", "km": 5000, "months": 3, "name": "First service"}),
                    Command.create({"kind": "periodic", "km": 10000, "months": 6, "name": "Large service"}),
                ],
            }
        )

    @classmethod
    def _due_car(cls, delivered=None, forecast=True, **vals):
        car = cls._create_car(cls._create_customer(), dcrc_delivery_date=delivered, **vals)
        if forecast:
            car._dcrc_forecast()
        return car

    def _serve(self, car, day, km=5000, **vals):
        visit = self._create_visit(car, datetime.combine(day, datetime.min.time()), mileage=km, **vals)
        car._dcrc_forecast()
        return visit


@tagged("post_install", "-at_install")
class TestServiceReminder(ReminderCase):
    def test_first_service_is_called_before_three_months(self):
        car = self._due_car("2026-08-01")  # due on 1 November
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        self.assertEqual((reminder.anchor_date, reminder.date_start), (date(2026, 11, 1), date(2026, 10, 18)))
        self.assertEqual(reminder.partner_id, car.dcrc_contact_id)

    def test_periodic_service_is_called_a_week_before(self):
        car = self._due_car("2025-01-01")
        self._serve(car, date(2026, 4, 20), 20000)
        self._plan()
        reminder = self._of("periodic_service", vehicle_id=car.id)
        self.assertEqual(reminder.date_start, car.dcrc_next_service_date - timedelta(days=7))

    def test_a_car_has_one_reminder_however_often_planned(self):
        car = self._due_car("2026-08-01")
        self._plan()
        self._plan()
        self.assertEqual(len(self._of("first_service", vehicle_id=car.id)), 1)

    def test_the_database_refuses_a_second_active_reminder(self):
        car = self._due_car("2026-08-01")
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            reminder.copy({"anchor_date": "2026-11-02"})

    def test_a_new_reading_moves_the_reminder_along(self):
        car = self._due_car("2026-08-01")
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        self.env["dcrc.mileage.reading"].create({"vehicle_id": car.id, "km": 4400})
        self._plan()
        self.assertEqual(reminder.anchor_date, car.dcrc_next_service_date)
        self.assertLess(reminder.anchor_date, date(2026, 11, 1))

    def test_a_car_that_came_needs_no_reminder(self):
        car = self._due_car("2026-08-01")
        self._plan()
        self._serve(car, date(2026, 10, 12), kind="first")
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        self.assertEqual((reminder.state, reminder.cancel_reason_id.code), ("cancelled", "came_back"))

    def test_a_repair_does_not_settle_the_service(self):
        car = self._due_car("2026-08-01")
        self._plan()
        self._serve(car, date(2026, 10, 12), 3000, kind="repair")
        self._plan()
        self.assertEqual(self._of("first_service", vehicle_id=car.id).state, "planned")

    def test_after_a_service_the_next_one_gets_its_own_reminder(self):
        car = self._due_car("2026-01-10")
        self._serve(car, date(2026, 4, 20), kind="first")
        self._plan()
        self.assertEqual(self._of("periodic_service", vehicle_id=car.id).service_base_date, date(2026, 4, 20))

    def test_a_sold_car_reminds_nobody(self):
        car = self._due_car("2026-08-01")
        self._plan()
        buyer = self._create_customer("陈刚")
        car._dcrc_set_owner(buyer, TODAY)
        self._plan()
        old = self._of("first_service", vehicle_id=car.id, state="cancelled")
        self.assertEqual(old.cancel_reason_id.code, "owner_changed")

    def test_a_month_past_its_forecast_the_customer_is_asked_why(self):
        car = self._due_car("2026-01-05")
        self._serve(car, date(2026, 3, 1), 1500, kind="first")  # due on 1 September
        self._plan()
        asked = self._of("past_due", vehicle_id=car.id)
        self.assertEqual((asked.date_start, asked.state), (date(2026, 10, 1), "open"))

    def test_a_long_interval_is_not_overdue_after_seven_months(self):
        self.plan.step_ids.filtered(lambda step: step.kind == "periodic").write({"km": 30000, "months": 12})
        car = self._due_car("2025-12-01")
        self._serve(car, date(2026, 3, 10), 1500, kind="first")
        self._plan()
        self.assertFalse(self._of("past_due", vehicle_id=car.id) | self._of("lost_service", vehicle_id=car.id))

    def test_without_a_forecast_the_usual_interval_tells(self):
        car = self._due_car(forecast=False)
        self._create_visit(car, datetime(2026, 3, 1, 2))
        self._plan()
        self.assertEqual(len(self._of("lost_service", vehicle_id=car.id)), 1)

    def test_whoever_comes_back_is_not_asked(self):
        car = self._due_car("2026-01-05")
        self._serve(car, date(2026, 3, 1), 1500, kind="first")
        self._plan()
        self._serve(car, date(2026, 10, 14), 5000, kind="periodic")
        self._plan()
        self.assertEqual(self._of("past_due", vehicle_id=car.id).cancel_reason_id.code, "came_back")

    def test_insurance_two_months_before_its_end(self):
        car = self._due_car(dcrc_insurance_end="2026-12-20")
        self._plan()
        self.assertEqual(self._of("insurance", vehicle_id=car.id).date_start, date(2026, 10, 20))

    def test_a_renewed_policy_settles_the_reminder_and_plans_the_next(self):
        car = self._due_car(dcrc_insurance_end="2026-12-10")
        self._plan()
        car.dcrc_insurance_end = "2027-12-10"
        self._plan()
        reminder = self._of("insurance", vehicle_id=car.id)
        self.assertEqual(reminder.cancel_reason_id.code, "date_changed")
        with freeze_time("2027-10-09 02:00:00"):
            self._plan()
        self.assertEqual(len(self._of("insurance", vehicle_id=car.id)), 2)

    def test_warranty_end_invites_a_month_before(self):
        car = self._due_car("2026-08-01", dcrc_warranty_end="2026-11-20")
        self._plan()
        self.assertEqual(self._of("warranty_end", vehicle_id=car.id).date_start, date(2026, 10, 20))

    def test_inspection_from_the_day_it_may_be_done(self):
        car = self._due_car("2022-12-11")
        self._plan()
        reminder = self._of("inspection", vehicle_id=car.id)
        self.assertEqual((reminder.anchor_date, reminder.date_start), (date(2026, 12, 31), date(2026, 9, 30)))

    def test_licence_ninety_days_before(self):
        car = self._due_car(dcrc_licence_due="2027-01-14")
        self._plan()
        self.assertEqual(self._of("licence", vehicle_id=car.id).date_start, date(2026, 10, 16))

    def test_nothing_is_planned_for_the_year_1900(self):
        car = self._due_car().with_context(dcrc_source="dms")
        car.write({"dcrc_insurance_end": "1900-01-01", "dcrc_licence_due": "1900-01-01"})
        self._plan()
        self.assertFalse(self._of("insurance") | self._of("licence"))


@tagged("post_install", "-at_install")
class TestServiceGreeting(ReminderCase):
    def test_birthday_on_the_day(self):
        customer = self._create_customer(dcrc_birth_date="1990-10-16")
        self._plan()
        greeting = self._of("birthday", partner_id=customer.id)
        self.assertEqual(greeting.date_start, date(2026, 10, 16))
        self.assertEqual(greeting.date_expiry, date(2026, 10, 16))

    def test_lunar_birthday(self):
        customer = self._create_customer(dcrc_birth_date="1990-11-03", dcrc_birth_lunar=True)
        with freeze_time("2026-10-24 02:00:00"):  # the 17th of the 9th month comes on 26 October
            self._plan()
        self.assertEqual(self._of("birthday", partner_id=customer.id).anchor_date, date(2026, 10, 26))

    def test_born_on_a_leap_day(self):
        customer = self._create_customer(dcrc_birth_date="1992-02-29")
        with freeze_time("2027-02-26 02:00:00"):
            self._plan()
        self.assertEqual(self._of("birthday", partner_id=customer.id).anchor_date, date(2027, 2, 28))

    def test_one_birthday_a_year(self):
        customer = self._create_customer(dcrc_birth_date="1990-10-15")
        self._plan()
        with freeze_time("2027-10-14 02:00:00"):
            self._plan()
        self.assertEqual(len(self._of("birthday", partner_id=customer.id)), 2)

    def test_greetings_of_festivals_are_on_until_a_manager_switches_them_off(self):
        self.rules_by_key["festival_mid_autumn"].active = False
        with freeze_time("2026-09-24 02:00:00"):
            self._create_customer()
            self._plan()
        self.assertFalse(self._of("festival_mid_autumn"))

    def test_a_greeting_names_its_festival(self):
        rule = self.rules_by_key["festival_mid_autumn"]
        greeting = self.Followup.new({"rule_id": rule.id, "partner_id": self._create_customer().id})
        self.assertEqual(greeting._get_placeholders()["item"], rule.festival_id.name)

    def test_a_festival_greets_everybody_by_text(self):
        with freeze_time("2026-09-24 02:00:00"):
            customer = self._create_customer()
            self._plan()
        greeting = self._of("festival_mid_autumn", partner_id=customer.id)
        self.assertEqual((greeting.anchor_date, greeting.channel), (date(2026, 9, 25), "sms"))

    def test_nobody_misses_a_greeting_of_days_before_being_a_customer(self):
        with freeze_time("2026-09-24 20:00:00"):  # the day of the festival has begun in Shanghai
            known = self._create_customer(dcrc_birth_date="1990-09-26")
        with freeze_time("2026-09-27 02:00:00"):
            self._create_customer(dcrc_birth_date="1990-09-26")
            self._plan()
        for key in ("festival_mid_autumn", "birthday"):
            self.assertEqual(self._of(key).partner_id, known, key)

    def test_the_preview_of_every_reminder_works(self):
        self._due_car("2026-08-01", dcrc_insurance_end="2026-12-20")
        for key in KEYS[:-1]:
            self.assertRegex(self.rules_by_key[key].preview, r"^\d+ ", key)
