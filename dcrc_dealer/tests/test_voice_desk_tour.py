from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestVoiceDeskTour(HttpCase):
    """The service desk tells of a new number on its phone (COR-3)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_service_desk_reports_a_new_number_on_its_phone(self):
        env = self.env(context={"tracking_disable": True})
        dealer = env["res.company"].create({"name": "渝北长安4S店"})
        dealer._dcrc_open_centre()
        number = [Command.create({"number": "13800138000"})]
        vals = {"name": "王芳", "dcrc_customer": True, "company_id": dealer.id, "dcrc_phone_ids": number}
        customer = env["res.partner"].create(vals)
        model = env["fleet.vehicle.model"].search([], limit=1)
        car = {"dcrc_kind": "customer", "model_id": model.id, "company_id": dealer.id, "license_plate": "渝A12345"}
        env["fleet.vehicle"].create({**car, "dcrc_owner_id": customer.id})
        desk = new_test_user(
            env,
            "dcrc_voice_desk",
            "dcrc_dealer.group_dcrc_department",
            company_id=dealer.id,
            company_ids=[Command.set(dealer.ids)],
        )
        self.start_tour("/odoo/dcrc-desk", "dcrc_voice_desk", login="dcrc_voice_desk")
        correction = customer.dcrc_correction_ids
        self.assertRecordValues(correction, [{"new_value": "13900139000", "state": "proposed", "user_id": desk.id}])
