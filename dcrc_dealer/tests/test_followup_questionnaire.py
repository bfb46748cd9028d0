from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError

from .common_followup import FollowupCase


class TestFollowupQuestionnaire(FollowupCase):
    """FUP-6: standard questions and scripts; versions keep old answers comparable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("dcrc_dealer.survey_sales")

    def _new_version(self, survey=None):
        return self._as(self.manager, survey or self.survey)._dcrc_new_version().sudo()

    def _answer(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first))
        return first

    def test_the_shipped_questionnaires_have_eight_and_six_questions_of_five_levels(self):
        for key, count in (("sales", 8), ("service", 6)):
            questions = self.env.ref(f"dcrc_dealer.survey_{key}").question_ids
            scored = questions.filtered(lambda q: q._dcrc_type() == "level")
            self.assertEqual(len(scored), count)
            self.assertEqual(len(scored.filtered("dcrc_overall")), 1)
            levels = {tuple(question.suggested_answer_ids.mapped("dcrc_level")) for question in scored}
            self.assertEqual(levels, {(5, 4, 3, 2, 1)})
            self.assertTrue(all(q.dcrc_code and q.dcrc_department_kind for q in scored))

    def test_questions_with_answers_cannot_be_changed(self):
        self._answer()
        question = self.survey.question_ids[0]
        for change in (
            lambda: question.write({"title": "?"}),
            lambda: question.suggested_answer_ids[0].write({"dcrc_level": 1}),
            lambda: question.unlink(),
            lambda: question.copy({"dcrc_code": "X"}),
        ):
            with self.assertRaisesRegex(UserError, "new version"):
                change()

    def test_a_new_version_is_the_dealers_own_and_can_be_changed(self):
        self._answer()
        new = self._new_version()
        new.question_ids[0].title = "新问题"
        self.assertEqual((new.dcrc_version, new.dcrc_company_id), (2, self.dealer))
        self.assertEqual(new.title, self.survey.title)
        self.assertEqual(new.question_ids.mapped("dcrc_code"), self.survey.question_ids.mapped("dcrc_code"))

    def test_rules_ask_the_newest_version(self):
        new = self._new_version()
        first = self._open_first()
        self.assertEqual(first._get_questions()[0]["id"], new.question_ids[0].id)

    def test_another_dealers_version_is_not_asked(self):
        self._new_version()
        rule = self.env.ref("dcrc_dealer.followup_rule_first")._dcrc_copy_for(self.other_dealer)
        self.assertEqual(rule._get_survey(), self.survey)

    def test_an_archived_version_gives_way_to_the_one_before(self):
        self._new_version().active = False
        self.assertEqual(self.rules_by_key["first"]._get_survey(), self.survey)

    def test_a_rule_whose_questionnaire_was_archived_warns_and_still_plans(self):
        own = self._new_version()
        self.rules_by_key["first"].survey_id = own
        (self.survey | own).action_archive()
        first = self._open_first()
        self.assertEqual(first.state, "open")
        self.assertFalse(first._get_questions())
        self.assertIn("archived", self.rules_by_key["first"].warning)

    def test_a_specialist_makes_no_new_version(self):
        with self.assertRaisesRegex(UserError, "manager"):
            self._as(self.specialist, self.survey)._dcrc_new_version()

    def test_a_scored_question_needs_a_code(self):
        new = self._new_version()
        with self.assertRaisesRegex(ValidationError, "code"):
            new.question_ids[0].dcrc_code = False

    def test_the_script_speaks_with_the_customers_data(self):
        first = self._open_first()
        script = self._as(self.specialist, first).rule_id.script_id
        text = script._render("opening", self._as(self.specialist, first))
        self.assertIn("Ms 王", text)
        self.assertIn("Specialist", text)
        self.assertIn("渝州长安4S店", text)
        self.assertNotIn("{", text)

    def test_the_script_promises_what_the_dealer_has_set(self):
        first = self._open_first()
        script = first.rule_id.script_id
        for hours, words in ((2, "within 2 hours"), (0.5, "within 30 minutes"), (0, "soon")):
            with patch.object(self.env.registry["dcrc.followup"], "_get_promised_hours", lambda followup, h=hours: h):
                self.assertIn(f"they will contact you {words},", script._render("closing_dissatisfied", first))

    def test_the_script_names_the_work_where_its_kind_says_nothing(self):
        third = self._open_third()
        self.assertEqual(third._get_placeholders()["item"], third.visit_id._get_kind_label())
        third.visit_id.write({"kind": "other", "work": "加装行车记录仪\n贴膜"})
        self.assertEqual(third._get_placeholders()["item"], "加装行车记录仪")

    def test_a_script_with_an_unknown_placeholder_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "kunde"):
            self.rules_by_key["first"].script_id.opening = "Hello {kunde}"

    def test_a_dealer_gets_rules_scripts_and_hours_once(self):
        shipped = self.Rule.search_count([("is_template", "=", True)])
        self.dealer._dcrc_open_centre()
        self.assertEqual(self.Rule.search_count([("company_id", "=", self.dealer.id)]), shipped)
        self.assertEqual(len(self.rules_by_key), 6)
        self.assertEqual(self.rules_by_key["first"].script_id.company_id, self.dealer)
