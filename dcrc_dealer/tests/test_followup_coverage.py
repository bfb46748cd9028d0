from datetime import timedelta

from odoo.fields import Domain
from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestFollowupCoverage(FollowupCase):
    """FUP-1: of all papers of a period, what became of the calls; FUP-10: success from the same code."""

    def _measure(self, *triggers):
        self.env.flush_all()
        return self.env["dcrc.coverage"]._measure(self.dealer, self._day(-60), self._day(5), list(triggers))

    def _counts(self, *triggers):
        return {reason["key"]: reason["count"] for reason in self._measure(*triggers)["reasons"] if reason["count"]}

    def test_every_paper_stands_there_once_with_what_became_of_it(self):
        answered, late, tried, missed = (self._open_third() for _n in range(4))
        self._create_visit(date_in=NOW)
        void = self._create_visit(date_in=NOW - timedelta(days=1))
        self._create_visit(self._create_car(self._create_customer(phone=False)), NOW - timedelta(days=1))
        self._as(self.manager, void)._ask_void("重复")
        self._as(self.director, void).action_confirm_void()
        self._plan()
        self._finish(answered, "answered", answers=self._answers(answered))
        tried.write({"state": "failed"})
        missed.write({"state": "missed"})
        with freeze_time(NOW + timedelta(days=2)):
            self._finish(late, "answered", answers=self._answers(late))
        expected = {"in_time": 1, "late": 1, "tried": 1, "missed": 1, "void": 1, "blocked": 1, "not_due": 1}
        self.assertEqual(self._counts("visit"), expected)

    def test_the_sum_is_the_number_of_papers(self):
        for days in (-30, -2, 0, 2):
            self._create_delivery(date=self._day(days))
        self._plan()
        measure = self._measure("delivery")
        rules = self.rules.filtered(lambda rule: rule.trigger == "delivery" and rule.company_id == self.dealer)
        self.assertEqual(measure["papers"], 4 * len(rules))
        self.assertEqual(sum(reason["count"] for reason in measure["reasons"]), measure["papers"])

    def test_each_number_opens_its_papers(self):
        self._open_third()
        for reason in self._measure("visit")["reasons"]:
            with self.subTest(reason=reason["key"]):
                self.assertEqual(self.env["dcrc.coverage"].search_count(reason["domain"]), reason["count"])

    def test_a_late_list_and_a_hole_in_the_planning_are_told_apart(self):
        self._create_visit(date_in=NOW - timedelta(days=30))
        self._plan()
        self._create_visit(date_in=NOW - timedelta(days=30))
        self.assertEqual(self._counts("visit"), {"too_late": 1, "unplanned": 1})

    def test_a_call_whose_first_day_has_not_come_is_not_due_yet(self):
        self._create_delivery(date=self._day(-5))
        self._create_delivery(date=self._day(-18))
        counted = {}
        for name, domain in self.env["dcrc.coverage"]._measure(self.dealer, self._day(-60), TODAY)["domains"].items():
            counted[name] = self.env["dcrc.coverage"].search_count(domain & Domain("trigger", "=", "delivery"))
        self.assertEqual(counted, {"all": 4, "numerator": 0, "denominator": 2})
        self.assertEqual(self._counts("delivery"), {"not_due": 2, "unplanned": 2})

    def test_a_rate_of_few_cases_says_nothing(self):
        self._finish(third := self._open_third(), "answered", answers=self._answers(third))
        self.assertIsNone(self._measure("visit")["rate"])
        self.dealer.dcrc_rate_minimum = 1
        self.assertEqual(self._measure("visit")["rate"], 100.0)

    def test_a_due_service_without_a_call_shows(self):
        car = self._create_car(self._create_customer(), dcrc_delivery_date=self._day(-90))
        car._dcrc_forecast()
        self.env["dcrc.coverage"].flush_model()
        row = self.env["dcrc.coverage"].search([("vehicle_id", "=", car.id), ("trigger", "=", "first_service")])
        self.assertEqual(row.date, car.dcrc_next_service_date)
        self._plan()
        again = self.env["dcrc.coverage"].search([("vehicle_id", "=", car.id), ("trigger", "=", "first_service")])
        self.assertEqual((len(again), bool(again.followup_id)), (1, True))

    def test_success_of_the_screen_is_that_of_the_measure(self):
        first, third = self._open_third(days=-3), self._open_third(days=-3)
        self._finish(third, "answered", answers=self._answers(third))
        self._as(self.manager, first)._call_off(self.Followup._get_reason("by_hand"), "x")
        self._as(self.director, first).action_confirm_exit()
        self.env.flush_all()
        report = self.env["dcrc.success.report"]
        measure = self.env["dcrc.measure"]._find(["success"])
        [figure] = measure._get_figures(self.dealer, self._day(-60), self._day(0))
        domain = [("company_id", "=", self.dealer.id), ("date", ">=", self._day(-60)), ("date", "<=", self._day(0))]
        ((due, effective, left),) = report._read_group(domain, [], ["due:sum", "effective:sum", "left:sum"])
        self.assertEqual((due, effective, left), (figure.denominator, figure.numerator, figure.excluded))
        self.assertEqual(left, 1)

    def test_the_print_tells_the_sum_of_each_call(self):
        self._open_third()
        wizard = self.env["dcrc.coverage.print"].create({"date_from": self._day(-60), "date_to": self._day(5)})
        html = self.env["ir.actions.report"]._render_qweb_html("dcrc_dealer.coverage_report", wizard.ids)[0].decode()
        self.assertIn("Called in time", html)
