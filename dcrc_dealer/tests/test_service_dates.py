"""Inspection on cars, and who may see and change what in the service room (REM-3)."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import DcrcCase

ROLES = ("specialist", "manager", "workshop", "director", "auditor", "outsider")
READ, ALL = "r", "rwcu"
MATRIX = {
    "dcrc.service.plan": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.service.plan.step": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.inspection.schedule": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.inspection.schedule.step": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.mileage.reading": dict(specialist="rwc", manager=ALL, director=READ, auditor=READ),
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestServiceDates(DcrcCase):
    def _car(self, **vals):
        car = self._create_car(self._create_customer(), **vals)
        car._dcrc_forecast()
        return car

    def test_inspection_follows_the_law(self):
        car = self._car(dcrc_delivery_date="2020-11-20")
        self.assertEqual((car.dcrc_inspection_due, car.dcrc_inspection_kind), (date(2026, 11, 30), "test"))
        self.assertEqual(car.dcrc_inspection_from, date(2026, 9, 1))

    def test_the_mark_every_two_years(self):
        car = self._car(dcrc_delivery_date="2022-11-20")
        self.assertEqual((car.dcrc_inspection_due, car.dcrc_inspection_kind), (date(2026, 11, 30), "mark"))

    def _notes(self, car):
        notes = self._as(self.specialist, "dcrc.console")._get_car_notes(self._as(self.specialist, car))
        return [(note["text"], note["late"]) for note in notes[car]]

    def test_the_call_screen_says_when_the_car_is_due_and_its_inspection(self):
        car = self._car(dcrc_delivery_date="2022-11-20")
        car.write(
            {
                "dcrc_next_service_date": "2026-10-20",
                "dcrc_next_service_low": "2026-10-10",
                "dcrc_next_service_high": "2026-11-02",
                "dcrc_next_service_km": 20000,
            }
        )
        service, inspection = self._notes(car)
        self.assertRegex(service[0], r"service: \S*10\S10\S* to \S*11\S02\S*, or 20,000 km$")
        self.assertEqual(inspection, (f"Annual inspection by {format_date(self.env, car.dcrc_inspection_due)}", False))
        self.assertFalse(service[1])

    def test_on_the_call_screen_a_service_is_late_once_all_its_days_are_over(self):
        car = self._car(dcrc_delivery_date="2022-11-20")
        car.write({"dcrc_next_service_date": "2026-09-20", "dcrc_next_service_high": "2026-10-13"})
        self.assertTrue(self._notes(car)[0][1])

    def test_an_inspection_that_cannot_be_done_yet_is_not_on_the_call_screen(self):
        car = self._car(dcrc_delivery_date="2025-11-20")
        self.assertFalse([text for text, _late in self._notes(car) if "inspection" in text])

    def test_vans_have_rules_of_their_own(self):
        older = self.env.ref("dcrc_dealer.inspection_schedule_older")
        car = self._car(dcrc_delivery_date="2019-11-20", dcrc_inspection_schedule_id=older.id)
        self.assertEqual((car.dcrc_inspection_due, car.dcrc_inspection_kind), (date(2026, 11, 30), "test"))

    def test_first_registration_goes_before_delivery(self):
        car = self._car(dcrc_delivery_date="2026-05-01", dcrc_registered_on="2023-01-15")
        self.assertEqual(car.dcrc_inspection_due, date(2027, 1, 31))

    def test_a_date_by_hand_stays(self):
        car = self._car(dcrc_delivery_date="2022-11-20")
        car.dcrc_inspection_due = "2026-12-31"
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_due, date(2026, 12, 31))
        car.dcrc_inspection_by_hand = False
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_due, date(2026, 11, 30))

    def test_when_the_day_has_passed_the_next_one_stands_there(self):
        car = self._car(dcrc_delivery_date="2022-11-20")
        with freeze_time("2026-12-01 02:00:00"):
            self.env["fleet.vehicle"]._dcrc_touch_past(self.dealer)
            self.assertTrue(car.dcrc_forecast_dirty)
            car._dcrc_forecast()
        self.assertEqual(car.dcrc_inspection_due, date(2028, 11, 30))

    def test_a_car_of_the_year_1900_gets_no_inspection(self):
        self.patch(type(self), "env", self.env(context={**self.env.context, "dcrc_source": "dms"}))
        car = self._car(dcrc_delivery_date="2026-05-01", dcrc_registered_on="1900-01-15")
        self.assertFalse(car.dcrc_inspection_due)

    def test_rules_without_lines_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "names no inspection"):
            self.env["dcrc.inspection.schedule"].create({"name": "Mine"})

    def test_a_dealers_own_rules_go_before_the_shared_ones(self):
        shared = self.env.ref("dcrc_dealer.inspection_schedule_private")
        own = shared.copy({"company_id": self.dealer.id, "name": "Ours"})
        self.assertEqual(shared._get_default(self.dealer), own)
        self.assertEqual(shared._get_default(self.other_dealer), shared)

    def test_access_matrix(self):
        for model, granted in MATRIX.items():
            for role in ROLES:
                records = self._as(getattr(self, role), model)
                got = "".join(k for k, op in OPERATIONS.items() if records.has_access(op))
                self.assertEqual(got, granted.get(role, ""), (model, role))

    def test_two_dealers_do_not_see_each_other(self):
        car = self._car(dcrc_delivery_date="2026-05-01")
        self.env["dcrc.mileage.reading"].create({"vehicle_id": car.id, "km": 900})
        stranger = self._as(self.stranger, "dcrc.mileage.reading")
        self.assertFalse(stranger.search([("vehicle_id", "=", car.id)]))
        plans = self._as(self.stranger, "dcrc.service.plan").search([])
        self.assertEqual(plans.company_id, self.other_dealer)
        steps = self._as(self.stranger, "dcrc.service.plan.step").search([])
        self.assertEqual(steps.company_id, self.other_dealer)
