"""The page of figures says what the measures say, and each opens its rows (REP-3)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common_figures import MONTH, FiguresCase


@tagged("post_install", "-at_install")
class TestFigureSheet(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._year()
        cls._refresh()

    def _sheet(self, user=None, **vals):
        days = {"date_from": MONTH[0], "date_to": MONTH[1]}
        return self._as(user or self.manager, "dcrc.figure.sheet").create({**days, **vals})

    def _line(self, sheet, code):
        return sheet.line_ids.filtered(lambda line: line.measure_id.code == code)

    def test_every_measure_stands_on_the_page_with_its_figure(self):
        sheet = self._sheet()
        figure = self._figure("success", *MONTH)
        line = self._line(sheet, "success")
        self.assertEqual((line.numerator, line.denominator), (figure.numerator, figure.denominator))
        self.assertEqual(line.value_text, f"{figure.value:.1f} %")
        self.assertEqual(len(sheet.line_ids), len(self.measures._find()))

    def test_a_figure_opens_the_rows_that_were_counted(self):
        line = self._line(self._sheet(), "success")
        for action, count in (
            (line.action_open_counted(), line.numerator),
            (line.action_open_base(), line.denominator),
        ):
            rows = self._as(self.manager, action["res_model"]).search_count(action["domain"])
            self.assertEqual(rows, count)

    def test_the_month_before_stands_beside_and_the_buttons_go_there(self):
        sheet = self._sheet()
        before = self._line(sheet, "success").before_text
        sheet.action_month_before()
        self.assertEqual((str(sheet.date_from), str(sheet.date_to)), ("2026-04-01", "2026-04-30"))
        self.assertEqual(self._line(sheet, "success").value_text, before)

    def test_a_quarter_is_compared_with_the_quarter_before(self):
        sheet = self._sheet(date_from="2026-04-01", date_to="2026-06-30")
        _now, before, year_ago = sheet._get_periods()
        self.assertEqual([str(day) for day in before], ["2026-01-01", "2026-03-31"])
        self.assertEqual([str(day) for day in year_ago], ["2025-04-01", "2025-06-30"])

    def test_february_of_a_leap_year_is_compared_with_the_whole_month(self):
        sheet = self._sheet(date_from="2025-02-01", date_to="2025-02-28")
        self.assertEqual([str(day) for day in sheet._get_periods()[2]], ["2024-02-01", "2024-02-29"])

    def test_a_person_and_a_department_narrow_the_page(self):
        whole = self._line(self._sheet(), "success").denominator
        mine = self._line(self._sheet(user_id=self.specialist.id), "success").denominator
        sales = self._line(self._sheet(department_id=self.sales.id), "success").denominator
        self.assertTrue(0 < mine < whole and 0 < sales < whole)

    def test_nothing_is_a_zero_that_means_no_data(self):
        sheet = self._sheet(date_from="2020-01-01", date_to="2020-01-31")
        line = self._line(sheet, "success")
        self.assertEqual((line.value_text, line.words), ("–", "No case in this period"))

    def test_another_dealers_page_is_refused(self):
        with self.assertRaises(AccessError):
            self._sheet(self.stranger, company_id=self.dealer.id)
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self._sheet(date_from="2026-06-01", date_to="2026-05-01")

    def test_the_page_costs_the_same_for_more_rows(self):
        sheet = self._sheet()
        few = self._count_queries(sheet._count)
        self._year(seed=4)
        self._refresh()
        self.assertLessEqual(self._count_queries(sheet._count), few)
