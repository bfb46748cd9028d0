"""A manager's way in a real browser, in Chinese: a figure down to its rows, the month previewed and closed."""

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPayJourney(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.dealer = cls.env["res.company"].create({"name": "渝中长安4S店"})
        cls.dealer._dcrc_open_centre()
        cls.manager = new_test_user(
            cls.env,
            "kpi_manager",
            "dcrc_dealer.group_dcrc_manager",
            lang="zh_CN",
            tz="Asia/Shanghai",
            company_id=cls.dealer.id,
            company_ids=[Command.set(cls.dealer.ids)],
        )
        cls.month = cls.dealer._dcrc_today().replace(day=1) - relativedelta(months=1)

    def _create_followup(self):
        customer = self.env["res.partner"].create({"name": "王芳", "dcrc_customer": True, "company_id": self.dealer.id})
        rule = self.env["dcrc.followup.rule"].search(
            [("company_id", "=", self.dealer.id), ("trigger", "=", "delivery")], limit=1
        )
        day = self.month + relativedelta(days=9)
        days = dict.fromkeys(("anchor_date", "date_start", "date_due", "date_expiry"), day)
        source = {"source_model": "res.partner", "source_id": customer.id, "purpose": "care", "channel": "phone"}
        self.env["dcrc.followup"].create(
            {"rule_id": rule.id, "company_id": self.dealer.id, "partner_id": customer.id, **source, **days}
        )

    def test_a_figure_opens_its_rows_and_the_month_is_closed(self):
        self._create_followup()
        self.start_tour("/odoo/dcrc-figures", "dcrc_figures", login=self.manager.login)
        pay = self.env["dcrc.pay.month"].with_context(lang="zh_CN")._prepare(self.dealer, self.month)
        self.start_tour("/odoo/dcrc-kpi", "dcrc_kpi_close", login=self.manager.login)
        closed = pay.filtered(lambda month: month.state == "closed")
        self.assertEqual((closed.level, closed.closed_by), ("department", self.manager))
