"""Orders, columns and sheets of lists as real systems write them (CUS-10)."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import make_vin
from .common_dms import SALES, SERVICE, DmsCase, csv_file, sales_row, service_row


@tagged("post_install", "-at_install")
class TestOrders(DmsCase):
    def test_a_contract_for_several_cars_is_several_deliveries(self):
        rows = [
            sales_row(n, order_no="HT2026-018", name="重庆渝通租赁有限公司", phone="13900000001") for n in (1, 2, 3)
        ]
        record = self._import("sales", rows)
        self.assertEqual(self._states(record), ["created"] * 3)
        self.assertEqual(len(record.row_ids.partner_id.dcrc_vehicle_ids.dcrc_delivery_ids), 3)
        self.assertEqual(self._states(self._import("sales", rows[::-1])), ["unchanged"] * 3)

    def test_a_wrong_car_put_right_is_the_same_delivery(self):
        self._one("sales")
        again = self._import("sales", [sales_row(1, vin=make_vin(2), plate="渝B00002")])
        self.assertEqual((self._states(again), len(self._car(1).dcrc_delivery_ids)), (["updated"], 0))
        self.assertEqual(len(self._car(2).dcrc_delivery_ids), 1)

    def test_another_car_of_the_contract_on_another_day_is_another_delivery(self):
        self._one("sales", order_no="HT1")
        self._import("sales", [sales_row(2, order_no="HT1", date="2026-10-05")])
        self.assertEqual([len(self._car(n).dcrc_delivery_ids) for n in (1, 2)], [1, 1])

    def test_the_lines_of_an_order_are_one_visit_with_all_jobs_and_their_sum(self):
        headers = {**SERVICE, "amount_total": "总金额"}
        jobs = (("换机油", "300"), ("换刹车片", "450.50"))
        rows = [service_row(1, work=work, amount_total=amount) for work, amount in jobs]
        record = self._import("service", csv_file("service", rows, headers))
        visit = self._car(1).dcrc_visit_ids
        self.assertEqual((visit.work, visit.amount_total), ("换机油\n换刹车片", 750.5))
        self.assertEqual((record.row_count, [part["line"] for part in record.row_ids.parts]), (1, [2, 3]))
        again = self._import("service", csv_file("service", rows, headers))
        self.assertEqual(self._states(again), ["unchanged"])

    def test_lines_that_differ_in_more_than_the_job_stay_apart(self):
        rows = [service_row(1), service_row(1, mileage="3,300")]
        self.assertEqual(self._states(self._import("service", rows)), ["created", "updated"])

    def test_the_dealers_own_cars_are_no_visit(self):
        words = ("PDI", "新车PDI", "内部", "售前整备", "库存车维护")
        rows = [service_row(n, kind=word, name="", phone="") for n, word in enumerate(words, 1)]
        record = self._import("service", rows)
        self.assertEqual((set(self._states(record)), record.counts["left_out"]), ({"left_out"}, 5))
        self.assertFalse(self._car(1))

    def test_usual_words_for_kinds_of_visit_are_known(self):
        known = {
            "first": "首保 首次保养 强制保养 强保 免费保养",
            "periodic": "二保 常规保养 定期保养 自费保养 保养维修 保养",
            "repair": "一般维修 机修 机电维修 普通维修",
            "accident": "钣金 喷漆 钣金喷漆 事故车 保险维修 保险理赔",
            "warranty": "索赔 三包索赔 召回",
            "rework": "返修 返工",
            "other": "服务活动 精品加装 装潢 美容 洗车 年检代办",
        }
        kinds = self.env["dcrc.dms.word"]._meanings(self.dealer)["kind"]
        for kind, words in known.items():
            self.assertEqual({kinds.get(word) for word in words.split()}, {kind})

    def test_a_service_under_the_name_of_a_repair_is_proposed(self):
        row = self._one("service", kind="一般维修", work="更换机油机滤")
        visit = row.vehicle_id.dcrc_visit_ids
        self.assertEqual((visit.kind, visit.kind_proposed), ("repair", "periodic"))
        self.assertIn("service_by_work", self._reasons(row))
        visit.with_user(self.specialist).action_accept_kind()
        self._import("service", [service_row(1, kind="一般维修", work="更换机油机滤", mileage="3300")])
        self.assertEqual((visit.kind, visit.kind_proposed), ("periodic", False))

    def test_a_refused_service_is_not_proposed_again(self):
        visit = self._one("service", kind="一般维修").vehicle_id.dcrc_visit_ids
        visit.with_user(self.specialist).action_refuse_kind()
        self._import("service", [service_row(1, kind="一般维修", mileage="3300")])
        self.assertEqual((visit.kind, visit.kind_proposed), ("repair", False))


@tagged("post_install", "-at_install")
class TestColumns(DmsCase):
    def _sheets(self, *sheets):
        def fill(book):
            for place, rows in enumerate(sheets, 1):
                sheet = book.add_worksheet(f"Sheet{place}")
                for line, cells in enumerate(rows):
                    sheet.write_row(line, 0, cells)

        return self._workbook(fill)

    def _cells(self, *numbers):
        return [[sales_row(number).get(name, "") for name in SALES] for number in numbers]

    def test_a_list_goes_on_in_the_next_sheet(self):
        heads = [list(SALES.values())]
        record = self._import("sales", self._sheets(heads + self._cells(1, 2), heads + self._cells(3), self._cells(4)))
        self.assertEqual(record.row_ids.mapped("vin"), [make_vin(n) for n in (1, 2, 3, 4)])
        self.assertIn("Sheet3", record.hint_text)

    def test_a_sheet_that_is_not_read_is_named(self):
        record = self._give("sales", self._sheets([list(SALES.values()), *self._cells(1)], [["备注"], ["x"]]))
        self.assertEqual((record.row_count, "Sheet2" in record.hint_text), (1, True))

    def test_more_headings_are_known(self):
        heads = {**SERVICE, "plate": "牌照", "phone": "联系人手机", "date_in": "进店时间"}
        record = self._give("service", csv_file("service", [service_row(1)], heads))
        self.assertEqual(self._states(record), ["created"])
        self.assertEqual((record.row_ids.plate, record.row_ids.phone), ("渝B00001", "13900000001"))

    def test_a_column_of_plates_vins_or_phones_proposes_itself(self):
        heads = {**SALES, "vin": "爱车", "plate": "甲", "phone": "乙", "date": "丙"}
        record = self._give("sales", csv_file("sales", [sales_row(n) for n in range(1, 6)], heads))
        self.assertEqual((record.state, set(self._states(record))), ("preview", {"created"}))
        self.assertIn("爱车", record.hint_text)

    def test_a_column_called_useless_does_not_propose_itself(self):
        self.env["dcrc.dms.mapping"]._remember(self.dealer, "sales", [("甲", "")])
        self.env["dcrc.dms.mapping"].create(
            {"company_id": self.dealer.id, "kind": "sales", "header": "甲", "column": False}
        )
        rows = [sales_row(n) for n in range(1, 6)]
        record = self._give("sales", csv_file("sales", rows, {**SALES, "plate": "甲"}))
        self.assertFalse(any(record.row_ids.mapped("plate")))

    def test_what_is_not_used_and_what_is_missing_is_told_before(self):
        heads = {name: word for name, word in SALES.items() if name != "plate"} | {"remark": "店内备注"}
        record = self._give("sales", csv_file("sales", [sales_row(1, remark="x")], heads))
        self.assertIn("店内备注", record.hint_text)
        self.assertIn("Plate", record.hint_text)


@tagged("post_install", "-at_install")
class TestClock(DmsCase):
    @freeze_time("2026-11-28 02:00:00")
    def test_of_two_days_in_a_name_the_later_is_the_lists(self):
        record = self._give("sales", [sales_row(1)], name="交车_20261101-20261127.csv")
        self.assertEqual(record.list_date, date(2026, 11, 27))
