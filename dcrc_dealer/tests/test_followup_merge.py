"""Two files become one: their calls were made to two customers (REM-6, FUP-4)."""

from odoo.tests import tagged

from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestFollowupMerge(FollowupCase):
    def test_two_files_called_on_one_day_are_two_customers_until_they_are_one(self):
        calls = []
        for _n in range(2):
            first = self._open_first()
            self._finish(first, "no_answer")
            calls.append(first)
        one, two = (call.partner_id for call in calls)
        self.env["base.partner.merge.automatic.wizard"]._merge((one | two).ids, one)
        self.assertEqual(calls[0].contact_id, calls[1].contact_id)
        self.assertEqual(calls[0].contact_id.attempt_count, 2)
        keys = ("one_a_day", "slots", "attempt_count", "one_open")
        self.assertEqual([line["count"] for line in self.env["dcrc.self.check"]._find(self.dealer, keys)], [0] * 4)
