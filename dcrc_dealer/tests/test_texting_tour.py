"""In a browser: a campaign prepared, started and paused (SMS-1)."""

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTextingTour(HttpCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(context={"tracking_disable": True})
        self.dealer = self.env["res.company"].create({"name": "渝北长安4S店"})
        self.dealer._dcrc_open_centre()
        new_test_user(
            self.env,
            "dcrc_texting_tour",
            "dcrc_dealer.group_dcrc_manager",
            company_id=self.dealer.id,
            company_ids=[Command.set(self.dealer.ids)],
            tz="Asia/Shanghai",
        )
        self.env["sms.template"].create(
            {
                "name": "冬季免费检测",
                "body": "{customer}，冬季免费检测邀您到店。",
                "dcrc_purpose": "marketing",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "dcrc_company_id": self.dealer.id,
            }
        )
        for name, phone in (("王晓燕", "13800138001"), ("李建国", "13800138002"), ("无号", False)):
            self.env["res.partner"].create(
                {
                    "name": name,
                    "dcrc_customer": True,
                    "company_id": self.dealer.id,
                    "dcrc_phone_ids": [Command.create({"number": phone})] if phone else [],
                }
            )

    def test_a_campaign_is_prepared_started_and_paused(self):
        self.start_tour("/odoo/dcrc-campaigns", "dcrc_texting_campaign", login="dcrc_texting_tour")
        campaign = self.env["dcrc.text.campaign"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual((campaign.state, campaign.excluded), ("stopped", {"send": 2, "no_phone": 1}))
        self.assertEqual(campaign.started_by.login, "dcrc_texting_tour")
