"""Days, numbers and words as people and programs write them."""

from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..tools import cells


@tagged("post_install", "-at_install")
class TestDates(BaseCase):
    def test_all_forms_of_a_day(self):
        forms = (
            "2026-10-03",
            "2026/10/3",
            "2026.10.3",
            "20261003",
            "2026年10月3日",
            "２０２６年１０月３日",
            "46298",
            "46298.0",
            " 2026-10-03 ",
            "2026-10-03 00:00:00",
            "2026 年 10 月 3 日",
        )
        for text in forms:
            with self.subTest(text):
                self.assertEqual(cells.parse_date(text), (date(2026, 10, 3), None))

    def test_all_forms_of_a_moment(self):
        forms = (
            "2026/10/03 14:05",
            "2026-10-03 14:05:00",
            "2026-10-03T14:05:00",
            "20261003 14:05",
            "20261003140500",
            "2026年10月3日14时5分",
            "2026/10/3 下午2:05",
            "2026/10/3 2:05 PM",
            "46298.586805556",
        )
        for text in forms:
            with self.subTest(text):
                self.assertEqual(cells.parse_datetime(text), (datetime(2026, 10, 3, 14, 5), None))

    def test_impossible_days(self):
        for text in ("2026-02-30", "20261332", "2026年13月1日", "2026-10-03 25:00", "0026-10-03"):
            with self.subTest(text):
                self.assertEqual(cells.parse_date(text), (None, "date_impossible"))

    def test_what_is_no_date(self):
        for text in ("soon", "12", "13800138000", "2026", "=TODAY()"):
            with self.subTest(text):
                self.assertEqual(cells.parse_date(text), (None, "date_unknown"))

    def test_what_says_nothing(self):
        for text in ("", None, " ", "-", "/", "无", "NULL"):
            self.assertEqual(cells.parse_date(text), (None, None))

    def test_day_in_a_files_name(self):
        names = {
            "sales_20261120.csv": date(2026, 11, 20),
            "工单 2026-11-20 (1).xlsx": date(2026, 11, 20),
            "1320261120.csv": None,
            "list_20261399.csv": None,
        }
        self.assertEqual({name: cells.date_in_name(name) for name in names}, names)


@tagged("post_install", "-at_install")
class TestNumbers(BaseCase):
    def test_mileage_as_people_write_it(self):
        for text in ("12345", "12,345 公里", "１２３４５", "12 345km", "12345.0", "1.2345万"):
            with self.subTest(text):
                self.assertEqual(cells.parse_integer(text), (12345, None))

    def test_what_is_no_number(self):
        for text in ("abc", "12-3", "=1+1", "1e400"):
            with self.subTest(text):
                self.assertEqual(cells.parse_integer(text)[1], "number_unknown")

    def test_below_zero(self):
        self.assertEqual(cells.parse_integer("-500"), (-500, None))


@tagged("post_install", "-at_install")
class TestWords(BaseCase):
    def test_a_formula_stays_text(self):
        text = '=HYPERLINK("http://x","彭坤")'
        self.assertEqual(cells.clean_name(text), text)

    def test_yes_and_no(self):
        words = {"是": True, "Y": True, "否": False, "": None}
        self.assertEqual({word: cells.parse_flag(word)[0] for word in words}, words)
        self.assertEqual(cells.parse_flag("maybe"), (None, "flag_unknown"))

    def test_names_are_compared_without_blanks_and_width(self):
        self.assertEqual(cells.name_key("王 芳"), cells.name_key("王芳　"))
