"""The first page of managers and general managers: success, what is late, complaints by age, who has what."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestOverview(FollowupCase):
    def _overview(self, user=None):
        return self._as(user or self.manager, "dcrc.console").get_overview()

    def _tiles(self, **options):
        return {tile["key"]: tile for group in self._overview(**options)["groups"] for tile in group["tiles"]}

    def _complain(self, days):
        customer = self._create_customer()
        return self.env["dcrc.complaint"].create(
            {"partner_id": customer.id, "text": "异响", "date": NOW - timedelta(days=days), "source": "hotline"}
        )

    def test_success_is_that_of_the_success_screen(self):
        for _call in range(self.dealer.dcrc_rate_minimum):
            followup = self._open_third(days=-3)
            self._finish(followup, "answered", answers=self._answers(followup))
        told = self._overview()["success"]
        domain = [("company_id", "=", self.dealer.id), ("date", ">=", TODAY.replace(day=1)), ("date", "<=", TODAY)]
        aggregates = ["rate:avg", "effective:sum", "due:sum", "target:avg"]
        [screen] = self.env["dcrc.success.report"]._read_group(domain, [], aggregates)
        self.assertEqual((told["rate"], told["effective"], told["due"], told["target"]), screen)
        self.assertEqual(told["rate"], 100.0)

    def test_too_few_cases_are_no_rate(self):
        self.assertIsNone(self._overview()["success"]["rate"])

    def test_complaints_are_counted_by_age_and_each_stands_in_one(self):
        for days in (0, 1, 2, 3, 6, 7, 30):
            self._complain(days)
        self._complain(1)._dcrc_step({"state": "closed", "closed_on": NOW, "result": "已解决", "closing": "earlier"})
        tiles = self._tiles()
        keys = ("age_today", "age_days", "age_week", "age_old")
        self.assertEqual([tiles[key]["count"] for key in keys], [1, 2, 2, 2])

    def test_every_tile_opens_what_it_counted(self):
        self._complain(9)
        self._open_third()
        for tile in self._tiles().values():
            action = tile["action"]
            found = self._as(self.manager, action["res_model"]).search_count(action["domain"])
            with self.subTest(tile=tile["key"]):
                self.assertEqual(found, tile["count"])

    def test_overdue_calls_are_late(self):
        followup = self._open_first()
        followup.contact_id.date_due = self._day(-1)
        self.assertEqual(self._tiles()["late_contacts"]["count"], 1)

    def test_people_show_their_customers_and_work(self):
        customer = self._create_customer(dcrc_specialist_id=self.specialist.id)
        self._open_first(car=self._create_car(customer))
        rows = {row["name"]: row for row in self._overview()["people"]}
        self.assertEqual((rows["Specialist"]["customers"], rows["Colleague"]["customers"]), (1, 0))

    def test_general_manager_and_headquarters_see_it_others_do_not(self):
        for user in (self.director, self.auditor):
            self.assertIn("success", self._overview(user))
        for user in (self.specialist, self.workshop, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._overview(user)

    def test_another_dealers_figures_are_not_in_it(self):
        customer = self._create_customer(company=self.other_dealer)
        self.env["dcrc.complaint"].create(
            {"partner_id": customer.id, "company_id": self.other_dealer.id, "text": "异响", "source": "hotline"}
        )
        self.assertEqual(self._tiles()["age_today"]["count"], 0)

    def test_it_asks_as_often_for_many_as_for_few(self):
        def fill(count):
            for _row in range(count):
                self._create_visit(date_in=NOW - timedelta(days=2))
                self._complain(2)
            self._plan()

        fill(3)
        few = self._count_queries(self._overview)
        fill(30)
        self.assertEqual(self._count_queries(self._overview), few)
