import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common_followup import FollowupCase

R, RW, RWCU = "r", "rw", "rwcu"
# role → what it may do: r read, w write, c create, u unlink; missing: nothing
MATRIX = {
    "dcrc.followup.rule": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "dcrc.script": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "dcrc.call.slot": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "dcrc.call.outcome": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "dcrc.followup": {"specialist": R, "manager": R, "director": R, "auditor": R},
    "dcrc.contact": {"specialist": R, "manager": RW, "director": R, "auditor": R},
    "dcrc.call": {"specialist": R, "manager": R, "director": R, "auditor": R},
    "dcrc.reassign": {"manager": RWCU},
    "survey.survey": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "survey.question": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "survey.question.answer": {"specialist": R, "manager": RWCU, "director": R, "auditor": R},
    "survey.user_input": {"specialist": R, "manager": R, "director": R, "auditor": R},
    "survey.user_input.line": {"specialist": R, "manager": R, "director": R, "auditor": R},
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class TestFollowupAccess(FollowupCase):
    """Who may do what with rules, follow-ups, contacts, calls and answers."""

    def test_each_role_may_do_what_the_table_says(self):
        for model, allowed in MATRIX.items():
            for role in ("specialist", "manager", "director", "auditor", "workshop", "outsider"):
                records = self.env[model].with_user(getattr(self, role))
                may = "".join(key for key, name in OPERATIONS.items() if records.has_access(name))
                with self.subTest(model=model, role=role):
                    self.assertEqual(may, allowed.get(role, ""))

    def test_another_dealers_manager_reads_nothing_of_it(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first))
        rows = (
            first,
            first.contact_id,
            first.call_ids,
            first.rule_id,
            first.user_input_id,
            first.user_input_id.user_input_line_ids,
            first.rule_id.script_id,
        )
        for records in rows:
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                self._as(self.stranger, records).check_access("read")

    def test_another_dealers_preview_counts_nothing_of_it(self):
        self._create_delivery(date=self._day(-2))
        rule = self._as(self.stranger, "dcrc.followup.rule").new(
            {"trigger": "delivery", "company_id": self.dealer.id, "active": True}
        )
        self.assertIn("0 follow-ups", rule.preview)

    def test_a_dealer_does_not_change_what_all_share(self):
        outcome = self._as(self.manager, self._get_outcome("busy"))
        survey = self._as(self.manager, self.env.ref("dcrc_dealer.survey_sales"))
        for records in (outcome, survey, survey.question_ids[0]):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.check_access("write")

    def test_a_manager_moves_contacts_and_changes_nothing_else_of_them(self):
        contact = self._as(self.manager, self._open_first().contact_id)
        contact.user_id = self.colleague
        for vals in ({"state": "done"}, {"attempt_count": 0}, {"claimed_by": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                contact.write(vals)

    def test_contacts_stay_with_the_dealers_own_people(self):
        contact = self._as(self.manager, self._open_first().contact_id)
        with self.assertRaisesRegex(ValidationError, "does not work for"):
            contact.user_id = self.stranger

    def test_nobody_calls_for_another_dealer(self):
        first = self._open_first()
        with self.assertRaises(AccessError):
            self._as(self.stranger, first.contact_id)._claim()

    def test_a_specialist_calls_nothing_off(self):
        first = self._open_first()
        reason = self.Followup._get_reason("by_hand")
        with self.assertRaises(UserError):
            self._as(self.specialist, first).action_cancel()
        self._as(self.manager, first)._call_off(reason, "客户出国")
        self.assertEqual((first.state, first.contact_id.state), ("cancelled", "cancelled"))

    def test_a_manager_plans_the_own_dealer_now(self):
        self._create_delivery(date=self._day(-2))
        with self.assertRaises(AccessError):
            self._as(self.specialist, self.rules_by_key["first"]).action_plan_now()
        self._as(self.manager, self.rules_by_key["first"]).action_plan_now()
        self.assertEqual(self._of("first").state, "open")

    def test_planned_rules_are_archived_and_not_deleted(self):
        self._open_first()
        with self.assertRaisesRegex(UserError, "archive"):
            self.rules_by_key["first"].unlink()

    def test_a_filter_that_cannot_be_read_is_refused(self):
        for text in ("[('nothing', '=', 1)]", "__import__('os')", "[("):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.rules_by_key["first"].source_domain = text

    def test_an_outcome_says_one_thing_that_follows(self):
        with self.assertRaisesRegex(ValidationError, "choose one"):
            self.env["dcrc.call.outcome"].create({"name": "?", "code": "q", "final": True, "retry": True})

    def test_two_outcomes_cannot_have_the_same_key(self):
        with self.assertRaisesRegex(ValidationError, "taken"):
            self.env["dcrc.call.outcome"].create({"name": "?", "code": "q", "key": "B", "retry": True})

    def test_calling_hours_do_not_overlap(self):
        with self.assertRaisesRegex(ValidationError, "overlaps"):
            self.env["dcrc.call.slot"].create({"name": "?", "hour_from": 11, "hour_to": 13})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_customer_from_two_open_contacts(self):
        contact = self._open_first().contact_id
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            contact.copy()
            self.env.flush_all()
