"""Who may create, read, write and delete what: one table for all rooms.

A line per model, a column per role; `crwu` = create, read, write, unlink. The table is
complete: a model without a line fails the test, so nobody forgets to think about it.
"""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .filled import FilledCase

OPERATIONS = {"c": "create", "r": "read", "w": "write", "u": "unlink"}
COLUMNS = ("specialist", "manager", "workshop", "director", "auditor", "outsider")
MATRIX = {
    # model                     specialist manager department director auditor no role
    "dcrc.anonymise": ("----", "crw-", "----", "----", "----", "----"),
    "dcrc.answer.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.appointment": ("crwu", "crwu", "-r--", "-r--", "-r--", "----"),
    "dcrc.appointment.absence": ("crwu", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.appointment.day": ("crw-", "crw-", "-r--", "-r--", "-r--", "----"),
    "dcrc.appointment.figure": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.appointment.kind": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.appointment.resource": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.appointment.seat": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.article": ("crw-", "crwu", "-rw-", "-r--", "-r--", "----"),
    "dcrc.article.miss": ("-rw-", "-rw-", "----", "-r--", "-r--", "----"),
    "dcrc.assign": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.call": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.call.outcome": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.call.slot": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.change.proposal": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.clock": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.clock.climb": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.clock.pause": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.clock.rule": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.clock.step": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.comeback": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.complaint": ("crw-", "crw-", "-rw-", "-r--", "-r--", "----"),
    "dcrc.complaint.consequence": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.complaint.entry": ("cr--", "cr--", "cr--", "-r--", "-r--", "----"),
    "dcrc.complaint.item": ("-r--", "crwu", "-r--", "-r--", "-r--", "----"),
    "dcrc.complaint.item.merge": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.complaint.print": ("crwu", "crwu", "----", "crwu", "crwu", "----"),
    "dcrc.complaint.proposal": ("crwu", "crwu", "crwu", "-r--", "-r--", "----"),
    "dcrc.complaint.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.complaint.round": ("-r--", "-r--", "-r--", "-r--", "-r--", "----"),
    "dcrc.complaint.step": ("crwu", "crwu", "crwu", "crwu", "----", "----"),
    "dcrc.consent": ("crw-", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.contact": ("-r--", "-rw-", "----", "-r--", "-r--", "----"),
    "dcrc.correction": ("crw-", "crw-", "-rw-", "-r--", "-r--", "----"),
    "dcrc.correction.desk": ("crw-", "crw-", "crw-", "----", "----", "----"),
    "dcrc.correction.desk.line": ("-rw-", "-rw-", "-rw-", "----", "----", "----"),
    "dcrc.correction.print": ("crwu", "crwu", "----", "crwu", "crwu", "----"),
    "dcrc.correction.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.coverage": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.coverage.print": ("crwu", "crwu", "----", "crwu", "crwu", "----"),
    "dcrc.customer.analysis": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.delivery": ("-r--", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.department": ("-r--", "crwu", "-r--", "-r--", "-r--", "-r--"),
    "dcrc.digest": ("-r--", "-r--", "-r--", "-r--", "-r--", "----"),
    "dcrc.digest.line": ("-r--", "-r--", "-r--", "-r--", "-r--", "----"),
    "dcrc.dms.difference": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.dms.import": ("-rw-", "-rw-", "----", "-r--", "-r--", "----"),
    "dcrc.dms.mapping": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.dms.row": ("-rw-", "-rw-", "----", "-r--", "-r--", "----"),
    "dcrc.dms.word": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.do.not.contact": ("crw-", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.doubt": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.duplicate": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.festival": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.file.check": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.file.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.followup": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.followup.cancel": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.followup.move": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.followup.rule": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.hotline": ("crw-", "crw-", "-rw-", "-r--", "-r--", "----"),
    "dcrc.hotline.ring": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.inspection.schedule": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.inspection.schedule.step": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.lifecycle.change": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.lifecycle.rule": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.lifecycle.span": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.measure": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.measure.fact": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.measure.mark": ("----", "-r--", "----", "----", "----", "----"),
    "dcrc.mileage.reading": ("crw-", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.paper.void": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.opening.day": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.phone": ("crw-", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.prevention": ("crw-", "crw-", "-rw-", "-r--", "-r--", "----"),
    "dcrc.privacy.log": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.problem": ("-r--", "crwu", "-r--", "-r--", "-r--", "----"),
    "dcrc.problem.hit": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.problem.print": ("crwu", "crwu", "----", "crwu", "crwu", "----"),
    "dcrc.problem.week": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.reason": ("-r--", "crwu", "-r--", "-r--", "-r--", "-r--"),
    "dcrc.reassign": ("----", "crwu", "----", "----", "----", "----"),
    "dcrc.retention.case": ("crw-", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.retention.effect": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.retention.plan": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.return.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.reveal": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.reveal.ask": ("crw-", "crw-", "crw-", "crw-", "crw-", "----"),
    "dcrc.self.check": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.sample": ("-r--", "crw-", "----", "-r--", "crw-", "----"),
    "dcrc.sample.line": ("-r--", "-rw-", "----", "-r--", "-rw-", "----"),
    "dcrc.script": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.service.plan": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.service.plan.step": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.service.visit": ("-r--", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.staff.edit": ("----", "crw-", "----", "----", "----", "----"),
    "dcrc.staff.log": ("----", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.success.report": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.text.account": ("-r--", "crw-", "----", "-r--", "-r--", "----"),
    "dcrc.text.campaign": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.timeline": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.vehicle.owner": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.warranty.case": ("-rw-", "-rw-", "----", "-r--", "-r--", "----"),
    "dcrc.warranty.fault": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.warranty.limit": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "dcrc.warranty.repair": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.web.hit": ("----", "----", "----", "----", "----", "----"),
    "dcrc.win.back": ("crwu", "crwu", "----", "----", "----", "----"),
    # models of Odoo's that hold the dealer's data
    "res.partner": ("crw-", "crw-", "-r--", "-r--", "-r--", "-r--"),
    "fleet.vehicle": ("crw-", "crw-", "----", "-r--", "-r--", "----"),
    "fleet.vehicle.log.contract": ("----", "----", "----", "----", "----", "----"),
    "survey.survey": ("-r--", "crwu", "----", "-r--", "-r--", "----"),
    "survey.user_input": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "survey.user_input.line": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "sms.sms": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "sms.template": ("-r--", "crwu", "-r--", "-r--", "-r--", "-r--"),
    "ir.rule": ("----", "----", "----", "----", "----", "----"),
}
# Rows that only headquarters and the manager write, to check the dealer's files (CUS-8).
AUDITS = {"dcrc.sample", "dcrc.sample.line"}


@tagged("post_install", "-at_install")
class TestAccessMatrix(FilledCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer)

    def _rights(self, model, user):
        model = self._as(user, model)
        return "".join(letter if model.has_access(operation) else "-" for letter, operation in OPERATIONS.items())

    def test_every_role_has_the_rights_of_the_table(self):
        for model, line in MATRIX.items():
            if model not in self.env:
                continue
            for column, expected in zip(COLUMNS, line, strict=True):
                with self.subTest(model=model, role=column):
                    self.assertEqual(self._rights(model, getattr(self, column)), expected)

    def test_customers_and_visitors_of_the_website_have_no_right_on_our_models(self):
        portal = self._create_user("portal", "base.group_portal", self.dealer)
        for user in (portal, self.env.ref("base.public_user")):
            for model in (name for name in MATRIX if name.startswith("dcrc.")):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._rights(model, user), "----")

    def test_the_table_names_every_model_of_ours(self):
        ours = {
            name
            for name, model in self.env.items()
            if name.startswith("dcrc.") and not model._abstract and model._original_module == "dcrc_dealer"
        }
        self.assertFalse(ours - set(MATRIX))

    def test_the_tests_world_has_a_row_of_every_model(self):
        self.assertFalse(self.unfilled, "teach FilledCase._special_vals")

    def test_readers_see_every_row_of_their_dealer(self):
        for user in (self.specialist, self.manager, self.director, self.auditor):
            for name, records in self.rows.items():
                model = self._as(user, name)
                own = name.startswith("dcrc.pay.") and user == self.specialist  # pay is nobody else's business
                if name.startswith("dcrc.") and model.has_access("read") and not own:
                    with self.subTest(model=name, user=user.login):
                        self.assertEqual(model.search([("id", "in", records.ids)]), records)

    def test_director_and_headquarters_change_nothing_of_a_dealers(self):
        for user in (self.director, self.auditor):
            for name, records in self.rows.items():
                # what is made of the dealer's data, pay and reviews and audits, has tables of its own
                above = name.startswith("dcrc.") and records._original_module != "dcrc_dealer"
                if above or name in AUDITS | {"res.users"}:
                    # (name.startswith("dcrc.") and records._original_module != "dcrc_dealer"):
                    continue
                with self.subTest(model=name, user=user.login), self.assertRaises(UserError):
                    self._as(user, records).write({"write_uid": user.id})

    def test_a_department_sees_only_what_was_handed_to_it(self):
        for name in ("dcrc.complaint", "dcrc.correction"):
            records = self.rows[name].sudo()
            records.department_id = self.sales
            with self.subTest(model=name):
                self.assertFalse(self._as(self.workshop, name).search([]))
                records.department_id = self.service
                self.assertEqual(self._as(self.workshop, name).search([]), records)

    def test_a_department_reads_no_customer_and_no_car(self):
        for name in ("res.partner", "fleet.vehicle"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                self._as(self.workshop, self.rows[name]).read(["display_name"])

    def test_a_department_opens_its_form_with_the_names_it_needs(self):
        complaint = self.rows["dcrc.complaint"].sudo()
        complaint.department_id = self.service
        mine = self._as(self.workshop, complaint)
        with Form(mine, view="dcrc_dealer.complaint_view_form") as form:
            self.assertEqual(form.customer_name, "王芳")
            self.assertIn("****", form.phone_masked)
            form.answer = "已更换"
        self.assertTrue(complaint.answered_on)
        self.assertNotIn("customer_phone", mine.fields_get())

    def test_what_all_dealers_share_is_changed_by_the_administrator_only(self):
        for name in ("dcrc.reason", "dcrc.call.outcome"):
            shared = self.env[name].search([("company_id", "=", False)], limit=1)
            with self.subTest(model=name), self.assertRaises(AccessError):
                self._as(self.manager, shared).write({"name": "…"})

    def test_templates_are_nobodys_to_change(self):
        for name in ("dcrc.department", "dcrc.script", "dcrc.followup.rule", "dcrc.call.slot"):
            template = self.env[name].search([("is_template", "=", True)], limit=1)
            self.assertTrue(template)
            with self.subTest(model=name), self.assertRaises(AccessError):
                self._as(self.manager, template).write({"name": "…"})

    def test_surveys_of_other_people_stay_closed_to_the_centre(self):
        survey = self.env["survey.survey"].create({"title": "员工调查"})
        answers = survey._create_answer(user=self.env.user)
        for user in (self.specialist, self.manager, self.director, self.auditor):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, "survey.survey").search([("id", "=", survey.id)]))
                inputs = self._as(user, "survey.user_input")
                self.assertFalse(inputs.search([("id", "=", answers.id)]))

    def test_cars_of_the_own_fleet_stay_closed_to_the_centre(self):
        car = self.env["fleet.vehicle"].create({"model_id": self.model.id, "company_id": self.dealer.id})
        for user in (self.specialist, self.manager):
            self.assertNotIn(car, self._as(user, "fleet.vehicle").search([]))
        officer = self._create_user("officer", "fleet.fleet_group_manager", self.dealer)
        found = self._as(officer, "fleet.vehicle").search([])
        self.assertIn(car, found)
        self.assertNotIn(self.rows["fleet.vehicle"], found)

    def test_nobody_without_role_calls_the_console(self):
        for user in (self.outsider, self.workshop, self.director, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._as(user, "dcrc.console").open_contact(self.rows["dcrc.contact"].id)
