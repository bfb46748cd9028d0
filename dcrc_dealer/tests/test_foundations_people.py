"""Steps of a ladder that find nobody: said on the rule, and not passed unseen."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW
from .common_clock import ClockCase


@tagged("post_install", "-at_install")
class TestFoundationsPeople(ClockCase):
    def _step(self, target, rule=None, **vals):
        rule = rule or self.rule
        rule.step_ids = [Command.clear(), Command.create({"after_minutes": 0, "target": target, **vals})]
        return rule.step_ids

    def test_a_step_says_whom_it_tells_today(self):
        step = self._step("user", user_id=self.specialist.id)
        self.assertEqual((step.people_note, step.tells_nobody), (self.specialist.name, False))

    def test_a_role_that_nobody_has_is_said(self):
        self.dealer._dcrc_users_of("director").active = False
        step = self._step("director")
        self.assertEqual((step.people_note, step.tells_nobody), ("nobody would be told", True))

    def test_departments_without_a_head_are_named(self):
        departments = self.env["dcrc.department"].search([("company_id", "=", self.dealer.id)])
        departments.responsible_id = self.head
        self.assertEqual(self._step("department").people_note, self.head.name)
        self.sales.responsible_id = False
        self.assertEqual(self._step("department").people_note, f"nobody would be told in: {self.sales.name}")

    def test_what_waits_for_its_department_has_no_head_to_tell(self):
        handing = self.rules.filtered(lambda rule: rule.kind == "handing")
        self.assertTrue(self._step("department", handing).tells_nobody)
        self.assertFalse(self._step("responsible", handing).tells_nobody)

    def test_who_has_left_is_nobody(self):
        step = self._step("user", user_id=self.head.id)
        self.head.active = False
        self.assertTrue(step.tells_nobody)

    def test_a_step_without_anybody_leaves_a_line(self):
        self._set_rule(0, (0, "department"))
        self.sales.responsible_id = False
        correction = self._correct()
        self._climb_at(NOW)
        line = self._clock(correction).climb_ids
        self.assertEqual((line.user_id, line.told_on), (self.env["res.users"], False))
        self.assertEqual(line.who, "Nobody: the step has no one to tell")

    def test_the_ladder_goes_on_after_nobody(self):
        self._set_rule(0, (0, "department"), (60, "manager"))
        self.head.active = False
        correction = self._correct()
        self._climb_at(NOW)
        self.assertEqual(self._told(correction), [])
        self._climb_at(self._clock(correction).next_on)
        self.assertIn(self.manager.name, [name for name, _when in self._told(correction)])
