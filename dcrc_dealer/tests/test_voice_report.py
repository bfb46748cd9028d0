"""How complaints are handled: rates, limits kept, groups; the lists of the managers' first page (CMP-4, CMP-6)."""

from datetime import timedelta

from freezegun import freeze_time

from .common import NOW, TODAY
from .common_voice import ComplaintCase


class TestComplaintReport(ComplaintCase):
    def setUp(self):
        super().setUp()
        self.dealer.dcrc_rate_minimum = 1

    def _measure(self, **options):
        self.env.flush_all()
        return self._as(self.manager, "dcrc.complaint.report")._measure(self.dealer, TODAY, TODAY, **options)

    def test_the_handling_rate_is_closed_of_received(self):
        first = self._complain()
        self._complain()
        self._sign(first)
        told = self._measure()
        self.assertEqual((told["numerator"], told["denominator"], told["rate"], told["target"]), (1, 2, 50.0, 100.0))

    def test_too_few_are_no_rate(self):
        self.dealer.dcrc_rate_minimum = 5
        self._complain()
        told = self._measure()
        self.assertIsNone(told["rate"])
        self.assertIsNone(told["again_rate"])

    def test_a_limit_is_kept_or_not_by_its_own_clock(self):
        in_time, late = self._complain(), self._complain()
        self._take(in_time, "contact")
        with freeze_time(NOW + timedelta(hours=3)):
            self._take(late, "contact")
        told = self._measure()
        self.assertEqual((told["contact_rate"], told["solution_rate"]), (50.0, None))

    def test_a_limit_that_runs_still_counts_once_it_is_over(self):
        self._complain()
        self.assertIsNone(self._measure()["contact_rate"])
        with freeze_time(NOW + timedelta(hours=3)):
            self.assertEqual(self._measure()["contact_rate"], 0.0)

    def test_what_came_again_is_counted_by_category_and_cause(self):
        complaint = self._complain(category_id=self.category.id)
        self._settle(complaint, cost=150)
        self._call_back(complaint, 1)
        self._complain(category_id=self.category.id)
        self._complain()
        told = self._measure(by="category_id")
        rows = [(row["label"], row["received"], row["again"], row["cost"]) for row in told["groups"]]
        self.assertEqual(rows, [(self.category.display_name, 2, 1, 150.0), ("Not said", 1, 0, 0.0)])
        self.assertEqual(self._measure(by="cause_id")["groups"][1]["label"], self.cause.display_name)

    def test_every_group_opens_what_it_counted(self):
        self._complain(category_id=self.category.id)
        self._complain()
        report = self._as(self.manager, "dcrc.complaint.report")
        for row in self._measure(by="category_id")["groups"]:
            self.assertEqual(report.search_count(row["domain"]), row["received"])

    def test_merged_categories_are_one_and_keep_their_cases(self):
        other = self.category.copy({"name": "异响类"})
        complaint = self._complain(category_id=other.id)
        closed = self._complain(category_id=other.id)
        self._sign(closed)
        wizard = self._as(self.manager, "dcrc.complaint.item.merge")
        wizard.create({"item_ids": (self.category | other).ids, "target_id": self.category.id}).action_merge()
        self.assertEqual((complaint.category_id, closed.category_id), (self.category, self.category))
        self.assertFalse(other.active)
        self.assertEqual(self._measure(by="category_id")["groups"][0]["received"], 2)

    # -- the managers' first page ------------------------------------------------------

    def _overview(self):
        return self._as(self.manager, "dcrc.console").get_overview()

    def _counts(self):
        tiles = [tile for group in self._overview()["groups"] for tile in group["tiles"]]
        return {tile["key"].removeprefix("complaints_"): tile["count"] for tile in tiles}

    def test_it_says_whom_nobody_called_and_whose_they_are(self):
        complaint = self._complain(department_id=self.service.id)
        self.assertEqual(self._counts()["uncalled"], 0)
        with freeze_time(NOW + timedelta(hours=3)):
            self.assertEqual(self._counts()["uncalled"], 1)
            row = self._overview()["urgent"][0]
        self.assertEqual((row["res_id"], row["who"], row["late"]), (complaint.id, "Workshop", True))
        self.assertEqual(row["what"], "Call the customer")

    def test_it_is_right_at_each_step(self):
        complaint = self._complain()
        self.assertEqual(self._counts()["to_judge"], 1)
        self._investigate(complaint)
        self._propose(complaint, 500)
        counts = self._counts()
        self.assertEqual((counts["to_judge"], counts["to_approve"]), (0, 1))
        self._take(complaint, "approve", self.manager)
        self._take(complaint, "consent", consent="spoken")
        self._take(complaint, "done")
        self.assertEqual(self._counts()["callback_today"], 0)
        with freeze_time(NOW + timedelta(days=3)):
            self.assertEqual(self._counts()["callback_today"], 1)

    def test_nothing_of_another_dealer_is_urgent(self):
        stranger = self._create_customer(company=self.other_dealer)
        self.env["dcrc.complaint"].create(
            {"partner_id": stranger.id, "company_id": self.other_dealer.id, "text": "异响"}
        )
        self.assertFalse(self._overview()["urgent"])

    # -- costs --------------------------------------------------------------------------

    def test_list_board_and_form_cost_the_same_for_ten_and_for_forty(self):
        names = ("name", "turn", "turn_user_id", "clock_due_on", "clock_late", "customer_name", "state")

        def read(number):
            self._as(self.specialist, "dcrc.complaint").web_search_read([], {name: {} for name in names}, limit=number)

        for _number in range(40):
            self._complain(partner_id=self._create_customer().id, vehicle_id=False)
        self.assertEqual(self._count_queries(lambda: read(10)), self._count_queries(lambda: read(40)))
