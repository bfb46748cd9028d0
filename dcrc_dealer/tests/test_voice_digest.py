"""FUP-7: problems of the day go to departments and managers the same day, the week's figures in writing."""

from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .common_problem import ProblemCase

EVENING = NOW.replace(hour=9)  # 17:00 in Shanghai
MONDAY = NOW.replace(day=19, hour=2)


@tagged("post_install", "-at_install")
class TestDigest(ProblemCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Digest = cls.env["dcrc.digest"]
        cls.service.responsible_id = cls.workshop
        cls.other_dealer.dcrc_digest_on = False

    def _complain(self, text="没修好，请打 138 0013 8000", **vals):
        vals = {"department_id": self.service.id, "company_id": self.dealer.id, **vals}
        return self.env["dcrc.complaint"].create({"partner_id": self._create_customer().id, "text": text, **vals})

    def _make(self, moment=EVENING, kind="day"):
        with freeze_time(moment):
            return self.Digest._make(self.dealer).filtered(lambda digest: digest.kind == kind)

    def _tell(self, moment=EVENING):
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time(moment):
            self.Digest._tell_waiting(self.dealer)
        return self.env["mail.message"].search([("id", ">", before)])

    # -- the day ----------------------------------------------------------------------

    def test_a_complaint_goes_to_its_department_and_the_managers(self):
        complaint = self._complain()
        made = self._make()
        self.assertEqual(made.department_id, self.service)
        self.assertEqual([digest.line_ids.complaint_id for digest in made], [complaint, complaint])

    def test_a_day_without_problems_sends_nothing(self):
        self.assertFalse(self._make())

    def test_nothing_is_made_before_its_time_or_on_a_closed_day(self):
        self._complain()
        self.assertFalse(self._make(NOW))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "盘点",
                "company_id": self.dealer.id,
                "date_from": NOW.replace(hour=0) - timedelta(hours=8),
                "date_to": NOW.replace(hour=15, minute=59),
            }
        )
        self.assertFalse(self._make())
        self.assertTrue(self._make(EVENING + timedelta(days=1)))

    def test_a_dealer_that_wants_none_gets_none(self):
        self._complain()
        self.dealer.dcrc_digest_on = False
        self.assertFalse(self._make())

    def test_the_time_is_the_dealers(self):
        self._complain()
        self.dealer.dcrc_digest_hour = 10
        self.assertTrue(self._make(NOW))

    def test_one_a_day_whoever_asks_again(self):
        self._complain()
        self.assertEqual(len(self._make()), 2)
        self._complain()
        self.assertFalse(self._make())
        vals = {"company_id": self.dealer.id, "kind": "day", "date": TODAY}
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.Digest.create(vals)
            self.env.flush_all()

    def test_what_came_after_it_stands_in_the_next_and_nothing_twice(self):
        first = self._complain()
        self._make()
        second = self._complain(date=EVENING)
        made = self._make(EVENING + timedelta(days=1))
        self.assertEqual(made.line_ids.complaint_id, second)
        self.assertNotIn(first, made.line_ids.complaint_id)

    def test_a_problem_without_a_department_the_managers_see(self):
        self._complain(department_id=False)
        made = self._make()
        self.assertFalse(made.department_id)
        self.assertEqual(made.line_count, 1)

    # -- telling ----------------------------------------------------------------------

    def test_the_department_and_the_manager_are_told_once(self):
        self._complain()
        self._make()
        told = self._tell().notified_partner_ids
        self.assertIn(self.workshop.partner_id, told)
        self.assertIn(self.manager.partner_id, told)
        self.assertFalse(self._tell())

    def test_the_mail_holds_no_word_and_no_number_of_the_customer(self):
        complaint = self._complain(problem_id=self._problem("R-D").id)
        self._make()
        bodies = "".join(self._tell().mapped("body"))
        self.assertIn(complaint.name, bodies)
        self.assertIn("R-D", bodies)
        for text in ("没修好", "0013", complaint.partner_id.name):
            self.assertNotIn(text, bodies)

    def test_the_departments_mail_has_its_link_the_managers_has_odoos(self):
        self._complain()
        mine = self._make().filtered("department_id")
        bodies = self._tell().mapped("body")
        with_link = [body for body in bodies if f"/dcrc/digest/{mine.access_token}" in body]
        self.assertEqual(len(with_link), 1)
        self.assertTrue(any("/odoo/dcrc-digests/" in body for body in bodies))

    def test_who_is_away_is_told_when_back(self):
        self._complain()
        mine = self._make().filtered("department_id")
        self.workshop.dcrc_absent_from = TODAY
        self.workshop.dcrc_absent_to = TODAY
        self._tell()
        self.assertFalse(mine.told_ids)
        self.assertEqual(mine.waits_for, "Workshop")
        self._tell(EVENING + timedelta(days=1))
        self.assertEqual(mine.told_ids, self.workshop)
        self.assertTrue(mine.done)

    def test_nobody_is_told_at_night(self):
        self._complain()
        made = self._make()
        self._tell(NOW.replace(hour=14))
        self.assertFalse(made.told_ids)

    def test_a_department_without_a_head_is_named_not_passed_over(self):
        self.service.responsible_id = False
        self._complain()
        mine = self._make().filtered("department_id")
        self.assertIn("nobody", mine.waits_for)
        self._tell()
        self.assertFalse(mine.told_ids)

    def test_a_head_who_left_is_not_told(self):
        self._complain()
        mine = self._make().filtered("department_id")
        self.workshop.active = False
        self._tell()
        self.assertFalse(mine.told_ids)

    # -- who sees it ------------------------------------------------------------------

    def test_a_department_reads_its_own_and_no_token(self):
        self._complain()
        made = self._make()
        mine = self._as(self.workshop, "dcrc.digest").search([("kind", "=", "day")])
        self.assertEqual(mine, made.filtered("department_id"))
        self.assertIn("138****8000", mine.line_ids.text)
        for user in (self.workshop, self.manager, self.director):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, mine).read(["access_token"])

    # -- the week ---------------------------------------------------------------------

    def _week(self, department=None, moment=MONDAY):
        made = self._make(moment, "week")
        return made.filtered(lambda digest: digest.department_id == (department or self.service))

    def _row(self, digest, label):
        return next(row for row in digest._get_rows() if row["label"] == label)

    def test_every_department_and_the_managers_get_their_week(self):
        made = self._make(MONDAY, "week")
        departments = self.env["dcrc.department"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(len(made), len(departments) + 1)
        self.assertEqual(set(made.mapped("date")), {TODAY - timedelta(days=2)})

    def test_it_counts_the_week_beside_the_one_before(self):
        self._complain(date=NOW)
        for _number in range(2):
            self._complain(date=NOW - timedelta(days=7))
        row = self._row(self._week(), "Complaints received")
        self.assertEqual((row["now"], row["before"], row["trend"]), ("1", "2", "better"))

    def test_scores_are_of_its_own_questions_and_enough_answers(self):
        for level in (5, 5, 4, 1):
            self._talk({"B": (level, "")})
        digest = self._week()
        self.assertEqual(self._row(digest, "Satisfied (%)")["now"], "–")
        self._talk({"B": (2, "")})
        digest.with_context(active_test=False).sudo().search([("kind", "=", "week")]).unlink()
        digest = self._week()
        self.assertEqual(self._row(digest, "Satisfied (%)")["now"], "60")
        self.assertEqual(self._row(digest, "Mean (1 to 5)")["now"], "3.4")

    def test_sales_answers_for_nothing_of_the_workshops(self):
        for _number in range(5):
            self._talk({"B": (1, "")})
        self.assertEqual(self._row(self._week(self.sales), "Answers on the scale")["now"], "0")

    def test_it_comes_on_the_first_open_day_once(self):
        self.assertTrue(self._make(MONDAY + timedelta(days=1), "week"))
        self.assertFalse(self._make(MONDAY + timedelta(days=2), "week"))

    def test_what_was_open_then_stays_so_in_the_sheet(self):
        complaint = self._complain(date=NOW)
        digest = self._week()
        complaint.sudo().unlink()
        self.assertEqual(self._row(digest, "Complaints still open")["now"], "1")
        self.assertIn("<table", digest.body)
