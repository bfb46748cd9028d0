"""An answer counts only if it is an answer of that question (issue 7, 3)."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestAnswers(FollowupCase):
    def setUp(self):
        super().setUp()
        self.first = self._open_first()
        self.level = [question for question in self.first._get_questions() if question["type"] == "level"]

    def _refused(self, given):
        before = self.env["survey.user_input.line"].search_count([])
        with self.assertRaises(UserError):
            self._finish(self.first, "answered", answers={self.first.id: given})
        self.assertEqual(self.env["survey.user_input.line"].search_count([]), before)
        self.assertNotEqual(self.first.state, "done")

    def test_an_answer_of_another_question_is_refused(self):
        one, other = self.level[:2]
        self._refused({one["id"]: {"answer_id": other["answers"][0]["id"]}})

    def test_an_answer_that_nobody_knows_is_refused(self):
        self._refused({self.level[0]["id"]: {"answer_id": 2_000_000_000}})

    def test_a_question_of_another_questionnaire_is_refused(self):
        third = self._open_third()
        foreign = next(question for question in third._get_questions() if question["type"] == "level")
        self._refused({foreign["id"]: {"answer_id": foreign["answers"][0]["id"]}})

    def test_a_question_that_nobody_knows_is_refused(self):
        self._refused({2_000_000_000: {"text": "很好"}})

    def test_the_customers_own_page_sends_no_answer_of_another_question(self):
        sheet = self.env["survey.user_input"]._dcrc_open(self.first)
        one, other = (self.env["survey.question"].browse(question["id"]) for question in self.level[:2])
        sheet._save_lines(one, str(one.suggested_answer_ids[0].id))
        with self.assertRaises(ValidationError):
            sheet._save_lines(one, str(other.suggested_answer_ids[0].id), overwrite_existing=True)

    def test_the_customers_own_page_answers_no_question_of_another_questionnaire(self):
        sheet = self.env["survey.user_input"]._dcrc_open(self.first)
        third = self._open_third()
        foreign = next(question for question in third._get_questions() if question["type"] == "level")
        question = self.env["survey.question"].browse(foreign["id"])
        with self.assertRaises(ValidationError):
            sheet._save_lines(question, str(question.suggested_answer_ids[0].id))
