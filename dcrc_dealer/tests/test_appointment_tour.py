from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import make_vin


@tagged("post_install", "-at_install")
class TestAppointmentTour(HttpCase):
    """From the customer's page to the service desk's board, in a browser (APT-1, APT-4)."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context={"tracking_disable": True})
        self.dealer = self.env["res.company"].create({"name": "渝北长安4S店"})
        self.dealer._dcrc_open_centre()
        self.partner = self.env["res.partner"].create(
            {
                "name": "王晓燕",
                "dcrc_customer": True,
                "dcrc_gender": "female",
                "company_id": self.dealer.id,
                "dcrc_phone_ids": [Command.create({"number": "13800138000"})],
            }
        )
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "长安汽车"})
        self.env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "company_id": self.dealer.id,
                "vin_sn": make_vin(771),
                "license_plate": "渝A8K3P2",
                "dcrc_owner_id": self.partner.id,
                "model_id": self.env["fleet.vehicle.model"].create({"name": "CS75", "brand_id": brand.id}).id,
            }
        )
        self._create_user("dcrc_apt_tour", "dcrc_dealer.group_dcrc_user")
        desk = self._create_user("dcrc_apt_desk", "dcrc_dealer.group_dcrc_department")
        self.env["dcrc.department"]._get_for("service", self.dealer).member_ids = desk

    def _create_user(self, login, group):
        return new_test_user(
            self.env,
            login,
            group,
            company_id=self.dealer.id,
            company_ids=[Command.set(self.dealer.ids)],
            tz="Asia/Shanghai",
        )

    def test_book_for_a_customer_and_see_it_on_the_board(self):
        self.start_tour(
            f"/odoo/action-dcrc_dealer.customer_action/{self.partner.id}",
            "dcrc_appointment_book",
            login="dcrc_apt_tour",
        )
        appointment = self.env["dcrc.appointment"].search([("partner_id", "=", self.partner.id)])
        self.assertEqual((appointment.state, appointment.vehicle_id.license_plate), ("booked", "渝A8K3P2"))
        self.assertEqual(appointment.items, "首保，检查异响")
        self.start_tour("/odoo/dcrc-appointment-board", "dcrc_appointment_board", login="dcrc_apt_desk")
