"""Which list it is and what its columns mean."""

from odoo.tests import BaseCase, tagged

from ..tools import headers

SALES = ["销售单号", "客户名称", "手机号码", "VIN", "交车日期"]
SERVICE = ["工单号", "维修类型", "车牌号", "进厂时间", "送修人"]
ENGLISH = ["Order No.", "Customer Name", "Mobile", "Chassis No", "Delivery Date", "Remark"]


def recognise(*lines, **options):
    return headers.recognise(list(enumerate(lines, 1)), **options)


@tagged("post_install", "-at_install")
class TestRecognise(BaseCase):
    def test_kind_and_columns(self):
        layout = recognise(SALES)
        self.assertEqual((layout.kind, layout.missing), ("sales", []))
        self.assertEqual(layout.fields, ["order_no", "name", "phone", "vin", "date"])
        self.assertEqual(recognise(SERVICE).kind, "service")

    def test_english_names(self):
        layout = recognise(ENGLISH)
        self.assertEqual(layout.fields, ["order_no", "name", "phone", "vin", "date", ""])

    def test_header_anywhere_in_the_first_ten_rows(self):
        for above in range(10):
            layout = recognise(*[["交车清单", "", ""]] * above, SALES)
            self.assertEqual(layout.line, above + 1)
        self.assertIsNone(recognise(*[["交车清单"]] * 10, SALES))

    def test_marks_around_a_name_do_not_matter(self):
        layout = recognise(["*销售单号", "客户名称（必填）", " 手机 号码 ", "ＶＩＮ", "交车日期:"])
        self.assertEqual(layout.missing, [])

    def test_the_surer_of_two_columns_gets_the_field(self):
        self.assertEqual(recognise(["联系电话", "手机号码", *SALES[3:]]).fields[:2], ["", "phone"])

    def test_a_missing_column_is_named(self):
        self.assertEqual(recognise(SALES[:3] + ["交车日期"]).missing, ["vin"])

    def test_plate_stands_in_for_the_vin_of_a_repair_order(self):
        self.assertEqual(recognise(SERVICE).missing, [])

    def test_what_a_dealer_put_right_goes_first(self):
        saved = {"sales": {"手机号码": "", "爱车": "vin"}}
        layout = recognise(["销售单号", "客户名称", "手机号码", "爱车", "交车日期"], saved=saved)
        self.assertEqual(layout.fields, ["order_no", "name", "", "vin", "date"])

    def test_of_two_headers_the_first_counts_and_the_second_is_no_row(self):
        layout = recognise(SALES, ENGLISH[:5])
        self.assertEqual(layout.line, 1)
        self.assertTrue(headers.is_header_again(layout, ENGLISH[:5]))
        self.assertTrue(headers.is_header_again(layout, SALES))
        self.assertFalse(headers.is_header_again(layout, ["XS1", "王芳", "13800138000", "", ""]))

    def test_a_chosen_kind_lets_a_person_name_the_columns(self):
        layout = recognise(["甲"], ["乙", "丙", "丁"], kind="sales")
        self.assertEqual((layout.line, layout.headers, layout.found), (2, ["乙", "丙", "丁"], set()))

    def test_sums_are_no_rows(self):
        self.assertTrue(headers.is_total_line(["合计：", "", "12"]))
        self.assertFalse(headers.is_total_line(["XS1", "合计"]))
