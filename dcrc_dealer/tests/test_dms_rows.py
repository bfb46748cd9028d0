"""The verdict on a row by itself: what holds it back, what is mended on the way."""

import time
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..tools.dms_rows import RowRules, judge, row_digest
from .common import make_vin

RULES = RowRules(visit_kinds={"首保": "first"}, today=date(2026, 11, 21))
SALES = {
    "order_no": "XS1",
    "name": "王芳",
    "phone": "13800138000",
    "vin": make_vin(1),
    "plate": "渝A12345",
    "date": "2026-11-01",
}
SERVICE = {
    "order_no": "WX1",
    "kind": "首保",
    "vin": make_vin(1),
    "plate": "渝A12345",
    "date_in": "2026-11-01 08:00",
    "date_out": "2026/11/01 17:30",
    "mileage": "12,345 公里",
}


def codes(findings):
    return [(finding.code, finding.field) for finding in findings]


@tagged("post_install", "-at_install")
class TestSalesRow(BaseCase):
    def assertHeld(self, *expected, **cells):
        self.assertEqual(codes(judge("sales", {**SALES, **cells}, RULES).holds), list(expected))

    def test_a_good_row(self):
        row = judge("sales", SALES, RULES)
        self.assertEqual((row.holds, row.wrong, row.notes), ([], [], []))
        self.assertEqual(row.values["phone"], "+8613800138000")
        self.assertEqual(row.values["date"], date(2026, 11, 1))

    def test_all_reasons_are_told_at_once(self):
        missing = [("missing", name) for name in ("order_no", "name", "date")]
        expected = (missing[0], ("vin_length", "vin"), *missing[1:])
        self.assertHeld(*expected, order_no="", vin=make_vin(1)[:16], name=" ", date="")

    def test_dates_that_cannot_be(self):
        self.assertHeld(("date_impossible", "date"), date="2026-02-30")
        self.assertHeld(("date_unknown", "date"), date="bald")
        self.assertHeld(("date_far", "date"), date="2062-11-01")

    def test_faults_of_the_vin(self):
        self.assertHeld(("vin_letter", "vin"), vin="LS5A3O5T6TK218680")
        self.assertHeld(("vin_check_digit", "vin"), vin="1M8GDM9A0KP042788")
        self.assertHeld(("no_car", "vin"), vin="", plate="")

    def test_an_accepted_check_digit_passes(self):
        rules = RowRules(today=RULES.today, accepted={"1M8GDM9A0KP042788"})
        row = judge("sales", {**SALES, "vin": "1M8GDM9A0KP042788"}, rules)
        self.assertEqual((row.holds, row.values["vin_accepted"]), ([], True))

    def test_a_missing_or_short_mobile_is_corrected_not_held(self):
        for phone, code in (("", "missing"), ("1393090174", "phone_length")):
            row = judge("sales", {**SALES, "phone": phone}, RULES)
            self.assertEqual((row.holds, codes(row.wrong)), ([], [(code, "phone")]))

    def test_a_wrong_plate_beside_a_vin_is_corrected(self):
        row = judge("sales", {**SALES, "plate": "渝O12"}, RULES)
        self.assertEqual((row.holds, codes(row.wrong)), ([], [("plate_format", "plate")]))

    def test_a_wrong_birthday_is_left_out(self):
        row = judge("sales", {**SALES, "birth_date": "2026-02-30"}, RULES)
        self.assertEqual((row.holds, codes(row.notes)), ([], [("left_out", "birth_date")]))


@tagged("post_install", "-at_install")
class TestServiceRow(BaseCase):
    def assertHeld(self, *expected, **cells):
        self.assertEqual(codes(judge("service", {**SERVICE, **cells}, RULES).holds), list(expected))

    def test_a_good_row(self):
        values = judge("service", SERVICE, RULES).values
        self.assertEqual((values["kind"], values["mileage"]), ("first", 12345))
        self.assertEqual(values["date_out"], datetime(2026, 11, 1, 17, 30))

    def test_a_car_still_in_the_workshop(self):
        self.assertHeld(date_out="")

    def test_kinds_and_times(self):
        self.assertHeld(("kind_unknown", "kind"), kind="？？")
        self.assertHeld(("missing", "date_in"), date_in="")
        self.assertHeld(("out_before_in", "date_out"), date_out="2020-01-01 10:00:00")

    def test_mileage(self):
        self.assertHeld(("mileage_negative", "mileage"), mileage="-500")
        self.assertHeld(("mileage_high", "mileage"), mileage="9999999")
        self.assertHeld(("mileage_unknown", "mileage"), mileage="viel")
        self.assertHeld(mileage="")

    def test_a_plate_alone_may_be_enough(self):
        self.assertHeld(vin="")


@tagged("post_install", "-at_install")
class TestManyRows(BaseCase):
    def test_fifty_thousand_bad_rows_take_seconds(self):
        bad = {**SERVICE, "vin": "X", "kind": "？？", "mileage": "-1", "date_in": "never"}
        start = time.process_time()
        held = sum(len(judge("service", {**bad, "order_no": f"WX{n}"}, RULES).holds) for n in range(50_000))
        self.assertEqual(held, 200_000)
        self.assertLess(time.process_time() - start, 20)

    def test_a_digest_does_not_depend_on_the_order_of_columns(self):
        turned = dict(reversed(SALES.items()))
        self.assertEqual(row_digest(SALES), row_digest({**turned, "color": ""}))
        self.assertNotEqual(row_digest(SALES), row_digest({**SALES, "plate": "渝A12346"}))
