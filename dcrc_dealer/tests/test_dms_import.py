"""From a file to facts: what is read, what a preview promises, what an import writes."""

from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, make_vin
from .common_dms import SALES, DmsCase, csv_file, sales_row, service_row


@tagged("post_install", "-at_install")
class TestDmsImport(DmsCase):
    # -- the file ----------------------------------------------------

    def test_a_list_is_recognised_and_kept(self):
        data = csv_file("service", [service_row(1)], encoding="gb18030")
        record = self._give("service", data, name="wx_20261009.csv")
        self.assertEqual((record.state, record.kind, record.row_count), ("preview", "service", 1))
        self.assertEqual(record.list_date, date(2026, 10, 9))
        self.assertEqual(record.sudo()._file_bytes(), data)

    def test_files_that_cannot_be_read_say_why(self):
        for data, code in ((b"%PDF-1.4", "wrong_kind"), (b"", "empty"), (b"a,b\n1,2\n", "no_header")):
            record = self._give("sales", data)
            self.assertEqual((record.state, record.problem["code"]), ("failed", code))
            self.assertTrue(record.problem_text)

    def test_headings_without_rows(self):
        self.assertEqual(self._give("sales", []).problem["code"], "no_rows")

    def test_a_missing_column_is_named_and_can_be_chosen(self):
        headers = {**SALES, "vin": "爱车"}
        record = self._give("sales", csv_file("sales", [sales_row(1)], headers))
        self.assertEqual((record.state, record.problem["params"]), ("columns", {"columns": ["vin"]}))
        self.assertIn("VIN", record.problem_text)
        columns = [dict(c, column="vin") if c["header"] == "爱车" else c for c in record.columns]
        record.columns = columns
        self.assertEqual((record.state, self._states(record)), ("preview", ["created"]))
        again = self._give("sales", csv_file("sales", [sales_row(2)], headers))
        self.assertEqual(again.state, "preview", "what was put right once is remembered")

    def test_another_dealer_does_not_share_the_columns(self):
        self.env["dcrc.dms.mapping"]._remember(self.dealer, "sales", [("爱车", "vin")])
        data = csv_file("sales", [sales_row(1)], {**SALES, "vin": "爱车"})
        self.assertEqual(self._give("sales", data, user=self.stranger).state, "columns")

    def test_the_kind_can_be_corrected(self):
        record = self._give("sales", [sales_row(1)])
        record.kind = "service"
        self.assertEqual((record.kind, record.state), ("service", "columns"))
        record.kind = "sales"
        self.assertEqual((record.state, record.row_count), ("preview", 1))

    def test_a_second_heading_and_a_sum_are_left_out_with_a_word(self):
        rows = [sales_row(1), dict(SALES), sales_row(2), {"order_no": "合计", "name": "2"}]
        record = self._give("sales", rows)
        self.assertEqual((record.row_count, record.skipped), (2, [3, 5]))
        self.assertIn("3, 5", record.hint_text)

    def test_unknown_columns_are_kept(self):
        headers = {**SALES, "remark": "备注"}
        record = self._give("sales", csv_file("sales", [sales_row(1, remark="急")], headers))
        self.assertEqual(record.row_ids.extra, {"备注": "急"})

    def test_an_imported_list_can_no_longer_be_changed_or_thrown_away(self):
        record = self._import("sales", [sales_row(1)])
        with self.assertRaises(UserError):
            record.kind = "service"
        with self.assertRaises(UserError):
            record.action_discard()

    def test_nobody_writes_states_by_hand(self):
        record = self._give("sales", [sales_row(1)])
        with self.assertRaises(AccessError):
            record.state = "done"
        with self.assertRaises(AccessError):
            record.row_ids.verdict = "created"

    def test_a_list_not_imported_can_be_thrown_away(self):
        record = self._give("sales", [sales_row(1)])
        record.action_discard()
        self.assertFalse(record.exists())

    # -- the preview -------------------------------------------------

    def test_a_preview_writes_nothing(self):
        before = self._counted()
        record = self._give("sales", [sales_row(1), sales_row(2, date="2026-02-30"), sales_row(1)])
        self.assertEqual(self._states(record), ["created", "held", "duplicate"])
        self.assertEqual(record.counts["held"], 1)
        self.assertEqual(self._counted(), before)

    def test_the_run_keeps_the_preview_s_word(self):
        rows = [sales_row(n) for n in range(1, 6)] + [sales_row(3), sales_row(4, plate="渝B99999")]
        record = self._give("sales", rows)
        promised = self._states(record)
        record.action_import()
        record.sudo()._run_all()
        self.assertEqual(self._states(record), promised)
        self.assertEqual(promised[5:], ["duplicate", "updated"])

    def test_a_plate_that_a_later_row_makes_known(self):
        rows = [service_row(1, vin="", order_no="WX9"), service_row(1)]
        record = self._import("service", rows)
        self.assertEqual(self._states(record), ["created", "created"])
        self.assertEqual(len(self._car(1).dcrc_visit_ids), 2)

    def test_a_plate_that_nobody_knows_or_that_two_cars_carry(self):
        self._import("sales", [sales_row(1, plate="渝B77777"), sales_row(2, plate="渝B77777")])
        rows = [service_row(3, vin=""), service_row(4, vin="", plate="渝B77777")]
        record = self._import("service", rows)
        self.assertEqual([self._reasons(row)[0] for row in record.row_ids], ["plate_unknown", "plate_twice"])

    def test_the_same_file_is_told(self):
        first = self._import("sales", [sales_row(1)])
        again = self._give("sales", [sales_row(1)])
        self.assertEqual(again.same_id, first)
        self.assertTrue(again.hint_text)

    # -- what an import writes ---------------------------------------

    def test_a_sales_row_makes_customer_car_and_delivery(self):
        self._import("sales", [sales_row(1, name='=HYPERLINK("http://x","彭坤")', landline="023-67881234")])
        car = self._car(1)
        self.assertRecordValues(car, [{"license_plate": "渝B00001", "color": "星云灰"}])
        self.assertEqual(car.model_id, self.model)
        owner = car.dcrc_owner_id
        self.assertEqual(owner.name, '=HYPERLINK("http://x","彭坤")')
        self.assertEqual((owner.dcrc_customer, owner.company_id), (True, self.dealer))
        self.assertEqual(owner.dcrc_phone_ids.mapped("number"), ["+8613900000001", "+862367881234"])
        self.assertEqual((owner.dcrc_best_number, owner.phone), ("+86 139 0000 0001", False))
        link = {"role": "owner", "date_from": date(2026, 10, 1), "source": "dms"}
        self.assertRecordValues(car.dcrc_link_ids, [link])
        self.assertRecordValues(car.dcrc_delivery_ids, [{"order_no": "XS000001", "date": date(2026, 10, 1)}])

    def test_a_visit_stands_in_the_dealers_time_zone(self):
        self._import("service", [service_row(1)])
        visit = self._car(1).dcrc_visit_ids
        self.assertEqual(visit.date_in, datetime(2026, 10, 10, 1, 0))
        self.assertEqual((visit.kind, visit.mileage, visit.date), ("first", 3210, date(2026, 10, 10)))
        meter = {"dcrc_mileage": 3210, "dcrc_last_visit_date": date(2026, 10, 10)}
        self.assertRecordValues(self._car(1), [meter])

    def test_an_older_visit_does_not_turn_the_meter_back(self):
        rows = [service_row(1), service_row(1, order_no="WX2", date_in="2026-08-01 09:00", mileage="900")]
        self._import("service", rows)
        meter = {"dcrc_mileage": 3210, "dcrc_last_visit_date": date(2026, 10, 10)}
        self.assertRecordValues(self._car(1), [meter])

    def test_a_car_comes_out_later(self):
        self._import("service", [service_row(1, date_out="")])
        self.assertFalse(self._car(1).dcrc_visit_ids.date)
        record = self._import("service", [service_row(1)])
        self.assertEqual(self._states(record), ["updated"])
        self.assertEqual(self._car(1).dcrc_visit_ids.date, date(2026, 10, 10))

    def test_a_missing_or_wrong_mobile_opens_a_correction(self):
        record = self._import("sales", [sales_row(1, phone=""), sales_row(2, phone="1393090174")])
        self.assertEqual(self._states(record), ["created", "created"])
        corrections = self.env["dcrc.correction"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(set(corrections.mapped("source")), {"dms"})
        self.assertEqual(corrections.partner_id, (self._car(1) | self._car(2)).dcrc_owner_id)
        self.assertEqual(corrections.department_id, self.sales)

    def test_a_wrong_plate_opens_a_correction(self):
        self._import("sales", [sales_row(1, plate="渝O12")])
        correction = self.env["dcrc.correction"].search([("vehicle_id", "=", self._car(1).id)])
        self.assertEqual((correction.item, correction.wrong_value), ("plate", "渝O12"))

    def test_new_models_stand_under_the_dealers_brand(self):
        brand = self.dealer.dcrc_dms_brand_id = self.model.brand_id
        self._import("sales", [sales_row(1, model_name="启源A07"), sales_row(2, model_name="启源A07")])
        self.assertEqual(self._car(1).model_id, self._car(2).model_id)
        self.assertEqual(self._car(1).model_id.brand_id, brand)

    def test_the_day_s_news_are_told_to_other_rooms_once(self):
        calls = []
        self.patch(type(self.env["dcrc.dms.import"]), "_after_import", lambda record: calls.append(record.id))
        record = self._import("sales", [sales_row(1)])
        self.assertEqual(calls, record.ids)
        self.assertTrue(self.dealer.dcrc_dms_last_import)

    def test_one_bad_row_stops_no_other(self):
        rows = [sales_row(1), sales_row(2), sales_row(3)]
        record = self._give("sales", rows)
        create = type(self.env["dcrc.delivery"]).create

        def fail_for_two(model, vals_list):
            if any(vals["order_no"] == "XS000002" for vals in vals_list):
                raise ValueError("the second one is cursed")
            return create(model, vals_list)

        self.patch(type(self.env["dcrc.delivery"]), "create", fail_for_two)
        record.action_import()
        record.sudo()._run_all()
        self.assertEqual(self._states(record), ["created", "held", "created"])
        self.assertIn("cursed", record.row_ids[1].reason_text)
        self.assertFalse(self._car(2), "nothing of a held row stays behind")

    # -- lists given again -------------------------------------------

    def test_the_same_list_changes_nothing(self):
        rows = [sales_row(n) for n in range(1, 4)] + [sales_row(4, phone=""), sales_row(5, vin="X")]
        self._import("sales", rows)
        before = self._counted()
        stamps = self._car(1).write_date
        with freeze_time(NOW + timedelta(hours=1)):
            again = self._import("sales", rows)
            self.env.flush_all()
        self.assertEqual(self._states(again), ["unchanged"] * 4 + ["duplicate"])
        self.assertEqual(self._reasons(again.row_ids[4])[0], "held_already")
        self.assertEqual((self._counted(), self._car(1).write_date), (before, stamps))

    def test_other_columns_order_or_form_change_nothing_either(self):
        self._import("sales", [sales_row(1)])
        before = self._counted()
        other = {name: SALES[name] for name in reversed(SALES)}
        data = csv_file("sales", [sales_row(1, date="2026年10月1日", phone="+86 139-0000-0001")], other)
        self.assertEqual(self._states(self._import("sales", data)), ["unchanged"])
        self.assertEqual(self._counted(), before)

    def test_a_lost_delivery_comes_back(self):
        self._import("sales", [sales_row(1)])
        self._car(1).dcrc_delivery_ids.unlink()
        self.assertEqual(self._states(self._import("sales", [sales_row(1)])), ["created"])

    def test_an_older_list_does_not_overwrite_a_newer_one(self):
        self._import("sales", [sales_row(1, consultant="曹宇")], list_date=date(2026, 10, 12))
        old = self._import("sales", [sales_row(1, consultant="胡健")], list_date=date(2026, 10, 10))
        self.assertEqual(self._reasons(old.row_ids), ["older_list"])
        self.assertEqual(self._car(1).dcrc_delivery_ids.consultant, "曹宇")

    def test_an_archived_car_is_still_known(self):
        self._import("sales", [sales_row(1)])
        self._car(1).active = False
        self._import("service", [service_row(1)])
        cars = self.env["fleet.vehicle"].with_context(active_test=False)
        self.assertEqual(cars.search_count([("vin_sn", "=", make_vin(1))]), 1)
