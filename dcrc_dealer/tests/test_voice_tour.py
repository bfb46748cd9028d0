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
        self._create_user("dcrc_voice_director", "dcrc_dealer.group_dcrc_director")
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

    def _answer(self, level):
        """What the customer says in the callback, stored as on the call screen."""
        callback = self.complaint.callback_id
        question = callback.rule_id._get_survey().question_ids[0]
        answer = question.suggested_answer_ids.filtered(lambda a: a.dcrc_level == level)
        self.env["survey.user_input"]._dcrc_record(callback.sudo(), {question.id: {"answer_id": answer.id}})
        callback.sudo().write({"state": "done", "effective": True})
        self.complaint.sudo()._take_answer(callback.sudo())
        self.complaint.invalidate_recordset()

    def test_the_department_answers(self):
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_answer", login="dcrc_voice_workshop")
        self.assertEqual(self.complaint.answer, "更换压缩机支架")
        self.assertEqual(self.env["dcrc.reveal"].search([]).partner_id, self.customer)

    def test_it_goes_its_road_twice_and_is_closed_by_the_customer(self):
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_road", login="dcrc_voice_user")
        self.assertEqual(self.complaint.callback_id.state, "open")
        self._answer(2)
        self.assertRecordValues(self.complaint, [{"state": "investigate", "round_no": 2, "handler_id": False}])
        self.complaint.sudo().write({"state": "received", "founded": False})  # judged anew, by another person
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_road", login="dcrc_voice_manager")
        self._answer(5)
        self.assertRecordValues(self.complaint, [{"state": "closed", "closing": "answer"}])

    def test_the_general_manager_closes_by_signature(self):
        self.start_tour("/odoo/dcrc-complaints", "dcrc_voice_sign", login="dcrc_voice_director")
        self.assertRecordValues(self.complaint, [{"state": "closed", "closing": "signature"}])

    def test_the_manager_confirms_a_change(self):
        self.customer.with_user(self.specialist).write({"name": "王方"})
        self.start_tour("/odoo/dcrc-changes", "dcrc_voice_changes", login="dcrc_voice_manager")
        self.assertEqual(self.customer.name, "王方")
