"""The main job in a real browser: lists in, plan, call, complaint, sheet (issue's "Done when")."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.dcrc_dealer.tests.common import make_vin

HEAD = "销售单号,客户名称,性别,手机号码,车型代码,车型名称,VIN,车牌号,开票日期,交车日期,销售顾问"


@tagged("post_install", "-at_install")
class TestJourney(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.dealer = cls.env["res.company"].create({"name": "渝北长安4S店"})
        cls.dealer._dcrc_open_centre()
        # Whatever the hour at which the tests run, it is one in which people may be called.
        slots = cls.env["dcrc.call.slot"].search([("company_id", "=", cls.dealer.id)])
        (slots - slots[:1]).active = False
        slots[:1].write({"hour_from": 0, "hour_to": 24})
        cls.specialist = cls._create_user("journey_specialist", "dcrc_dealer.group_dcrc_user")
        cls.manager = cls._create_user("journey_manager", "dcrc_dealer.group_dcrc_manager")

    @classmethod
    def _create_user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            group,
            lang="zh_CN",
            tz="Asia/Shanghai",
            company_id=cls.dealer.id,
            company_ids=[Command.set(cls.dealer.ids)],
        )

    def _create_list(self):
        """Yesterday's deliveries: one fine, one without mobile, one without delivery date."""
        day = self.dealer._dcrc_today() - timedelta(days=1)
        car = "SC7151,CS75PLUS 1.5T 尊贵型"
        rows = [
            HEAD,
            f"XS9001,王芳,女,13800138000,{car},{make_vin(9001)},渝A9001A,{day},{day},曹宇",
            f"XS9002,李强,男,,{car},{make_vin(9002)},渝A9002A,{day},{day},曹宇",
            f"XS9003,陈静,女,13800138003,{car},{make_vin(9003)},渝A9003A,{day},,曹宇",
        ]
        self.env["ir.attachment"].create(
            {"name": "journey_sales.csv", "raw": "\n".join(rows).encode("gb18030"), "public": True}
        )

    def _run_cron(self, xmlid):
        self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    def test_a_list_becomes_a_call_a_complaint_and_a_sheet(self):
        self._create_list()
        self.start_tour("/odoo/dcrc-lists", "dcrc_journey_lists", login=self.specialist.login)
        self._run_cron("dcrc_dealer.dms_import_cron")
        listed = self.env["dcrc.dms.import"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual((listed.state, listed.held_count), ("done", 1))

        self.start_tour("/odoo/action-dcrc_dealer.followup_rule_action", "dcrc_journey_plan", login=self.manager.login)
        self.start_tour("/odoo/dcrc-today", "dcrc_journey_call", login=self.specialist.login)
        complaint = self.env["dcrc.complaint"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(complaint.partner_id.name, "王芳")
        self.assertIn("异响", complaint.text)

        self.start_tour(
            "/odoo/action-dcrc_dealer_reports.daily_sheet_action", "dcrc_journey_sheet", login=self.specialist.login
        )
        sheet = self.env["dcrc.daily.sheet"].with_user(self.specialist).create({"company_id": self.dealer.id})
        row = sheet._get_page()["rows"][0]
        self.assertEqual((row["customer"], row["complaint"]), ("王芳", complaint.name))
