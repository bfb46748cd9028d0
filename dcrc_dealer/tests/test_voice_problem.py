"""FUP-11: one list of codes for questions, complaints and what customers say."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools.pareto import pareto
from ..tools.problem_words import find_problem, split_words
from .common import TODAY
from .common_problem import ProblemCase


@tagged("post_install", "-at_install")
class TestProblem(ProblemCase):
    def _hits(self, code=None):
        domain = [("company_id", "=", self.dealer.id)]
        return self.env["dcrc.problem.hit"].search(domain + ([("problem_id.code", "=", code)] if code else []))

    def _complain(self, text="开不动", **vals):
        customer = self._create_customer()
        return self.env["dcrc.complaint"].create(
            {"partner_id": customer.id, "company_id": self.dealer.id, "text": text, **vals}
        )

    # -- the list -------------------------------------------------------------------

    def test_each_dealer_has_a_list_of_its_own(self):
        mine, theirs = self._problem("R-D"), self._problem("R-D", self.other_dealer)
        self.assertTrue(mine and theirs and mine != theirs)
        self.assertEqual(self._as(self.stranger, "dcrc.problem").search([("code", "=", "R-D")]), theirs)

    def test_a_code_is_taken_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.env["dcrc.problem"].create({"code": "r-d", "name": "…", "company_id": self.dealer.id})
            self.env.flush_all()

    def test_a_question_counts_under_one_problem(self):
        vals = {"code": "N", "name": "…", "company_id": self.dealer.id, "survey_kind": "service", "question_code": "D"}
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.env["dcrc.problem"].create(vals)
            self.env.flush_all()

    def test_what_was_counted_is_archived_not_deleted(self):
        problem = self._problem("Q-4")
        self._complain(problem_id=problem.id)
        with self.assertRaises(UserError):
            problem.unlink()
        problem.active = False
        self.assertEqual(self._hits().problem_id, problem)
        self._problem("Q-5").unlink()

    # -- complaints -------------------------------------------------------------------

    def test_a_complaint_is_proposed_the_code_of_its_words(self):
        self._problem("Q-1").words = "异响，异音"
        self.assertEqual(self._complain("底盘异响").problem_id.code, "Q-1")
        self.assertFalse(self._complain("说不清").problem_id)

    def test_the_question_goes_before_the_words(self):
        self._problem("Q-1").words = "异响"
        question = self.survey.question_ids.filtered(lambda q: q.dcrc_code == "C")
        self.assertEqual(self._complain("异响", question_id=question.id).problem_id.code, "R-C")

    def test_who_chose_a_code_is_not_overruled(self):
        self._problem("Q-1").words = "异响"
        self.assertEqual(self._complain("异响", problem_id=self._problem("Q-4").id).problem_id.code, "Q-4")

    # -- counting ---------------------------------------------------------------------

    def test_a_bad_answer_counts_a_fair_one_does_not(self):
        self._talk({"D": (2, ""), "C": (3, ""), "E": (5, "")})
        self.assertEqual(self._hits().mapped("problem_id.code"), ["R-D"])
        self.assertEqual(self._hits().department_id, self.service)

    def test_words_count_under_what_they_speak_of(self):
        self._problem("R-W").words = "等太久"
        self._talk({"A": (3, "等太久了")})
        self.assertRecordValues(self._hits(), [{"problem_id": self._problem("R-W").id, "source": "words"}])

    def test_the_monthly_review_quotes_words_without_numbers(self):
        problem = self._problem("R-D")
        self._complain("没修好，打13800138000", problem_id=problem.id)
        told = self.env["dcrc.review.source"]._review_problems("complaints", self.dealer, TODAY, TODAY)
        self.assertEqual(told, [(problem.name, 1, ["没修好，打138****8000"])])

    def test_praise_is_no_problem(self):
        self._problem("R-W").words = "等太久"
        self._talk({"A": (5, "没有等太久")})
        self.assertFalse(self._hits())

    def test_one_conversation_counts_once_a_code(self):
        self._problem("R-D").words = "没修好"
        followup = self._talk({"D": (1, "没修好")})
        self._complain("没修好", followup_id=followup.id)
        self.assertRecordValues(self._hits(), [{"source": "complaint", "followup_id": followup.id, "hits": 1}])

    def test_two_complaints_without_a_call_are_two(self):
        for _number in range(2):
            self._complain(problem_id=self._problem("Q-4").id)
        self.assertEqual(len(self._hits("Q-4")), 2)

    def test_a_call_without_an_opinion_counts_nothing(self):
        self._talk({"D": (1, "")}, effective=False)
        self.assertFalse(self._hits())

    def test_a_line_opens_what_is_behind_it(self):
        followup = self._talk({"D": (1, "")})
        self.assertEqual(self._hits().action_open_source()["res_id"], followup.id)
        complaint = self._complain(problem_id=self._problem("Q-4").id)
        self.assertEqual(self._hits("Q-4").action_open_source()["res_id"], complaint.id)

    # -- weeks ------------------------------------------------------------------------

    def _weeks(self):
        domain = [("company_id", "=", self.dealer.id), ("date", "=", "2026-10-12")]
        return self.env["dcrc.problem.week"].search(domain, order="rank")

    def test_this_week_stands_beside_the_three_before(self):
        for days in (0, 0, 7, 14, 14, 21, 28):
            self._talk({"D": (1, "")}, days=days)
        self.assertRecordValues(self._weeks(), [{"hits": 2, "before_1": 1, "before_2": 2, "before_3": 1}])

    def test_the_most_frequent_comes_first_and_is_summed_up(self):
        for code in "DDDC":
            self._talk({code: (1, "")})
        weeks = self._weeks()
        self.assertEqual(weeks.mapped("problem_id.code"), ["R-D", "R-C"])
        self.assertEqual(weeks.mapped("share"), [75, 25])
        self.assertEqual(weeks.mapped("summed"), [75, 100])

    def test_a_share_of_follow_ups_is_of_opinions_given(self):
        for answers in ({"D": (1, "")}, {"D": (5, "")}, {"D": (4, "")}, {"D": (5, "")}):
            self._talk(answers)
        self._talk(effective=False)
        self.assertRecordValues(self._weeks(), [{"calls": 4, "call_share": 25}])

    def test_a_problem_of_last_week_stands_with_nothing_this_week(self):
        self._talk({"D": (1, "")}, days=7)
        self.assertRecordValues(self._weeks(), [{"hits": 0, "before_1": 1, "share": 0}])

    def test_the_week_opens_its_lines(self):
        self._talk({"D": (1, "")})
        self._talk({"D": (1, "")}, days=7)
        action = self._weeks().action_open_hits()
        self.assertEqual(self.env["dcrc.problem.hit"].search_count(action["domain"]), 1)

    def test_the_other_dealer_sees_none_of_it(self):
        self._talk({"D": (1, "")})
        for model in ("dcrc.problem.hit", "dcrc.problem.week"):
            self.assertFalse(self._as(self.stranger, model).search([]))

    # -- print ------------------------------------------------------------------------

    def _render(self, template, docs):
        return str(self.env["ir.qweb"]._render(f"dcrc_dealer.{template}", {"docs": docs, "doc_ids": docs.ids}))

    def test_the_weeks_sheet_has_its_chart(self):
        self._talk({"D": (1, "")})
        html = self._render("problem_week_sheet", self._as(self.director, "dcrc.problem.print").create({}))
        self.assertIn("<svg", html)
        self.assertIn("100.0", html)

    def test_the_register_leaves_room_for_the_customers_signature(self):
        complaint = self._complain("没修好", problem_id=self._problem("R-D").id)
        complaint.answer = "更换轴承"
        html = self._render("problem_register_sheet", self._as(self.manager, "dcrc.problem.print").create({}))
        for text in ("没修好", "更换轴承", "Signature"):
            self.assertIn(text, html)

    def test_an_empty_cell_of_a_sheet_is_a_cell(self):
        self._complain("没修好", problem_id=self._problem("R-D").id)
        html = self._render("problem_register_sheet", self._as(self.manager, "dcrc.problem.print").create({}))
        row = html[html.index("<tbody") : html.index("</tbody")]
        self.assertEqual(row.count("<td"), html.count("</th>"))


@tagged("post_install", "-at_install")
class TestProblemTools(BaseCase):
    def test_most_words_win_then_the_longer_then_the_first(self):
        known = {1: split_words("异响"), 2: split_words("空调异响，空调"), 3: split_words("刹车;异响")}
        self.assertEqual(find_problem("异响", known), 1)
        self.assertEqual(find_problem("空调异响", known), 2)
        self.assertEqual(find_problem("刹车异响", known), 3)

    def test_signs_and_size_don_t_matter(self):
        self.assertEqual(find_problem("ＡＢＣ  灯亮", {1: split_words("abc 灯")}), 1)

    def test_an_empty_list_of_words_finds_nothing(self):
        self.assertFalse(find_problem("异响", {1: split_words("，, "), 2: []}))

    def test_a_chart_puts_the_rest_into_one_bar(self):
        svg = pareto([(f"P{number}", 20 - number) for number in range(15)], "其他")
        self.assertEqual(svg.count("<rect"), 12)
        self.assertIn("其他", svg)
        self.assertEqual(svg.count("100 %"), 2)  # the axis, and the last point

    def test_a_label_is_a_text(self):
        self.assertIn("&lt;b&gt;", pareto([("<b>", 1)]))
