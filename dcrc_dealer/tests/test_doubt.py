"""Honest figures: what is doubtful is listed with its people (KPI)."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW
from .common_figures import FiguresCase


@tagged("post_install", "-at_install")
class TestDoubt(FiguresCase):
    CARS = 12

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followups = cls._year()

    def _of(self, kind):
        self.env.flush_all()
        return self.env["dcrc.doubt"].search([("kind", "=", kind), ("company_id", "=", self.dealer.id)])

    def test_who_took_a_call_out_of_the_base_stands_there_with_who_confirmed(self):
        followup = self.followups.filtered(lambda f: f.base_state == "in")[0]
        people = {"exit_found_by": self.specialist.id, "exit_confirmed_by": self.manager.id}
        followup.write({"base_state": "out", "exit_source": "person", "exit_on": NOW, **people})
        doubt = self._of("exit")
        self.assertEqual((doubt.user_id, doubt.other_id), (self.specialist, self.manager))
        self.assertEqual(doubt.action_open_row()["res_id"], followup.id)

    def test_an_opinion_within_seconds_is_doubtful(self):
        self.assertFalse(self._of("short"))
        call = self.env["dcrc.call"].search([("company_id", "=", self.dealer.id)], limit=1)
        call.ended_at = call.started_at + timedelta(seconds=29)
        self.assertEqual(self._of("short").res_id, call.id)
        self.dealer.dcrc_call_seconds = 20
        self.assertFalse(self._of("short"))

    def test_a_caller_whose_customers_all_answer_alike_is_doubtful(self):
        self.dealer.dcrc_same_answers = 3
        before = len(self._of("same"))
        done = self.followups.filtered(lambda f: f.effective and f.user_id == self.colleague)[:4]
        done.done_on = "2025-12-03 05:00:00"
        for line in done.user_input_id.user_input_line_ids:
            same = line.question_id.suggested_answer_ids.filtered(lambda answer: answer.dcrc_level == 5)
            line.suggested_answer_id = same[:1]
        found = self._of("same").filtered(lambda doubt: str(doubt.day) == "2025-12-01")
        self.assertEqual((found.user_id, found.detail), (self.colleague, 4.0))
        self.assertGreater(len(self._of("same")), before)

    def test_a_booking_that_two_are_credited_with_is_doubtful(self):
        one, two = self.env["dcrc.followup"].search(
            [("source_model", "=", "fleet.vehicle"), ("company_id", "=", self.dealer.id)], limit=2
        )
        two.vehicle_id = one.vehicle_id
        one.write({"result": "booked", "user_id": self.specialist.id, "done_on": NOW})
        two.write({"result": "booked", "user_id": self.colleague.id, "done_on": NOW + timedelta(days=2)})
        doubt = self._of("twice")
        self.assertEqual((doubt.user_id, doubt.other_id, doubt.detail), (self.colleague, self.specialist, 2.0))

    def test_a_specialist_does_not_see_them(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.doubt").search([])
