"""In a browser: the month's list is levelled, a lost customer won back (REM-2, RET-2)."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import make_vin


@tagged("post_install", "-at_install")
class TestServiceTour(HttpCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(context={"tracking_disable": True})
        self.dealer = self.env["res.company"].create({"name": "渝北长安4S店"})
        self.dealer._dcrc_open_centre()
        self.today = self.dealer._dcrc_today()
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "长安汽车"})
        self.model = self.env["fleet.vehicle.model"].create({"name": "CS75", "brand_id": brand.id})
        new_test_user(
            self.env,
            "dcrc_service_tour",
            "dcrc_dealer.group_dcrc_manager",
            company_id=self.dealer.id,
            company_ids=[Command.set(self.dealer.ids)],
            tz="Asia/Shanghai",
        )

    def _create_car(self, number, plate, delivered):
        owner = self.env["res.partner"].create(
            {
                "name": "王晓燕",
                "dcrc_customer": True,
                "dcrc_gender": "female",
                "company_id": self.dealer.id,
                "dcrc_phone_ids": [Command.create({"number": f"1380013800{number}"})],
            }
        )
        car = self.env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "company_id": self.dealer.id,
                "vin_sn": make_vin(770 + number),
                "license_plate": plate,
                "dcrc_owner_id": owner.id,
                "model_id": self.model.id,
                "dcrc_delivery_date": delivered,
            }
        )
        car._dcrc_forecast()
        car._dcrc_judge()
        return car

    def test_the_manager_moves_a_reminder(self):
        car = self._create_car(1, "渝A8K3P1", fields.Date.subtract(self.today, months=3, days=-20))
        self.env["dcrc.followup.rule"]._plan(self.dealer)
        reminder = self.env["dcrc.followup"].search([("vehicle_id", "=", car.id)])
        self.assertEqual(reminder.mapped("state"), ["planned"])
        self.start_tour("/odoo/dcrc-load", "dcrc_service_load", login="dcrc_service_tour")
        self.assertTrue(reminder.is_moved)
        self.assertEqual(reminder.date_start, fields.Date.add(self.today, days=1))

    def test_a_lost_customer_is_won_back(self):
        car = self._create_car(2, "渝A8K3P2", fields.Date.subtract(self.today, months=9))
        self.assertEqual(car.dcrc_stage, "lost")
        self.start_tour("/odoo/dcrc-lost-cars", "dcrc_retention_win_back", login="dcrc_service_tour")
        self.assertEqual((car.dcrc_case_ids.state, car.dcrc_case_ids.helped), ("won", "到店免费检测"))
