"""What the centre knows better than the DMS (handbook CUS-10)."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TODAY
from .common_dms import DmsCase, sales_row


@tagged("post_install", "-at_install")
class TestCentreValues(DmsCase):
    def setUp(self):
        super().setUp()
        self._import("sales", [sales_row(1)], list_date=date(2026, 10, 12))
        self.car = self._car(1)
        self.car.with_user(self.manager).color = "曜石黑"

    def _differences(self):
        return self.env["dcrc.dms.difference"].search([("company_id", "=", self.dealer.id)])

    def test_an_older_list_does_not_overwrite(self):
        rows = [sales_row(2), sales_row(1, color="红", consultant="胡健")]
        record = self._import("sales", rows, list_date=date(2026, 10, 13))
        self.assertEqual((self.car.color, self.car.dcrc_consultant), ("曜石黑", "胡健"))
        values = {"field_name": "color", "centre_value": "曜石黑", "list_value": "红", "state": "open"}
        self.assertRecordValues(self._differences(), [{**values, "vehicle_id": self.car.id}])
        self.assertIn("红", record.row_ids.filtered(lambda row: row.order_no == "XS000001").reason_text)

    def test_a_list_of_the_day_of_the_change_does_not_overwrite(self):
        self._import("sales", [sales_row(1, color="红")], list_date=TODAY)
        self.assertEqual(self.car.color, "曜石黑")

    def test_a_list_of_the_day_a_number_was_taken_off_does_not_bring_it_back(self):
        customer = self.car.dcrc_owner_id
        customer.dcrc_phone_ids.with_user(self.manager).number = "13711111111"
        self._import("sales", [sales_row(1, phone="13822222222")], list_date=TODAY)
        self.assertEqual(customer.dcrc_phone_ids.mapped("number"), ["+8613711111111"])

    def test_a_newer_list_overwrites_what_it_says_anew(self):
        self._import("sales", [sales_row(1, color="红")], list_date=date(2026, 10, 15))
        self.assertEqual(self.car.color, "红")

    def test_a_newer_list_that_repeats_the_old_value_does_not(self):
        self._import("sales", [sales_row(1, consultant="胡健")], list_date=date(2026, 10, 15))
        self.assertEqual(self.car.color, "曜石黑")
        self.assertEqual(self._differences().mapped("field_name"), ["color"])

    def test_a_difference_is_told_once(self):
        for consultant in ("胡健", "龙敏"):
            self._import("sales", [sales_row(1, consultant=consultant)], list_date=date(2026, 10, 15))
        self.assertEqual(len(self._differences()), 1)

    def test_the_dms_has_learnt_it(self):
        self._import("sales", [sales_row(1, consultant="胡健")], list_date=date(2026, 10, 15))
        self._import("sales", [sales_row(1, color="曜石黑")], list_date=date(2026, 10, 16))
        self.assertEqual(self._differences().state, "agreed")

    def test_a_number_that_the_centre_replaced_does_not_come_back(self):
        phone = self.car.dcrc_owner_id.dcrc_phone_ids
        phone.with_user(self.manager).number = "13711111111"
        self._import("sales", [sales_row(1, consultant="胡健")], list_date=date(2026, 10, 15))
        self.assertEqual(self.car.dcrc_owner_id.dcrc_phone_ids.mapped("number"), ["+8613711111111"])
        self.assertIn("dcrc_phone_ids", self._differences().mapped("field_name"))

    def test_keyed_back_in_bulk_by_the_staff_only(self):
        self._import("sales", [sales_row(1, consultant="胡健")], list_date=date(2026, 10, 15))
        with self.assertRaises(AccessError):
            self._as(self.auditor, self._differences()).action_done()
        self._as(self.specialist, self._differences()).action_done()
        self.assertRecordValues(self._differences(), [{"state": "done", "done_by": self.specialist.id}])

    def test_an_empty_cell_clears_nothing(self):
        row = sales_row(1, consultant="", address="", plate="")
        self._import("sales", [row], list_date=date(2026, 10, 15))
        self.assertEqual((self.car.dcrc_consultant, self.car.license_plate), ("曹宇", "渝B00001"))
