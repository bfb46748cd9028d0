"""What stands in the rows of the daily follow-up sheets, and whose rows (REP-2)."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common import NOW, TODAY
from odoo.addons.dcrc_dealer.tests.common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestDailySheetRows(FollowupCase):
    def _page(self, **vals):
        sheet = self._as(self.specialist, "dcrc.daily.sheet").create(
            {"company_id": self.dealer.id, "date": TODAY, **vals}
        )
        return sheet._get_page()

    def _answered_by_link(self):
        first = self._open_first()
        first.write({"link_state": "answered", "done_on": NOW, "state": "done", "effective": True})
        return first

    def _third_of_two_days(self):
        """The third call about a car that came one day and left the next."""
        visit = self._create_visit(date_in=NOW - timedelta(days=3), date_out=NOW - timedelta(days=2))
        self._plan()
        return self._of("third", visit_id=visit.id)

    def test_a_specialists_sheet_has_the_own_calls_alone(self):
        self._finish(self._open_first(), "no_answer")
        mine, others = (self._page(user_id=user.id)["rows"] for user in (self.specialist, self.colleague))
        self.assertEqual((len(mine), len(others)), (1, 0))

    def test_what_came_by_link_is_on_the_centers_sheet(self):
        self._answered_by_link()
        (row,) = self._page()["rows"]
        self.assertEqual((row["time"], row["outcome"], row["attempts"]), ("10:00", "Answered by link", 0))

    def test_what_came_by_link_is_nobodys_own(self):
        self._answered_by_link()
        self.assertFalse(self._page(user_id=self.specialist.id)["rows"])

    def test_the_bounds_of_the_day_are_the_dealers(self):
        """16:00 UTC is midnight: the next day's."""
        self._answered_by_link().done_on = "2026-10-14 16:00:00"
        self.assertFalse(self._page()["rows"])
        self.Followup.search([("link_state", "=", "answered")]).done_on = "2026-10-13 16:00:00"
        self.assertEqual(len(self._page()["rows"]), 1)

    def test_answers_stand_by_question_and_words_follow(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first, 4, B="很满意。"), note="下次再来")
        page = self._page()
        (row,) = page["rows"]
        self.assertEqual([code for code, _title in page["questions"]], sorted(row["answers"]))
        self.assertEqual(set(row["answers"].values()), {4})
        self.assertEqual(row["words"], "很满意；下次再来")

    def test_a_complaint_stands_beside_the_call(self):
        first = self._open_first()
        complaint = {"followup_id": first.id, "text": "异响", "department_id": self.service.id}
        self._finish(first, "answered", answers=self._answers(first, 1), complaints=[complaint])
        page = self._page()
        self.assertRegex(page["rows"][0]["complaint"], r"^C26-\d+$")
        figures = ("called", "effective", "dissatisfied", "not_reached")
        self.assertEqual([page["summary"][name] for name in figures], [1, 1, 1, 0])

    def test_who_was_not_reached_is_counted(self):
        self._finish(self._open_first(), "no_answer")
        self.assertEqual(self._page()["summary"]["not_reached"], 1)

    def test_a_service_is_named_by_the_day_it_was_done_and_its_kind(self):
        self._finish(self._third_of_two_days(), "no_answer")
        self.assertEqual(self._page(kind="service")["rows"][0]["source"], "10-12 Periodic service")

    def test_a_sale_is_named_by_its_day(self):
        self._finish(self._open_first(), "no_answer")
        self.assertEqual(self._page()["rows"][0]["source"], "10-12")

    def test_the_rate_of_one_persons_sheet_is_of_the_own_follow_ups(self):
        own, other = self._open_first(), self._open_first()
        (own | other).write({"date_due": TODAY})
        own.user_id, other.user_id = self.specialist, self.colleague
        own.effective = True
        summary = self._page(user_id=self.specialist.id)["summary"]
        self.assertEqual((summary["due"], summary["effective"], summary["rate"]), (1, 0, "100.0%"))

    def test_rows_stand_in_the_order_of_the_day(self):
        late, early = self._answered_by_link(), self._answered_by_link()
        late.done_on, early.done_on = "2026-10-14 05:00:00", "2026-10-14 03:00:00"
        self.assertEqual([row["time"] for row in self._page()["rows"]], ["11:00", "13:00"])
