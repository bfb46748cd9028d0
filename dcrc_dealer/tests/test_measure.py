"""A measure says the same wherever it is asked: counted from rows, added up from facts, opened as a list."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_figures import MONTH, FiguresCase


@tagged("post_install", "-at_install")
class TestMeasure(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followups = cls._year()
        cls._refresh()

    def test_every_way_of_counting_has_its_record_and_every_record_its_way(self):
        formulas = self.measures._measures()
        self.assertEqual(set(formulas), set(self.measures.search([]).filtered("version").mapped("code")))

    def test_every_measure_is_counted_for_a_month(self):
        figures = self.measures._find()._get_figures(self.dealer, *MONTH)
        unknown = [figure.measure.code for figure in figures if figure.value is None and figure.state == "ok"]
        self.assertEqual(len(figures), len(self.measures._measures()))
        self.assertFalse(unknown)

    def test_facts_and_rows_say_the_same(self):
        kept = self.measures._find().filtered(lambda m: m._is_kept())
        facts = kept._get_figures(self.dealer, *MONTH, by=("department", "user", "month"))
        for code in kept.mapped("code"):
            self.env["dcrc.measure.mark"]._mark_rebuild(self.measures._find([code]), self.dealer)
        rows = kept._get_figures(self.dealer, *MONTH, by=("department", "user", "month"))
        self.assertEqual(facts, rows)
        self.assertGreater(len(facts), 30)

    def test_the_list_behind_a_figure_has_as_many_rows_as_it_counts(self):
        formulas = self.measures._measures()
        for measure in self.measures._find():
            part = formulas[measure.code].numerator
            if part.distinct or part.amount or formulas[measure.code].aggregate:
                continue
            with self.subTest(measure=measure.code):
                figure = self._figure(measure.code, *MONTH)
                domain = measure._get_rows_domain("numerator", self.dealer, *MONTH)
                self.assertEqual(self.env[part.model].search_count(domain), figure.numerator)

    def test_persons_and_departments_add_up_to_the_dealer(self):
        whole = self._figure("success", *MONTH)
        for by in ("user", "department"):
            parts = self.measures._find(["success"])._get_figures(self.dealer, *MONTH, by=(by,))
            self.assertEqual(sum(part.denominator for part in parts), whole.denominator)

    def test_a_person_has_the_own_figure(self):
        mine = self._figure("success", *MONTH, user=self.specialist)
        theirs = self._figure("success", *MONTH, user=self.colleague)
        whole = self._figure("success", *MONTH)
        self.assertEqual(mine.denominator + theirs.denominator, whole.denominator)
        self.assertEqual(mine.user_id, self.specialist.id)

    def test_a_department_has_what_is_of_its_kind(self):
        sales = self._figure("success", *MONTH, department=self.sales)
        domain = self.measures._find(["success"])._get_rows_domain("denominator", self.dealer, *MONTH, self.sales)
        deliveries = self.env["dcrc.success.report"].search(domain).followup_id
        self.assertEqual(set(deliveries.mapped("source_model")), {"dcrc.delivery"})
        self.assertEqual(len(deliveries), sales.denominator)

    def test_what_is_not_told_apart_by_person_says_so(self):
        figure = self._figure("coverage", *MONTH, department=self.env["dcrc.department"]._get_for("parts", self.dealer))
        self.assertEqual((figure.state, figure.value), ("none", None))
        figure = self._figure("accuracy", *MONTH, user=self.specialist)
        self.assertEqual((figure.state, figure.words), ("absent", "Not told apart by person"))

    def test_no_case_is_no_zero(self):
        figure = self._figure("success", date(2020, 1, 1), date(2020, 1, 31))
        self.assertEqual((figure.state, figure.value, figure.words), ("none", None, "No case in this period"))

    def test_too_few_cases_say_nothing(self):
        self.dealer.dcrc_rate_minimum = 1000
        figure = self._figure("success", *MONTH)
        self.assertEqual((figure.state, figure.value), ("few", None))
        self.assertEqual(figure.words, f"{int(figure.denominator)} cases, 1000 needed")

    def test_a_month_under_way_counts_up_to_today_and_is_marked(self):
        first, last = TODAY.replace(day=1), date(2026, 10, 31)
        self.followups[0].copy({"date_due": TODAY + timedelta(days=2), "date_expiry": last, "occurrence": "x"})
        figure = self._figure("success", first, last)
        self.assertTrue(figure.is_open)
        self.assertEqual(figure.until, TODAY)
        self.assertEqual(figure.denominator, self._figure("success", first, TODAY).denominator)

    def test_a_return_that_may_still_come_is_no_rate_yet(self):
        figure = self._figure("return", date(2026, 9, 1), date(2026, 9, 30))
        self.assertEqual((figure.state, figure.value), ("open", None))
        self.assertIn("Known from", figure.words)

    def test_a_future_period_has_nothing(self):
        figure = self._figure("success", date(2027, 1, 1), date(2027, 1, 31))
        self.assertEqual((figure.state, figure.denominator), ("none", 0))

    def test_a_room_that_is_off_has_no_figures(self):
        self.dealer.dcrc_room_appointment = False
        figure = self._figure("arrival", *MONTH)
        self.assertEqual((figure.state, figure.value), ("absent", None))

    def test_what_left_the_base_is_told_by_reason(self):
        reasons = self.measures._find(["success"])._get_reasons(self.dealer, *MONTH)
        figure = self._figure("success", *MONTH)
        self.assertEqual(sum(reason["count"] for reason in reasons), figure.excluded)
        for reason in reasons:
            self.assertEqual(self.env["dcrc.success.report"].search_count(reason["domain"]), reason["count"])

    def test_cars_of_six_months_are_no_sum_of_months(self):
        whole = self._figure("return_published", *MONTH)
        self.assertEqual((whole.start, whole.stop), (date(2025, 12, 1), MONTH[1]))
        months = self.measures._find(["return_published"])._get_months(self.dealer, date(2025, 12, 1), MONTH[1])
        self.assertEqual(months[-1].numerator, whole.numerator)
        self.assertGreater(sum(figure.numerator for figure in months), whole.numerator)

    def test_a_month_begins_at_the_dealers_midnight(self):
        visit = self._create_visit(self.cars[0], NOW.replace(month=4, day=30, hour=16, minute=30), kind="rework")
        self.assertEqual(visit.company_id._dcrc_to_local(visit.date_in).date(), date(2026, 5, 1))
        before = self._figure("rework", date(2026, 4, 30), date(2026, 4, 30)).numerator
        after = self._figure("rework", date(2026, 5, 1), date(2026, 5, 1)).numerator
        visit.unlink()
        self.assertEqual(self._figure("rework", date(2026, 4, 30), date(2026, 4, 30)).numerator, before)
        self.assertEqual(self._figure("rework", date(2026, 5, 1), date(2026, 5, 1)).numerator, after - 1)

    def test_another_dealers_rows_are_in_no_figure(self):
        figure = self._figure("success", *MONTH, dealer=self.other_dealer)
        self.assertEqual(figure.state, "none")

    def test_a_stranger_gets_no_figure_of_the_dealer(self):
        with self.assertRaises(AccessError):
            self._as(self.stranger, "dcrc.measure").get_figures(
                ["success"], "2026-05-01", "2026-05-31", self.dealer.ids
            )
        with self.assertRaises(AccessError):
            self._as(self.outsider, "dcrc.measure").get_figures(["success"], "2026-05-01", "2026-05-31")

    def test_a_client_gets_figures_and_opens_their_rows(self):
        model = self._as(self.director, "dcrc.measure")
        [figure] = model.get_figures(["success"], "2026-05-01", "2026-05-31")
        action = model.get_rows_action("success", "denominator", "2026-05-01", "2026-05-31")
        rows = self._as(self.director, action["res_model"]).search_count(action["domain"])
        self.assertEqual(rows, figure["denominator"])
        self.assertEqual(figure["value"], 100.0 * figure["numerator"] / figure["denominator"])

    def test_an_unknown_measure_and_a_period_upside_down_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "There is no measure"):
            self.measures.get_figures(["nothing"], "2026-05-01", "2026-05-31")
        with self.assertRaisesRegex(UserError, "ends before it begins"):
            self.measures.get_figures(["success"], "2026-05-31", "2026-05-01")

    def test_queries_do_not_grow_with_dealers(self):
        dealers = self.dealer | self.other_dealer
        one = self._count_queries(lambda: self.measures._find()._get_figures(self.dealer, *MONTH))
        two = self._count_queries(lambda: self.measures._find()._get_figures(dealers, *MONTH))
        self.assertLessEqual(two, one)
