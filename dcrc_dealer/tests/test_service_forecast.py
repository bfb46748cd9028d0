"""The forecast on cars: right, explained, only for what changed, in few queries (REM-1, REM-3)."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import format_date, mute_logger

from .common import NOW, DcrcCase


@tagged("post_install", "-at_install")
class TestServiceForecast(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["dcrc.service.plan"].create(
            {
                "name": "CS75",
                "sequence": 1,
                "model_ids": cls.model.ids,
                "step_ids": [
                    Command.create({"kind": "first", "km": 5000, "months": 6}),
                    Command.create({"kind": "periodic", "km": 10000, "months": 12}),
                ],
            }
        )

    def _car(self, delivered="2026-01-01", **vals):
        return self._create_car(self._create_customer(), dcrc_delivery_date=delivered, **vals)

    def _visit(self, car, day, km, **vals):
        return self._create_visit(car, datetime.fromisoformat(f"{day} 02:00:00"), mileage=km, **vals)

    def _assert_band(self, car, day, words):
        self.assertEqual(car.dcrc_next_service_band, format_date(self.env, day) + words)

    def test_a_new_car_is_due_for_its_first_service(self):
        car = self._car("2026-09-01")
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_next_service_kind, "first")
        self.assertLessEqual(car.dcrc_next_service_date, date(2027, 3, 1))
        self.assertFalse(car.dcrc_forecast_dirty)

    def test_after_a_service_the_next_counts_from_it(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800, kind="first")
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_next_service_kind, "periodic")
        self.assertEqual(car.dcrc_last_service_date, date(2026, 3, 2))
        self.assertAlmostEqual(car.dcrc_daily_km, 80, delta=1)
        self.assertAlmostEqual(car.dcrc_next_service_km, 14800, delta=5)
        self.assertEqual(car.dcrc_next_service_date, date(2026, 7, 5))

    def test_the_band_lies_around_the_day(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800, kind="first")
        car._dcrc_forecast()
        self.assertTrue(car.dcrc_next_service_low < car.dcrc_next_service_date < car.dcrc_next_service_high)

    def test_the_band_is_told_in_a_few_words(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800, kind="first")
        car._dcrc_forecast()
        low, high = car.dcrc_next_service_low, car.dcrc_next_service_high
        self.assertEqual(car.dcrc_next_service_band, f"{format_date(self.env, low)} to {format_date(self.env, high)}")

    def test_no_band_of_one_day(self):
        car = self._car("2026-08-01")
        self._visit(car, "2026-09-30", 300, kind="repair")
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_next_service_low, car.dcrc_next_service_high)
        self._assert_band(car, date(2027, 2, 1), ", by the months")
        self.assertIn("The months come first", car.dcrc_forecast_note)

    def test_a_car_read_past_its_km_is_due_by_them(self):
        car = self._car("2026-08-01")
        self._visit(car, "2026-09-30", 6000, kind="repair")
        car._dcrc_forecast()
        self._assert_band(car, date(2026, 9, 20), ", by the km")

    def test_a_car_nobody_knows_is_due_at_the_latest(self):
        car = self._car("2026-08-01")
        car._dcrc_forecast()
        self.assertEqual((car.dcrc_next_service_low, car.dcrc_daily_km), (False, 0))
        self._assert_band(car, date(2027, 2, 1), " at the latest")

    def test_months_alone_name_the_day(self):
        self.plan.step_ids.km = 0
        car = self._car("2026-08-31")
        car._dcrc_forecast()
        self._assert_band(car, date(2027, 2, 28), ", by the months")

    def test_once_others_tell_it_the_unknown_car_is_worked_out_again(self):
        unknown, later = self._car("2026-08-01"), self._car("2026-08-01")
        unknown._dcrc_forecast()
        self._visit(later, "2026-09-30", 6000, kind="repair")
        later._dcrc_forecast()
        later._dcrc_forecast()
        self.assertEqual((unknown.dcrc_forecast_dirty, later.dcrc_forecast_dirty), (True, False))
        unknown._dcrc_forecast()
        self.assertEqual(unknown.dcrc_daily_km, 100)
        self.assertTrue(unknown.dcrc_next_service_low)

    def test_a_plan_in_km_alone_says_what_is_missing(self):
        self.plan.step_ids.months = 0
        car = self._car("2026-08-31")
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_next_service_band)
        self.assertIn("nothing tells how much the car is driven", car.dcrc_forecast_note)

    def test_a_delivery_of_the_year_1900_gives_no_date(self):
        car = self._car()
        self.env.cr.execute("UPDATE fleet_vehicle SET dcrc_delivery_date = '1900-01-01' WHERE id = %s", car.ids)
        self.env.invalidate_all()
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_next_service_date)
        self.assertIn("neither a delivery nor a service", car.dcrc_forecast_note)

    def test_a_repair_brings_a_reading_but_no_service(self):
        car = self._car()
        self._visit(car, "2026-03-02", 2400, kind="repair")
        car._dcrc_forecast()
        self.assertEqual((car.dcrc_next_service_kind, len(car.dcrc_reading_ids)), ("first", 1))

    def test_a_typing_error_is_marked_and_told(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800, kind="first")
        self._visit(car, "2026-05-02", 96000, kind="repair")
        self._visit(car, "2026-07-02", 14400, kind="repair")
        car._dcrc_forecast()
        wrong = car.dcrc_reading_ids.filtered("excluded")
        self.assertEqual((wrong.km, wrong.excluded, car.dcrc_mileage), (96000, "jump", 14400))
        self.assertIn("96,000 km is left out", car.dcrc_forecast_note)

    def test_the_note_says_how_it_got_there(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800, kind="first")
        car._dcrc_forecast()
        for words in ("km a day", "last service", "km come first"):
            self.assertIn(words, car.dcrc_forecast_note)

    def test_a_corrected_repair_order_corrects_its_reading(self):
        car = self._car()
        visit = self._visit(car, "2026-03-02", 48000)
        car._dcrc_forecast()
        visit.mileage = 4800
        self.assertTrue(car.dcrc_forecast_dirty)
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_reading_ids.mapped("km"), [4800])

    def test_a_mileage_taken_back_takes_its_reading_along(self):
        car = self._car()
        visit = self._visit(car, "2026-03-02", 48000)
        car._dcrc_forecast()
        visit.mileage = 0
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_reading_ids)
        self.assertFalse(car.dcrc_mileage or car.dcrc_mileage_date)

    def test_a_mileage_that_cannot_be_true_does_not_stand_on_the_car(self):
        car = self._car()
        self._visit(car, "2026-03-02", 950000)
        self.assertEqual(car.dcrc_mileage, 950000)
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_mileage)
        self.assertIn("950,000 km is left out", car.dcrc_forecast_note)

    def test_a_deleted_repair_order_moves_the_day(self):
        car = self._car()
        visit = self._visit(car, "2026-03-02", 4800, kind="first")
        car._dcrc_forecast()
        visit.unlink()
        self.assertTrue(car.dcrc_forecast_dirty)
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_next_service_kind, "first")

    def test_a_reading_left_out_by_hand_stays_out(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800)
        car._dcrc_forecast()
        car.dcrc_reading_ids.excluded = "by_hand"
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_reading_ids.excluded, "by_hand")

    def test_a_reading_by_hand_moves_the_day_at_once(self):
        car = self._car("2026-07-06")
        car._dcrc_forecast()
        before = car.dcrc_next_service_date
        self._as(self.specialist, "dcrc.mileage.reading").create({"vehicle_id": car.id, "km": 12000})
        self.assertLess(car.dcrc_next_service_date, before)

    def test_a_reading_of_1900_or_tomorrow_is_refused(self):
        car = self._car()
        for day in ("1900-01-01", "2026-10-15"):
            with self.assertRaisesRegex(ValidationError, "between 1980 and today"):
                self.env["dcrc.mileage.reading"].create({"vehicle_id": car.id, "km": 5, "date": day})

    def test_a_reading_of_a_repair_order_is_not_deleted(self):
        car = self._car()
        self._visit(car, "2026-03-02", 4800)
        car._dcrc_forecast()
        with self.assertRaisesRegex(ValidationError, "belongs to a repair order"):
            car.dcrc_reading_ids.unlink()

    def test_cars_without_readings_drive_like_their_model(self):
        for _n in range(5):
            self._visit(self._car(), "2026-03-02", 6000)
        self.env["fleet.vehicle"].search([("dcrc_forecast_dirty", "=", True)])._dcrc_forecast()
        self.dealer.dcrc_usage_means = False
        car = self._car("2026-09-01")
        car._dcrc_forecast()
        self.assertAlmostEqual(car.dcrc_daily_km, 100, delta=2)
        self.assertIn("other cars of this model", car.dcrc_forecast_note)
        self._visit(car, "2026-10-01", 300, kind="repair")
        car._dcrc_forecast()
        self.assertIn("Other cars of this model drive 100.", car.dcrc_forecast_note)

    def test_without_plan_there_is_no_date_and_it_says_so(self):
        self.env["dcrc.service.plan"].search([]).active = False
        car = self._car()
        car._dcrc_forecast()
        self.assertFalse(car.dcrc_next_service_date)
        self.assertIn("no service plan holds", car.dcrc_forecast_note)

    def test_warranty_ends_by_date_or_km(self):
        slow, fast = self._car(), self._car()
        self._visit(fast, "2026-07-20", 40000)
        (slow | fast)._dcrc_forecast()
        self.assertEqual(slow.dcrc_warranty_due, date(2029, 1, 1))
        self.assertEqual(fast.dcrc_warranty_due, date(2026, 10, 28))
        self.assertEqual(slow.dcrc_three_pack_end, date(2028, 1, 1))

    def test_a_warranty_written_on_the_car_goes_before_the_plan(self):
        car = self._car(dcrc_warranty_end="2027-06-30")
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_warranty_due, date(2027, 6, 30))

    def test_the_cron_works_on_what_changed_only(self):
        cars = self._car() | self._car()
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_forecast").method_direct_trigger()
        cars.invalidate_recordset()
        stamp = cars[0].write_date
        self.assertFalse(any(cars.mapped("dcrc_forecast_dirty")))
        self._visit(cars[1], "2026-10-10", 9000)
        self.assertEqual(cars.mapped("dcrc_forecast_dirty"), [False, True])
        with freeze_time(NOW + timedelta(hours=1)), self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_forecast").method_direct_trigger()
        cars.invalidate_recordset()
        self.assertEqual(cars[0].write_date, stamp)
        self.assertGreater(cars[1].write_date, stamp)

    def test_a_car_that_cannot_be_worked_out_keeps_no_other_from_its_date(self):
        cars = self._car() | self._car() | self._car()
        bad, write = cars[1].id, type(cars)._dcrc_write_forecasts

        def fails(model, rows):
            if any(row["id"] == bad for row in rows):
                raise ValueError("this car")
            return write(model, rows)

        with (
            patch.object(type(cars), "_dcrc_write_forecasts", fails),
            self.enter_registry_test_mode(),
            mute_logger("odoo.addons.dcrc_dealer.models.foundations.fleet_vehicle_nightly"),
        ):
            self.env.ref("dcrc_dealer.ir_cron_forecast").method_direct_trigger()
        cars.invalidate_recordset()
        self.assertEqual(cars.mapped("dcrc_forecast_dirty"), [False, True, False])

    def test_ten_times_the_cars_need_no_more_queries(self):
        few, many = [self._car() for _n in range(2)], [self._car() for _n in range(20)]
        counts = []
        for cars in (few, many):
            cars = self.env["fleet.vehicle"].browse([car.id for car in cars])
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            cars._dcrc_forecast()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 30)

    def test_own_fleet_is_left_alone(self):
        own = self.env["fleet.vehicle"].create({"model_id": self.model.id})
        own._dcrc_forecast()
        self.assertFalse(own.dcrc_next_service_date)
        self.assertFalse(own.dcrc_inspection_due)
