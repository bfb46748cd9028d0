"""The two screens in a browser: tours by keyboard, and the components' own tests."""

from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import make_vin


def hoot_id(suite):
    """The number by which Hoot finds a suite."""
    number = 0
    for letter in suite:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


class ConsoleTourCase(HttpCase):
    """A specialist with one customer to call; the clock is the real one, calling hours are all day."""

    def setUp(self):
        super().setUp()
        self.dealer = self.env["res.company"].create({"name": "渝北长安4S店"})
        self.dealer._dcrc_open_centre()
        self._allow_calls_at_any_hour()
        self.specialist = new_test_user(
            self.env,
            "dcrc_tour",
            "dcrc_dealer.group_dcrc_user",
            company_id=self.dealer.id,
            company_ids=[Command.set(self.dealer.ids)],
            tz="Asia/Shanghai",
        )
        self.env = self.env(context=dict(self.env.context, allowed_company_ids=self.dealer.ids))
        self.followup = self._open_followup()

    def _allow_calls_at_any_hour(self):
        slots = self.env["dcrc.call.slot"].search([("company_id", "=", self.dealer.id)])
        slots[1:].active = False
        slots[:1].write({"hour_from": 0, "hour_to": 24})

    def _open_followup(self):
        """A service visit of two days ago, planned as the night does it."""
        day = self.dealer._dcrc_today() - timedelta(days=2)
        rules = self.env["dcrc.followup.rule"].search([("company_id", "=", self.dealer.id)])
        rules.active_from = day - timedelta(days=30)
        partner = self.env["res.partner"].create(
            {
                "name": "王晓燕",
                "dcrc_customer": True,
                "dcrc_gender": "female",
                "company_id": self.dealer.id,
                "dcrc_phone_ids": [Command.create({"number": "13800138000"})],
            }
        )
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "长安汽车"})
        model = self.env["fleet.vehicle.model"].create({"name": "CS75 PLUS", "brand_id": brand.id})
        car = self.env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "model_id": model.id,
                "company_id": self.dealer.id,
                "vin_sn": make_vin(1),
                "license_plate": "渝A8K3P2",
                "dcrc_owner_id": partner.id,
            }
        )
        date_in = datetime.combine(day, time(2))
        self.env["dcrc.service.visit"].create(
            {
                "company_id": self.dealer.id,
                "order_no": "WX1",
                "vehicle_id": car.id,
                "partner_id": partner.id,
                "kind": "periodic",
                "date_in": date_in,
                "date_out": date_in + timedelta(hours=1),
            }
        )
        self.env["dcrc.followup.rule"]._plan(self.dealer)
        return self.env["dcrc.followup"].search([("company_id", "=", self.dealer.id), ("state", "=", "open")])


@tagged("post_install", "-at_install")
class TestConsoleTour(ConsoleTourCase):
    def test_satisfied_call_by_keyboard(self):
        self.start_tour("/odoo/dcrc-today", "dcrc_call_satisfied", login="dcrc_tour")
        self.assertRecordValues(self.followup, [{"state": "done", "effective": True, "dissatisfied": False}])
        self.assertEqual(self.followup.user_id, self.specialist)

    def test_dissatisfied_call_leaves_a_complaint(self):
        self.start_tour("/odoo/dcrc-today", "dcrc_call_dissatisfied", login="dcrc_tour")
        complaint = self.env["dcrc.complaint"].search([("followup_id", "=", self.followup.id)])
        self.assertIn("去过两次还有异响", complaint.text)
        self.assertTrue(complaint.department_id)
        self.assertEqual(complaint.vehicle_id, self.followup.vehicle_id)
        self.assertTrue(self.followup.dissatisfied)

    def test_screen_reopened_shows_what_was_typed(self):
        console = self.env["dcrc.console"].with_user(self.specialist)
        payload = console.open_contact(self.followup.contact_id.id)
        at = fields.Datetime.now().timestamp() * 1000
        console.save_draft(payload["call_id"], {"note": "下班后再打", "at": at})
        self.browser_js(
            f"/odoo/dcrc-call/{self.followup.contact_id.id}",
            "document.querySelector('#o_dcrc_note').value === '下班后再打' && console.log('test successful')",
            "!!document.querySelector('#o_dcrc_note')",
            login="dcrc_tour",
        )

    def test_the_caller_is_found_and_the_page_tells_all(self):
        self.start_tour("/odoo/dcrc-today", "dcrc_caller", login="dcrc_tour")


@tagged("post_install", "-at_install")
class TestConsoleComponents(HttpCase):
    """Runs the add-on's Hoot tests."""

    def test_hoot(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id('@dcrc_dealer')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
