"""The prevention table hangs on the code (FUP-11)."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TODAY
from .common_problem import ProblemCase


@tagged("post_install", "-at_install")
class TestPrevention(ProblemCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service.responsible_id = cls.workshop

    def _create(self, **vals):
        values = {"problem_id": self._problem("R-D").id, "measure": "出厂前试车", **vals}
        return self._as(self.manager, "dcrc.prevention").create(values)

    def test_it_goes_to_the_department_of_its_problem(self):
        prevention = self._create()
        self.assertRecordValues(prevention, [{"department_id": self.service.id, "user_id": self.workshop.id}])
        self.assertRegex(prevention.name, r"^P26-\d{5}$")
        self.assertIn(self.workshop.partner_id, prevention.message_ids.notified_partner_ids)

    def test_the_weeks_figures_come_along(self):
        self._talk({"D": (1, "")})
        week = self._as(self.manager, "dcrc.problem.week").search([("date", "=", "2026-10-12")])
        model = self.env["dcrc.prevention"].with_user(self.manager).with_context(**week.action_prevent()["context"])
        with Form(model.with_company(self.dealer)) as form:
            form.measure = "出厂前试车"
        self.assertRecordValues(form.record, [{"frequency": 1, "share": 100.0, "problem_id": self._problem("R-D").id}])

    def test_a_department_writes_cause_and_measure_nothing_else(self):
        mine = self._as(self.workshop, self._create())
        mine.write({"root_cause": "未试车", "measure": "出厂前试车 5 公里"})
        for vals in ({"deadline": TODAY}, {"effect": "好"}, {"user_id": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                mine.write(vals)
        for step in ("action_done", "action_drop"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(mine, step)()

    def test_another_departments_is_not_seen(self):
        theirs = self._create(department_id=self.sales.id, user_id=self.colleague.id)
        self.assertFalse(self._as(self.workshop, "dcrc.prevention").search([("id", "=", theirs.id)]))

    def test_done_needs_what_came_of_it(self):
        prevention = self._create()
        with self.assertRaises(UserError):
            prevention.action_done()
        prevention.effect = "两周未再发生"
        prevention.action_done()
        self.assertRecordValues(prevention, [{"state": "done", "done_on": TODAY, "done_by": self.manager.id}])

    def test_dropped_needs_its_reason(self):
        prevention = self._create()
        with self.assertRaises(UserError):
            prevention.action_drop()
        prevention.effect = "改用别的办法"
        prevention.action_drop()
        self.assertEqual(prevention.state, "dropped")

    def test_what_is_over_stays_as_it_was(self):
        prevention = self._create(effect="好")
        prevention.action_done()
        with self.assertRaises(UserError):
            prevention.measure = "别的"
        prevention.action_reopen()
        self.assertFalse(prevention.done_on)
        prevention.measure = "别的"

    def test_the_state_is_no_field_to_write(self):
        with self.assertRaises(AccessError):
            self._create().write({"state": "done"})

    def test_late_is_what_is_under_way_after_its_deadline(self):
        late = self._create(deadline=TODAY - timedelta(days=1), effect="好")
        today, never = self._create(deadline=TODAY), self._create()
        self.assertEqual((late | today | never).filtered("is_late"), late)
        found = self._as(self.manager, "dcrc.prevention").search([("is_late", "=", True)])
        self.assertEqual(found, late)
        late.action_done()
        self.assertFalse(late.is_late)

    def test_a_department_without_a_head_leaves_it_to_the_center(self):
        self.assertFalse(self._create(department_id=self.sales.id).user_id)

    def test_the_sheet_names_code_cause_and_deadline(self):
        prevention = self._create(deadline=TODAY, root_cause="未试车", frequency=3)
        html = str(self.env["ir.qweb"]._render("dcrc_dealer.prevention_sheet", {"docs": prevention}))
        for text in ("R-D", "未试车", "出厂前试车", "2026-10-14"):
            self.assertIn(text, html)

    def test_the_week_s_prints_take_what_is_under_way_and_what_just_ended(self):
        ended = self._create(effect="好")
        ended.action_done()
        ended.sudo().done_on = TODAY - timedelta(days=30)
        opened = self._create()
        wizard = self._as(self.manager, "dcrc.problem.print").create({})
        self.assertEqual(self._as(self.manager, "dcrc.prevention").search(wizard._get_prevention_domain()), opened)

    def test_a_room_of_improvements_may_take_it_from_here(self):
        cause = self._create(root_cause="未试车", share=40)._prepare_improvement()
        self.assertEqual((cause["cause"], cause["figure"], cause["department"]), ("未试车", 40, self.service))
        self.assertIsNone(self._problem("R-D")._open_improvements([cause]))
