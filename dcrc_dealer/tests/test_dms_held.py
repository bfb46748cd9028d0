"""Held rows: mended in place, tried again, never lost."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_dms import DmsCase, sales_row, service_row

BAD_VIN = "1M8GDM9A0KP042788"


@tagged("post_install", "-at_install")
class TestHeldRows(DmsCase):
    # -- mending -----------------------------------------------------

    def _held(self, **changes):
        record = self._import("sales", [sales_row(1, **changes)])
        self.assertEqual(record.row_ids.state, "held")
        return record.row_ids

    def _mend(self, row, **texts):
        """Change cells as the form does."""
        sheet = [dict(cell, text=texts.get(cell["column"], cell["text"])) for cell in row.sheet]
        self._as(self.specialist, row).sheet = sheet

    def test_a_mended_row_goes_in(self):
        row = self._held(date="2026-02-30")
        self._mend(row, date="2026-02-28")
        self._as(self.specialist, row).action_retry()
        self.assertEqual((row.state, row.reason_text), ("created", ""))
        self.assertEqual(str(self._car(1).dcrc_delivery_ids.date), "2026-02-28")
        self.assertEqual(row.original, {"date": "2026-02-30"})
        self.assertIn("2026-02-30 → 2026-02-28", row.message_ids[0].body)

    def test_a_row_still_wrong_stays_held_with_its_new_reason(self):
        row = self._held(date="2026-02-30")
        self._mend(row, date="soon")
        self._as(self.specialist, row).action_retry()
        self.assertEqual((row.state, self._reasons(row)), ("held", ["date_unknown"]))

    def test_mended_stays_mended_when_the_list_comes_again(self):
        row = self._held(date="2026-02-30")
        self._mend(row, date="2026-02-28")
        row.action_retry()
        before = self._counted()
        again = self._import("sales", [sales_row(1, date="2026-02-30")])
        self.assertEqual(self._states(again), ["unchanged"])
        changed = self._import("sales", [sales_row(1, date="2026-02-30", consultant="胡健")])
        self.assertEqual(self._states(changed), ["updated"])
        self.assertEqual(self._counted(), before)

    def test_the_preview_can_be_mended_too(self):
        record = self._give("sales", [sales_row(1, date="")])
        self._mend(record.row_ids, date="2026-10-01")
        record.row_ids.action_retry()
        self.assertEqual((record.row_ids.state, record.row_ids.verdict), ("pending", "created"))
        self.assertFalse(self._car(1))

    def test_a_row_that_went_in_is_not_mended(self):
        row = self._import("sales", [sales_row(1)]).row_ids
        with self.assertRaises(UserError):
            self._mend(row, date="2026-10-02")

    def test_the_form_shows_and_saves_the_cells(self):
        row = self._as(self.specialist, self._held(date="2026-02-30"))
        with Form(row) as form:
            form.sheet = [dict(c, text="2026-10-01") if c["column"] == "date" else c for c in row.sheet]
        self.assertEqual(row.cells["date"], "2026-10-01")

    def test_rows_are_retried_in_bulk_once_the_word_is_known(self):
        rows = [service_row(n, kind="精洗") for n in range(1, 4)]
        record = self._import("service", rows)
        self.assertEqual(record.held_count, 3)
        word = {"name": "精 洗", "visit_kind": "other", "company_id": self.dealer.id}
        self.env["dcrc.dms.word"].create(word)
        record.action_retry_held()
        self.assertEqual(self._states(record), ["created"] * 3)

    def test_many_held_rows_are_retried_in_the_background(self):
        record = self._import("service", [service_row(n, kind="精洗") for n in range(1, 4)])
        record.sudo()._retry(record.row_ids.sudo(), at_once=False)
        self.assertEqual((record.state, set(record.row_ids.mapped("state"))), ("queued", {"pending"}))
        record.sudo()._run_all()
        self.assertEqual((record.state, record.held_count, record.done_count), ("done", 3, 3))

    def test_cells_of_no_column_are_ignored_and_markup_stays_text(self):
        row = self._held(date="2026-02-30")
        self._as(self.specialist, row).sheet = [
            {"column": "state", "text": "created"},
            {"column": "name", "text": "<b onclick='x'>王</b>"},
        ]
        self.assertEqual((row.cells.get("state"), row.cells["name"]), (None, "<b onclick='x'>王</b>"))
        self.assertIn("&lt;b", row.message_ids[0].body)

    def test_readers_mend_nothing(self):
        row = self._held(date="")
        for user in (self.director, self.auditor, self.stranger, self.outsider):
            with self.assertRaises(AccessError):
                self._as(user, row).action_retry()

    # -- accepting a VIN ---------------------------------------------

    def test_a_manager_accepts_a_wrong_check_digit(self):
        row = self._import("sales", [sales_row(1, vin=BAD_VIN)]).row_ids
        self.assertTrue(self._as(self.manager, row).can_accept_vin)
        self._as(self.manager, row).action_accept_vin()
        self.assertEqual(row.state, "created")
        self.assertRecordValues(row.vehicle_id, [{"vin_sn": BAD_VIN, "dcrc_vin_accepted": True}])
        self.assertIn(BAD_VIN, row.message_ids[0].body)

    def test_a_specialist_does_not(self):
        row = self._as(self.specialist, self._import("sales", [sales_row(1, vin=BAD_VIN)]).row_ids)
        self.assertFalse(row.can_accept_vin)
        with self.assertRaises(AccessError):
            row.action_accept_vin()

    def test_other_faults_of_a_vin_are_not_accepted(self):
        row = self._import("sales", [sales_row(1, vin=BAD_VIN[:16])]).row_ids
        with self.assertRaises(UserError):
            self._as(self.manager, row).action_accept_vin()
