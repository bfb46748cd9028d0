"""Lists as real systems write them: what cells, names, numbers, columns and sheets mean (CUS-10)."""

from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_dms import SALES, DmsCase, sales_row, service_row

FOREIGN_VIN = "WVGZZZ5NZJM131395"  # no check digit: made for Europe


@tagged("post_install", "-at_install")
class TestCells(DmsCase):
    def test_an_order_that_lost_its_digits_identifies_nothing(self):
        rows = [service_row(n, order_no="2.02611E+13") for n in (1, 2)]
        record = self._import("service", rows)
        self.assertEqual(self._states(record), ["held", "held"])
        self.assertEqual(self._reasons(record.row_ids[0]), ["order_digits"])

    def test_an_exact_number_in_scientific_notation_is_read(self):
        row = self._one("sales", order_no="2.026E+3", phone="1.3900000001E+10")
        self.assertEqual((row.verdict, row.order_no), ("created", "2026"))
        self.assertEqual(self._numbers(row.partner_id), ["+8613900000001"])

    def test_a_number_that_lost_its_digits_is_a_correction(self):
        self.assertIn("correct_phone_digits", self._reasons(self._one("sales", phone="1.39E+10")))

    def test_numbers_beyond_excels_digits_are_not_made_up(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, SALES.values())
            sheet.write_row(1, 0, [sales_row(1).get(name, "") for name in SALES])
            sheet.write_number(1, 0, 202611260000123456)

        record = self._give("sales", self._workbook(fill))
        self.assertEqual(self._reasons(record.row_ids), ["order_digits"])

    def test_several_numbers_in_a_cell_are_several_phones(self):
        for place, text in enumerate(("139{}1/139{}2", "139{}1、139{}2", "139{}1 139{}2", "(1)139{}1；139{}2")):
            parts = [f"000{place:02d}00"] * 2
            with self.subTest(text):
                row = self._import("sales", [sales_row(place + 1, phone=text.format(*parts))]).row_ids
                self.assertEqual(self._numbers(row.partner_id), [f"+86139{parts[0]}{n}" for n in (1, 2)])

    def test_the_mobile_goes_first_whatever_stands_first(self):
        partner = self._one("sales", phone="023-67881234、13900000001").partner_id
        self.assertEqual(partner.dcrc_phone_ids.sorted().mapped("role"), ["mobile", "landline"])

    def test_an_extension_stays_as_a_note(self):
        for place, text in enumerate(("023-67881234转801", "023-67881234-801", "(023)67881234 分机801")):
            row = self._import("sales", [sales_row(place + 1, landline=text)]).row_ids
            phone = row.partner_id.dcrc_phone_ids.filtered(lambda p: p.number == "+862367881234")
            self.assertIn("801", phone.note or "", text)

    def test_what_keeps_excel_from_guessing_is_left_out(self):
        rows = [sales_row(n) for n in (1, 2, 3)]
        ways = (lambda t: f'="{t}"', lambda t: f"'{t}", lambda t: f"{t}\t")
        rows = [{name: way(text) for name, text in row.items()} for row, way in zip(rows, ways, strict=True)]
        record = self._import("sales", rows)
        self.assertEqual(record.row_ids.mapped("order_no"), ["XS000001", "XS000002", "XS000003"])
        self.assertEqual(self._numbers(self._car(2).dcrc_owner_id), ["+8613900000002"])

    def test_signs_without_width_are_left_out(self):
        row = sales_row(1)
        row = {name: text[:2] + "\u200b\ufeff\u00ad" + text[2:] for name, text in row.items()}
        record = self._import("sales", [row])
        self.assertEqual(record.row_ids.vehicle_id.license_plate, "渝B00001")
        self.assertEqual(record.row_ids.partner_id.name, "客户1")

    def test_days_that_mean_nothing_are_empty(self):
        row = self._one("sales", birth_date="1900-01-01")
        self.assertFalse(row.partner_id.dcrc_birth_date)
        for place, left in enumerate(("1900-01-01 00:00:00", "0001-01-01 00:00:00", "1899-12-30", "9999-12-31"), 1):
            row = self._import("service", [service_row(place, date_out=left)]).row_ids
            self.assertEqual((row.verdict, row.vehicle_id.dcrc_visit_ids.date_out), ("created", False), left)

    def test_the_dealer_says_which_days_and_words_mean_nothing(self):
        self.env["dcrc.dms.word"].create(
            [{"name": n, "use": "nothing", "company_id": self.dealer.id} for n in ("1911-11-11", "另告")]
        )
        row = self._one("service", date_out="1911/11/11", plate="另告", mileage="另告")
        self.assertEqual((row.verdict, row.vehicle_id.dcrc_visit_ids.date_out), ("created", False))

    def test_words_for_none_open_nothing(self):
        words = ("暂无", "未上户", "待上牌", "临时牌照", "无牌照", "未上牌", "新车", "没有", "——", "不详")
        record = self._import("sales", [sales_row(n, plate=word) for n, word in enumerate(words, 1)])
        self.assertEqual(set(self._states(record)), {"created"})
        self.assertFalse(self.env["dcrc.correction"].search([("company_id", "=", self.dealer.id)]))
        for word in ("—", "——", "不详"):
            self.assertEqual(self._one("service", order_no=f"WX{word}", mileage=word).verdict, "created")

    def test_a_word_for_none_is_an_answer_where_an_empty_cell_is_a_gap(self):
        words = ("暂无", "没有", "不详", "——", "无")
        record = self._import("sales", [sales_row(n, phone=word) for n, word in enumerate((*words, ""), 1)])
        self.assertEqual([self._reasons(row) for row in record.row_ids], [[]] * 5 + [["correct_missing"]])
        corrections = self.env["dcrc.correction"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(corrections.partner_id.name, "客户6")

    def test_a_paper_older_than_the_dealer_believes_is_held(self):
        self.dealer.dcrc_dms_years = 10
        record = self._import("sales", [sales_row(1, date="2016-10-13"), sales_row(2, date="2016-10-14")])
        self.assertEqual([self._reasons(row) for row in record.row_ids], [["date_far"], []])

    def test_moments_with_a_zone_are_told_in_the_dealers(self):
        row = self._one("service", date_in="2026-10-10T01:00:00Z", date_out="2026-10-10T12:30:00+09:30")
        visit = row.vehicle_id.dcrc_visit_ids
        self.assertEqual((visit.date_in, visit.date_out), (datetime(2026, 10, 10, 1), datetime(2026, 10, 10, 3)))

    def test_a_workbook_from_1904_counts_its_days_from_there(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, SALES.values())
            sheet.write_row(1, 0, [sales_row(1).get(name, "") for name in SALES])
            sheet.write_number(1, list(SALES).index("date"), 44835)  # 2026-10-02 there, 2022-10-01 here

        record = self._import("sales", self._workbook(fill, date_1904=True))
        self.assertEqual(record.row_ids.vehicle_id.dcrc_delivery_ids.date, date(2026, 10, 2))

    def test_what_is_younger_than_its_list_is_held(self):
        record = self._give(
            "service", [service_row(1, date_in="2026-10-12 09:00", date_out="")], name="wx_20261011.csv"
        )
        self.assertEqual(self._reasons(record.row_ids), ["date_late"])

    def test_a_list_is_of_a_day_between_its_first_paper_and_tomorrow(self):
        record = self._give("sales", [sales_row(1)])
        for day in ("9999-12-31", "2026-10-16", "1979-12-31"):
            with self.assertRaises(UserError):
                record.list_date = day
        with self.assertRaises(UserError):
            self._as(self.specialist, "dcrc.dms.import").push_list(rows=[{"a": 1}], list_date="9999-12-31")
        record.list_date = "2026-10-15"
        self.assertEqual(record.state, "preview")

    def test_a_paper_told_by_a_list_of_the_far_future_can_still_change(self):
        self._one("sales")
        self._car(1).dcrc_delivery_ids.list_date = "9999-12-31"
        again = self._import("sales", [sales_row(1, consultant="李静")])
        self.assertEqual(self._states(again), ["updated"])


@tagged("post_install", "-at_install")
class TestNames(DmsCase):
    def test_rare_characters_stay(self):
        names = ("朱\U0003158e", "李\U00031a00", "王\ue863", "\U00020bb7田龙")
        record = self._import("sales", [sales_row(n, name=name) for n, name in enumerate(names, 1)])
        self.assertEqual(tuple(record.row_ids.partner_id.mapped("name")), names)

    def test_spellings_of_one_name_are_one_customer(self):
        names = [
            "买买提•阿不都",
            "买买提・阿不都",
            "买买提‧阿不都",
            "买买提．阿不都",
            "买买提 · 阿不都",
            "买买提阿不都（先生）",
        ]
        rows = [service_row(1, order_no=f"WX{n}", name=name) for n, name in enumerate(names)]
        record = self._import("service", rows)
        self.assertEqual(record.row_ids.partner_id.name, names[0])

    def test_a_masked_name_is_whom_car_and_number_tell(self):
        self._one("sales")
        row = self._one("service", name="客*1")
        self.assertEqual((row.verdict, row.partner_id), ("created", self._car(1).dcrc_owner_id))

    def test_a_masked_name_of_nobody_known_is_held_and_makes_nothing(self):
        before = self._counted()
        record = self._import("sales", [sales_row(1, name="王*国"), sales_row(2, phone="139****0002")])
        self.assertEqual([self._reasons(row)[0] for row in record.row_ids], ["name_masked", "phone_masked"])
        self.assertEqual(self._counted(), before)

    def test_merged_stays_merged(self):
        self._one("sales")
        row = self._import("sales", [sales_row(2, name="王方", phone="13900000001")]).row_ids
        kept, gone = self._car(1).dcrc_owner_id, row.partner_id
        self.env["base.partner.merge.automatic.wizard"]._merge((kept | gone).ids, kept)
        again = self._import("sales", [sales_row(3, name="王方", phone="13900000001")]).row_ids
        self.assertEqual((again.partner_id, kept.name), (kept, "客户1"))

    def test_a_number_of_many_is_one_correction(self):
        self.dealer.dcrc_number_owners = 3
        self._import("sales", [sales_row(n, phone="13900009999") for n in range(1, 6)])
        correction = self.env["dcrc.correction"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual((len(correction), correction.item, correction.source), (1, "phone", "dms"))

    def test_a_vin_that_a_manager_accepted_is_accepted_for_good(self):
        record = self._import("sales", [sales_row(1, vin=FOREIGN_VIN)])
        other = self._import("service", [service_row(1, vin=FOREIGN_VIN)])
        record.row_ids.with_user(self.manager).action_accept_vin()
        self.assertEqual((record.row_ids.verdict, other.row_ids.verdict), ("created", "created"))
        self.assertEqual(self._states(self._import("service", [service_row(2, vin=FOREIGN_VIN)])), ["created"])
