from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestVoiceTour(HttpCase):
    """A complaint from the department's answer to its closing, in a browser (CMP-1, CUS-7)."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context={"tracking_disable": True})
        self.dealer = self.env["res.company"].create({"name": "渝北长安4S店"})
        self.dealer._dcrc_open_centre()
        self.customer = self.env["res.partner"].create(
            {
                "name": "王芳",
                "dcrc_customer": True,
                "company_id": self.dealer.id,
                "dcrc_phone_ids": [Command.create({"number": "13800138000"})],
            }
        )
        self.specialist = self._create_user("dcrc_voice_user", "dcrc_dealer.group_dcrc_user")
        self._create_user("dcrc_voice_manager", "dcrc_dealer.group_dcrc_manager")
        workshop = self._create_user("dcrc_voice_workshop", "dcrc_dealer.group_dcrc_department")
        service = self.env["dcrc.department"]._get_for("service", self.dealer)
        service.responsible_id = workshop
        self.complaint = self.env["dcrc.complaint"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.dealer.id,
                "text": "空调异响",
                "department_id": service.id,
            }
        )

    def _create_user(self, login, group):
        return new_test_user(
            self.env, login, group, company_id=self.dealer.id, company_ids=[Command.set(self.dealer.ids)]
        )

    def test_the_department_answers_and_the_centre_closes(self):
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_answer", login="dcrc_voice_workshop")
        self.assertEqual(self.complaint.answer, "更换压缩机支架")
        self.assertEqual(self.env["dcrc.reveal"].search([]).partner_id, self.customer)
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_close", login="dcrc_voice_user")
        self.assertRecordValues(self.complaint, [{"state": "closed", "result": "客户满意"}])

    def test_the_manager_confirms_a_change(self):
        self.customer.with_user(self.specialist).write({"name": "王方"})
        self.start_tour("/odoo/dcrc-changes", "dcrc_voice_changes", login="dcrc_voice_manager")
        self.assertEqual(self.customer.name, "王方")
