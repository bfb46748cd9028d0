"""Small lists from the field (`data/cases`), read as they are: each does what its `cases.json` says (CUS-10)."""

import json
from datetime import date, datetime
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import tagged

from .common_dms import DmsCase, sales_row, service_row
from .common_followup import FollowupCase

CASES = Path(__file__).parents[2] / "data" / "cases"
LIST_DAY = datetime(2026, 11, 28, 2, 0)  # Saturday 10:00 in Shanghai: lists of the 27th, planning on the 28th


class CaseFiles(DmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(LIST_DAY))

    def _read(self, name, kind=""):
        data = (CASES / name).read_bytes()
        return self._give(kind, data, name=name, list_date=date(2026, 11, 27))

    def _take(self, name, kind=""):
        record = self._read(name, kind)
        self.assertEqual(record.state, "preview", record.problem_text)
        record.action_import()
        record.sudo()._run_all()
        return record

    def _deliver(self, *numbers, day="2026-06-01"):
        """The cars that a case presumes, each with its buyer."""
        self._import("sales", [sales_row(n, order_no=f"VOR{n}", date=day) for n in numbers])

    def _visits(self, number):
        return self._car(number).dcrc_visit_ids

    def _corrections(self):
        return self.env["dcrc.correction"].search([("company_id", "=", self.dealer.id)])


@tagged("post_install", "-at_install")
class TestCaseFiles(CaseFiles):
    def test_every_file_has_its_case_and_its_test(self):
        named = {name for case in json.loads((CASES / "cases.json").read_text()) for name in case["files"]}
        self.assertEqual(named, {path.name for path in CASES.iterdir()} - {"cases.json"})
        tests = Path(__file__).read_text()
        self.assertEqual([name for name in sorted(named) if f'"{name}"' not in tests], [])

    def test_a03_orders_that_lost_their_digits_are_held(self):
        record = self._take("A03.csv")
        self.assertEqual([self._reasons(row)[0] for row in record.row_ids], ["order_digits"] * 2)

    def test_a06_two_numbers_in_a_cell_are_both_kept(self):
        partner = self._take("A06.csv").row_ids.partner_id
        self.assertEqual(self._numbers(partner), ["+8613900010001", "+8613900010002"])

    def test_a07_two_numbers_with_a_semicolon_are_both_kept(self):
        partner = self._take("A073.csv").row_ids.partner_id
        self.assertEqual(self._numbers(partner), ["+8613900010001", "+8613900010002"])

    def test_a08_the_exchange_keeps_its_number_and_a_note(self):
        for row in self._take("A08.csv").row_ids:
            phone = row.partner_id.dcrc_phone_ids.filtered(lambda p: p.number == "+862367881234")
            self.assertIn("801", phone.note, row.line)

    def test_b01_tables_of_other_programs_are_read(self):
        for name in ("B01_div.xls", "B01_mhtml.xls"):
            row = self._take(name).row_ids
            self.assertEqual((row.order_no, row.plate), ("XS000001", "渝B00001"), name)

    def test_b01_a_table_of_headings_alone_says_so(self):
        record = self._read("B01_xml2003.xls")
        self.assertEqual((record.kind, record.problem["code"]), ("sales", "no_rows"))

    def test_b05_signs_without_width_are_left_out(self):
        rows = self._take("B05.csv").row_ids
        self.assertEqual(rows.vehicle_id.mapped("license_plate"), [f"渝B0000{n}" for n in (1, 2, 3, 4)])
        self.assertEqual(rows.partner_id.mapped("name"), ["王芳", "客户2", "客户3", "王丽"])

    def test_b06_what_keeps_excel_from_guessing_is_left_out(self):
        rows = self._take("B06.csv").row_ids
        self.assertEqual(rows.mapped("order_no"), ["XS000001", "XS000002", "XS000003"])
        self.assertEqual(rows.vehicle_id.dcrc_delivery_ids.mapped("date"), [date(2026, 11, 26)] * 3)

    def test_b10_an_empty_day_of_leaving_is_a_car_still_here(self):
        record = self._take("B10_w.csv")
        self.assertEqual(self._states(record), ["created"] * 3)
        self.assertEqual(record.row_ids.vehicle_id.dcrc_visit_ids.mapped("date_out"), [False] * 3)

    def test_b12_a_car_without_a_plate_opens_no_correction(self):
        record = self._take("B12.csv")
        self.assertEqual(self._states(record), ["created"] * 10)
        self.assertEqual(set(record.row_ids.vehicle_id.mapped("license_plate")), {False})
        self.assertFalse(self._corrections())

    def test_c01_rare_characters_stay(self):
        names = self._take("C01.csv").row_ids.partner_id.mapped("name")
        self.assertEqual(names[:2] + names[3:], ["朱\U0003158e", "李\U00031a00", "\U00020bb7田龙", "\U000323af山"])
        self.assertEqual([hex(ord(sign)) for sign in names[2]], ["0x738b", "0xe863"])

    def test_c02_six_spellings_of_a_name_are_one_customer(self):
        rows = self._take("C02.csv").row_ids
        self.assertEqual((len(rows.partner_id), len(self._visits(1))), (1, 6))

    def test_c06_a_contract_for_three_cars_is_three_deliveries(self):
        rows = self._take("C06.csv").row_ids
        self.assertEqual((len(rows.partner_id), len(rows.vehicle_id.dcrc_delivery_ids)), (1, 3))

    def test_c09_an_accepted_vin_is_accepted_for_good(self):
        record = self._take("C09_s.csv")
        self.assertEqual(self._reasons(record.row_ids), ["vin_check_digit"])
        record.row_ids.with_user(self.manager).action_accept_vin()
        again = self._take("C09_w.csv")
        self.assertEqual((self._states(again), again.row_ids.vehicle_id), (["created"], record.row_ids.vehicle_id))

    def test_d09_orders_of_stock_cars_are_no_visits(self):
        record = self._take("D09.csv")
        self.assertEqual(self._states(record), ["left_out"] * 5)
        self.assertFalse(self._visits(1))

    def test_d10_usual_words_are_known(self):
        record = self._take("D10.csv")
        self.assertEqual(self._states(record), ["created"] * 32)

    def test_e04_a_meter_that_was_replaced_goes_on(self):
        self._deliver(1, day="2024-01-01")
        self._take("E04.csv")
        car = self._car(1)
        car._dcrc_forecast()
        excluded = car.dcrc_reading_ids.filtered("excluded").mapped("km")
        self.assertEqual(sorted(excluded), [1, 999999])
        self.assertTrue(20 <= car.dcrc_daily_km <= 40, car.dcrc_daily_km)
        self.assertEqual(car.dcrc_mileage, 7300)

    def test_h03_an_order_from_the_future_is_held(self):
        self.assertEqual(self._reasons(self._take("H03.csv").row_ids)[0], "date_late")

    def test_h16_the_list_goes_on_in_the_next_sheet(self):
        self.assertEqual(self._take("H16.xlsx").row_count, 4)

    def test_k08_a_stray_cell_far_below_is_no_bomb(self):
        self.assertEqual(self._states(self._take("K08.xlsx")), ["created"] * 2)


