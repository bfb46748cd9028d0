"""The screens ask the database as often for many contacts as for few."""

from datetime import timedelta

from .common import NOW
from .common_followup import FollowupCase

TODAY_MAX, NEXT_MAX, OPEN_MAX, FINISH_MAX = 25, 12, 60, 130


class TestConsoleQueries(FollowupCase):
    """Budgets of the design's `console` bench, as hard bars."""

    def _open_many(self, count):
        for _followup in range(count):
            self._create_visit(date_in=NOW - timedelta(days=2))
        self._plan()
        self.env.flush_all()

    def _count(self, method, *args):
        """Queries of a console method for a specialist whose cache is cold."""
        console = self._as(self.specialist, "dcrc.console")
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = getattr(console, method)(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _measure(self):
        """Queries of each step of one call."""
        today, _data = self._count("get_today")
        claim, contact_id = self._count("claim_next")
        opening, payload = self._count("open_contact", contact_id)
        answers = self._answers(self.Followup.browse(payload["followups"][0]["id"]))
        phone_id = payload["partner"]["phones"][0]["id"]
        outcome_id = self._get_outcome("answered").id
        values = {"outcome_id": outcome_id, "answers": answers, "phone_id": phone_id}
        finish, _result = self._count("finish_call", payload["call_id"], values, False)
        return {"today": today, "claim": claim, "open": opening, "finish": finish}

    def test_queries_stay_the_same_at_every_size(self):
        self._open_many(15)
        self._measure()  # fills what a running server has at hand: rules, groups
        few = self._measure()
        self._open_many(40)
        self._measure()  # planning may have emptied it
        self.assertEqual(self._measure(), few)

    def test_budgets(self):
        self._open_many(20)
        self._measure()
        spent = self._measure()
        self.assertLessEqual(spent["today"], TODAY_MAX)
        self.assertLessEqual(spent["claim"], NEXT_MAX)
        self.assertLessEqual(spent["open"], OPEN_MAX)
        self.assertLessEqual(spent["finish"], FINISH_MAX)
