"""The monthly review (REP-1): made by itself, edited, approved, frozen, sent."""

import base64
import hashlib
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dcrc_dealer.tests.common import DcrcCase

from ..models.review import CHAPTERS
from ..tools.chart import draw_months, write
from ..tools.remark import change

FIRST = datetime(2026, 11, 2, 2, 0)  # Monday, the first working day of November


@tagged("post_install", "-at_install")
class TestReview(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer.dcrc_rate_minimum = 1
        (cls.manager | cls.director).lang = "en_US"
        cls.service.responsible_id = cls.workshop
        reviews = cls.env["dcrc.review"].with_user(cls.manager).with_context(allowed_company_ids=cls.dealer.ids)
        cls.review = reviews.create({"month": "2026-09-15"})

    def create_review(self, month):
        return self._as(self.manager, "dcrc.review").create({"month": month})

    def approve(self, review):
        review.action_review()
        with patch.object(type(self.env["ir.actions.report"]), "_render_qweb_pdf", return_value=(b"%PDF", "pdf")):
            self._as(self.director, review).action_approve()

    def figure(self, **vals):
        told = {"name": "Success", "unit": "percent", "direction": "up", "value": 60.0, "before": 90.0, "words": ""}
        return {**told, "parts": [[60, 100], [90, 100], [None, None]], **vals}

    def draft(self, *figures, problems=()):
        chapter = self.env["dcrc.review.chapter"]
        data = {"figures": figures, "problems": problems, "all_problems": sum(row[1] for row in problems)}
        return chapter._draft_words(data)

    # -- by itself

    def run_drafts(self, moment=FIRST):
        with freeze_time(moment):
            self.env["dcrc.review"]._draft_due(self.dealer)
        return self.env["dcrc.review"].search([("company_id", "=", self.dealer.id)]) - self.review

    def open_early(self):
        self.env.cr.execute("UPDATE res_company SET create_date = '2026-01-01' WHERE id = %s", [self.dealer.id])
        self.dealer.invalidate_recordset(["create_date"])

    def test_on_the_first_working_day_last_months_draft_is_made(self):
        self.open_early()
        self.assertEqual(str(self.run_drafts().month), "2026-10-01")

    def test_on_a_closed_day_no_draft_is_made(self):
        self.open_early()
        with patch.object(type(self.dealer), "_dcrc_is_open", return_value=False):
            self.assertFalse(self.run_drafts())

    def test_a_second_run_makes_no_second_draft(self):
        self.open_early()
        self.run_drafts()
        self.assertEqual(len(self.run_drafts()), 1)

    def test_a_dealer_that_opened_after_the_month_has_no_review_of_it(self):
        self.env.cr.execute("UPDATE res_company SET create_date = '2026-11-01' WHERE id = %s", [self.dealer.id])
        self.dealer.invalidate_recordset(["create_date"])
        self.assertFalse(self.run_drafts())

    def test_managers_are_told_of_the_draft(self):
        self.open_early()
        review = self.run_drafts()
        told = self.env["mail.message"].search([("model", "=", "dcrc.review"), ("res_id", "=", review.id)])
        self.assertIn(self.manager.partner_id, told.notified_partner_ids)

    def test_a_month_has_one_review(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.create_review(month="2026-09-30")

    def test_a_month_to_come_is_not_reviewed(self):
        with self.assertRaises(ValidationError):
            self.create_review(month="2026-11-01")

    # -- chapters

    def test_a_review_has_the_eight_chapters_of_the_paper(self):
        self.assertEqual(tuple(self.review.chapter_ids.mapped("code")), CHAPTERS)

    def test_a_chapter_without_a_room_says_so_in_one_line(self):
        club = self.review.chapter_ids.filtered(lambda chapter: chapter.code == "club")
        if club._is_absent():
            self.assertEqual(club.remark, "This room is not in use: nothing to report.")

    def test_a_figure_of_a_chapter_is_the_measures_own(self):
        review = self.review
        (told,) = [row for row in review.chapter_ids[0].data["figures"] if row["code"] == "success"]
        figures = self.env["dcrc.measure"]._find(["success"])._get_figures(self.dealer, *review._get_period())
        self.assertEqual(told["value"], figures[0].value)

    def test_a_figure_of_which_nothing_can_be_said_is_a_dash_with_its_reason(self):
        row = self.review.chapter_ids[0]._get_rows()[0]
        self.assertEqual(row["value"], "–")
        self.assertTrue(row["why"])

    def test_a_figure_has_its_year(self):
        figure = self.review.chapter_ids[0].data["figures"][0]
        self.assertEqual([figure["months"][0][0], figure["months"][-1][0]], ["2025-10", "2026-09"])

    def test_problems_stand_with_customers_words(self):
        source = type(self.env["dcrc.review.source"])
        with patch.object(source, "_review_problems", return_value=[("等待时间", 3, ["等了两个小时"])]):
            self.review.action_collect()
        chapter = self.review.chapter_ids[2]
        self.assertEqual(chapter.data["problems"], [["等待时间", 3, ["等了两个小时"]]])
        self.assertIn("等了两个小时", chapter.table)

    def test_words_of_a_customer_are_no_markup(self):
        source = type(self.env["dcrc.review.source"])
        with patch.object(source, "_review_problems", return_value=[("x", 1, ["<script>1</script>"])]):
            self.review.action_collect()
        self.assertNotIn("<script>", self.review.chapter_ids[2].table)

    # -- words

    def test_a_sure_change_is_said_as_one(self):
        self.assertEqual(self.draft(self.figure()), "Success fell from 90 % to 60 %.")

    def test_too_few_cases_are_said_with_the_change(self):
        few = self.figure(parts=[[6, 10], [9, 10], [None, None]])
        self.assertEqual(self.draft(few), "Success fell from 90 % to 60 %; too few cases to be sure.")

    def test_a_number_that_rose_by_chance_is_not_sure(self):
        number = self.figure(
            unit="count", direction="down", value=14, before=9, parts=[[14, None], [9, None], [0, None]]
        )
        self.assertEqual(self.draft(number), "Success rose from 9 to 14; too few cases to be sure.")

    def test_what_got_worse_comes_before_what_got_better(self):
        better = self.figure(name="Arrival", value=90.0, before=60.0, parts=[[90, 100], [60, 100], [0, 0]])
        self.assertEqual(self.draft(better, self.figure()).splitlines()[0], "Success fell from 90 % to 60 %.")

    def test_an_unchanged_figure_is_not_remarkable(self):
        same = self.figure(value=90.0, parts=[[90, 100], [90, 100], [0, 0]])
        self.assertEqual(self.draft(same), "No remarkable change against last month.")

    def test_a_month_without_data_is_no_statement(self):
        self.assertEqual(self.draft(self.figure(value=None, before=None)), "Too few cases for a statement.")

    def test_the_main_problem_is_named(self):
        words = self.draft(problems=[["Waiting", 5, []], ["Price", 2, []]])
        self.assertTrue(words.endswith("Most frequent: Waiting (5 of 7)."))

    def test_words_that_somebody_edited_stay_when_figures_are_taken_anew(self):
        review = self.review
        review.chapter_ids[0].remark = "双十一活动影响了接通率"
        review.action_collect()
        self.assertEqual(review.chapter_ids[0].remark, "双十一活动影响了接通率")

    def test_words_that_nobody_edited_are_drafted_anew(self):
        review = self.review
        chapter = type(review.chapter_ids)
        with patch.object(chapter, "_draft_words", return_value="new"):
            review.action_collect()
        self.assertEqual(review.chapter_ids[0].remark, "new")

    # -- approval

    def test_a_manager_does_not_approve(self):
        review = self.review
        review.action_review()
        with self.assertRaises(AccessError):
            review.action_approve()

    def test_a_draft_is_reviewed_before_it_is_approved(self):
        with self.assertRaises(UserError):
            self._as(self.director, self.review).action_approve()

    def test_a_month_under_way_is_not_approved(self):
        review = self.create_review(month="2026-10-01")
        with self.assertRaises(UserError):
            self.approve(review)

    def test_an_approved_review_keeps_its_paper_with_a_checksum(self):
        review = self.review
        self.approve(review)
        self.assertEqual((review.state, review.approved_by), ("approved", self.director))
        self.assertEqual(review.checksum, hashlib.sha256(b"%PDF").hexdigest())
        self.assertEqual(base64.b64decode(review.with_context(bin_size=False).pdf), b"%PDF")

    def test_the_paper_goes_to_the_general_manager_and_the_departments(self):
        review = self.review
        self.approve(review)
        told = self.env["mail.message"].search([("model", "=", "dcrc.review"), ("res_id", "=", review.id)])
        sent = told.filtered("attachment_ids")
        self.assertLessEqual(self.director.partner_id | self.workshop.partner_id, sent.notified_partner_ids)

    def test_an_approved_review_never_changes_when_data_do(self):
        review = self.review
        self.approve(review)
        before = review.chapter_ids.mapped("data")
        self._create_delivery(date="2026-09-10")
        self.assertEqual(review.chapter_ids.mapped("data"), before)
        with self.assertRaises(UserError):
            review.action_collect()

    def test_words_of_a_reviewed_review_stay(self):
        review = self.review
        review.action_review()
        with self.assertRaises(UserError):
            review.chapter_ids[0].remark = "x"

    def test_a_reviewed_review_goes_back_to_draft(self):
        review = self.review
        review.action_review()
        review.action_back()
        self.assertEqual(review.state, "draft")

    def test_an_approved_plan_takes_only_what_became_of_it(self):
        review = self.review
        plan = self._as(self.manager, "dcrc.review.plan").create({"review_id": review.id, "name": "周末加开工位"})
        self.approve(review)
        plan.write({"done": True, "result": "已开两个"})
        with self.assertRaises(UserError):
            plan.name = "x"
        with self.assertRaises(UserError):
            plan.unlink()

    def test_last_months_plan_stands_beside_this_one(self):
        last = self.create_review(month="2026-08-01")
        plan = self._as(self.manager, "dcrc.review.plan").create({"review_id": last.id, "name": "周末加开工位"})
        self.assertEqual(self.review.last_plan_ids, plan)

    def test_only_a_draft_is_deleted(self):
        review = self.review
        review.action_review()
        with self.assertRaises(UserError):
            review.unlink()

    def test_a_stranger_sees_no_review_of_ours(self):
        review = self.review
        self.assertNotIn(review.id, self._as(self.stranger, "dcrc.review").search([]).ids)

    def test_a_specialist_sees_no_review(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.review").search([])

    def test_the_paper_is_made_of_every_chapter(self):
        review = self.review
        html = (
            self.env["ir.actions.report"]._render_qweb_html("dcrc_dealer_reports.review_report", review.ids)[0].decode()
        )
        for chapter in review.chapter_ids:
            self.assertIn(chapter.display_name.split(" (")[0], html)


@tagged("post_install", "-at_install")
class TestReviewTools(DcrcCase):
    def test_a_change_beyond_chance_is_sure(self):
        self.assertEqual(change((60, 100), (90, 100)), (-1, True))
        self.assertEqual(change((9, 10), (6, 10)), (1, False))

    def test_the_border_of_a_number_is_twice_its_spread(self):
        self.assertEqual(change((16, None), (6, None)), (1, True))
        self.assertEqual(change((14, None), (6, None)), (1, False))

    def test_the_same_is_no_change(self):
        self.assertEqual(change((0, None), (0, None)), (0, False))
        self.assertEqual(change((5, 5), (7, 7)), (0, False))

    def test_a_month_of_which_nothing_can_be_said_has_a_dash(self):
        svg = draw_months([("26-08", None), ("26-09", 50.0)])
        self.assertIn("–", svg)
        self.assertEqual(svg.count("<rect"), draw_months([("26-09", 50.0)]).count("<rect"))

    def test_a_figure_is_written_short(self):
        self.assertEqual([write(value) for value in (None, 0, 12.0, 12.34, 12345.6)], ["–", "0", "12", "12.3", "12346"])