@tagged("post_install", "-at_install")
class TestCaseCalls(CaseFiles, FollowupCase):
    """The cases that say who is called."""

    def _third(self, order):
        visit = self.env["dcrc.service.visit"].search([("order_no", "=", order), ("company_id", "=", self.dealer.id)])
        return visit and self._of("third", visit_id=visit.id)

    def test_c06_a_contract_is_three_first_calls_in_one_contact(self):
        self._take("C06.csv")
        self._plan()
        first = self._of("first", partner_id=self._car(1).dcrc_owner_id.id)
        self.assertEqual((len(first), len(first.contact_id)), (3, 1))

    def test_d01_a_void_order_makes_no_visit_and_no_call(self):
        self._deliver(1, 2)
        self._take("D01.csv")
        self._plan()
        self.assertFalse(self._visits(1))
        self.assertEqual(self._third("WX000002").state, "open")

    def test_d04_an_order_settled_again_is_one_call(self):
        self._deliver(1)
        row = {"kind": "定期保养", "date_in": "2026-11-25 09:00", "date_out": "2026-11-25 16:00", "mileage": "8210"}
        self._import("service", [service_row(1, **row)], list_date=date(2026, 11, 26))
        self._plan()
        third = self._third("WX000001")
        self._finish(third, "answered", answers=self._answers(third))
        self._take("D04.csv")
        self._plan()
        self.assertEqual(self._visits(1).date_out, datetime(2026, 11, 27, 8))
        self.assertEqual((self._third("WX000001"), third.state), (third, "done"))

    def test_i05_an_order_of_the_wrong_car_calls_the_right_customer(self):
        self._deliver(1, 2)
        row = {"date_in": "2026-11-26 09:00", "date_out": "2026-11-26 11:00"}
        self._import("service", [service_row(1, **row)], list_date=date(2026, 11, 26))
        self._plan()
        self._take("I05.csv")
        self._plan()
        third = self._third("WX000001")
        self.assertEqual((third.partner_id, third.state), (self._car(2).dcrc_owner_id, "open"))
        self.assertFalse(self._visits(1))
        wrong = self._car(1).dcrc_owner_id
        self.assertFalse(self.Contact.search([("partner_id", "=", wrong.id), ("state", "=", "open")]))
