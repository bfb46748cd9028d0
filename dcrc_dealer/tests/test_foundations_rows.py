"""Rows from Python to a table: types come from the fields."""

from odoo.tools import SQL

from ..models.foundations.rows import insert_rows, update_rows
from .common import TODAY, DcrcCase


class TestFoundationsRows(DcrcCase):
    def test_values_of_every_type_arrive(self):
        cars = self._create_car() | self._create_car()
        names = ["dcrc_mileage", "dcrc_mileage_date", "dcrc_daily_km", "dcrc_daily_km_own", "dcrc_forecast_data"]
        values = (12, TODAY, 1.5, True, [["x", {"a": 1}]])
        update_rows(cars, [{"id": cars[0].id, **dict(zip(names, values))}], names)
        cars.invalidate_recordset()
        self.assertEqual(tuple(cars[0][name] for name in names), values)
        self.assertFalse(cars[1].dcrc_mileage)

    def test_false_is_no_value_but_for_a_yes_or_no(self):
        car = self._create_car(dcrc_mileage_date=TODAY, dcrc_daily_km_own=True)
        row = {"id": car.id, "dcrc_mileage_date": False, "dcrc_daily_km_own": False}
        update_rows(car, [row], ["dcrc_mileage_date", "dcrc_daily_km_own"])
        query = SQL("SELECT dcrc_mileage_date, dcrc_daily_km_own FROM fleet_vehicle WHERE id = %s", car.id)
        self.assertEqual(self.env.execute_query(query), [(None, False)])

    def test_rows_go_in_with_what_they_share(self):
        car = self._create_car()
        readings = self.env["dcrc.mileage.reading"]
        also = {"vehicle_id": car.id, "company_id": car.company_id.id, "source": "manual"}
        insert_rows(readings, [{"date": TODAY, "km": 7}, {"date": TODAY, "km": 8}], ["date", "km"], also)
        found = readings.search([("vehicle_id", "=", car.id)])
        self.assertEqual(sorted(found.mapped("km")), [7, 8])
        self.assertEqual((found.create_uid, found.mapped("date")), (self.env.user, [TODAY, TODAY]))
