"""The audit workbook (REP-4): what stands in it, who may make it, and that it is sealed."""

import base64
import io
from unittest.mock import patch

from python_calamine import CalamineWorkbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common import DcrcCase

from ..models.audit_export_work import Cancelled
from ..tools.audit_book import AuditBook
from ..tools.audit_seal import check_workbook, new_key, public_key


@tagged("post_install", "-at_install")
class TestAuditExport(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.manager | cls.auditor).lang = "en_US"
        cls.complaint = cls.env["dcrc.complaint"].create(
            {
                "company_id": cls.dealer.id,
                "partner_id": cls._create_customer(name="王小明").id,
                "text": "=1+1 是他说的",
                "user_id": cls.specialist.id,
                "date": "2026-10-05 01:30:00",
            }
        )

    def ask(self, user=None, **vals):
        values = {"date_from": "2026-10-01", "date_to": "2026-10-31", "why": "月度审计", **vals}
        return self._as(user or self.manager, "dcrc.audit.export").create(values)

    def make(self, user=None, **vals):
        export = self.ask(user, **vals)
        export.action_start()
        self.run_action()
        return export

    def run_action(self):
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer_reports.ir_cron_audit").method_direct_trigger()
        self.env.invalidate_all()

    def read_sheets(self, export):
        data = base64.b64decode(export.with_context(bin_size=False).file)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    def read_column(self, export, title, code):
        rows = self.read_sheets(export)[title]
        return [row[rows[1].index(code)] for row in rows[2:]]

    def test_a_workbook_is_ready_after_the_scheduled_action(self):
        export = self.make()
        self.assertEqual((export.state, export.problem), ("done", False))
        self.assertTrue(export.rows)

    def test_every_room_has_its_sheets(self):
        titles = {sheet.title for sheet in self.env["dcrc.audit"]._audit_sheets().values()}
        self.assertLessEqual(titles, set(self.read_sheets(self.make())))

    def test_it_is_sealed_with_the_dealers_key(self):
        export = self.make()
        key = self.env["dcrc.audit.key"].search([("company_id", "=", self.dealer.id)])
        data = base64.b64decode(export.with_context(bin_size=False).file)
        statement, problems = check_workbook(data, {key.public: self.dealer.name})
        self.assertEqual((problems, statement["dealer"]), ([], self.dealer.name))

    def test_headings_are_words_above_codes(self):
        rows = self.read_sheets(self.make())["Complaints"]
        self.assertEqual((rows[0][0], rows[1][0]), ("Number", "name"))

    def test_every_measure_of_every_dealer_has_its_figure(self):
        both = self.make(self.auditor, dealer_ids=(self.dealer | self.other_dealer).ids)
        codes = self.env["dcrc.measure"]._find().mapped("code")
        self.assertEqual(sorted(self.read_column(both, "Figures", "code")), sorted(codes * 2))

    def test_a_figure_is_the_measures_own(self):
        export = self.make()
        measure = self.env["dcrc.measure"]._find(["accuracy"])
        (figure,) = measure._get_figures(self.dealer, export.date_from, export.date_to)
        sheet = self.read_sheets(export)["Figures"]
        (row,) = [row for row in sheet if row[0] == "accuracy"]
        self.assertEqual((row[3] or None, row[8] or None), (figure.value, figure.words))

    def test_definitions_say_how_each_measure_is_counted(self):
        formulas = self.read_column(self.make(), "Definitions", "formula")
        self.assertEqual(formulas, self.env["dcrc.measure"].with_context(lang="en_US")._find().mapped("formula"))

    def test_figures_are_stated_in_the_seal(self):
        export = self.make()
        statement, _problems = check_workbook(base64.b64decode(export.with_context(bin_size=False).file))
        self.assertIn("accuracy", [code for code, *_rest in statement["figures"]])

    def test_text_that_looks_like_a_formula_stays_text(self):
        self.assertEqual(self.read_column(self.make(), "Complaints", "text"), ["=1+1 是他说的"])

    def test_a_customers_name_is_masked(self):
        self.assertEqual(self.read_column(self.make(), "Complaints", "partner_id.name"), ["王**"])

    def test_a_number_in_what_somebody_wrote_is_masked(self):
        self.complaint.text = "请打 13800138000"
        self.assertEqual(self.read_column(self.make(), "Complaints", "text"), ["请打 138****8000"])

    def test_moments_stand_on_the_dealers_clock(self):
        (moment,) = self.read_column(self.make(), "Complaints", "date")
        self.assertEqual(str(moment), "2026-10-05 09:30:00")

    def test_a_selection_is_in_the_words_of_who_asks(self):
        words = dict(self.complaint._fields["state"]._description_selection(self.env(context={"lang": "en_US"})))
        self.assertEqual(self.read_column(self.make(), "Complaints", "state"), [words[self.complaint.state]])

    def test_a_day_belongs_to_the_period_on_the_dealers_clock(self):
        self.complaint._dcrc_step({"date": "2026-10-31 15:59:59"})  # 23:59:59 in Shanghai
        self.assertEqual(len(self.read_column(self.make(), "Complaints", "name")), 1)
        self.complaint._dcrc_step({"date": "2026-10-31 16:00:00"})
        self.assertEqual(self.read_column(self.make(), "Complaints", "name"), [])

    def test_another_dealers_rows_stay_out(self):
        theirs = self.make(self.auditor, dealer_ids=self.other_dealer.ids, company_id=self.other_dealer.id)
        self.assertEqual(theirs.state, "done")
        self.assertEqual(self.read_column(theirs, "Complaints", "name"), [])

    def test_headquarters_exports_both_dealers_at_once(self):
        both = self.make(self.auditor, dealer_ids=(self.dealer | self.other_dealer).ids)
        self.assertEqual(len(self.read_column(both, "Complaints", "name")), 1)

    def test_a_manager_cannot_export_another_dealer(self):
        with self.assertRaises(AccessError):
            self.ask(dealer_ids=(self.dealer | self.other_dealer).ids)

    def test_a_manager_does_not_see_a_workbook_with_another_dealer_in_it(self):
        both = self.ask(self.auditor, dealer_ids=(self.dealer | self.other_dealer).ids)
        self.assertNotIn(both.id, self._as(self.manager, "dcrc.audit.export").search([]).ids)

    def test_a_specialist_makes_no_audit(self):
        with self.assertRaises(AccessError):
            self.ask(self.specialist)

    def test_an_export_is_logged_with_its_reason(self):
        export = self.make()
        log = self.env["dcrc.privacy.log"].search([], limit=1)
        self.assertEqual((log.user_id, log.count, log.what), (self.manager, export.rows, "export"))
        self.assertIn("月度审计", log.kind)

    def test_a_workbook_under_way_is_not_changed(self):
        export = self.ask()
        export.action_start()
        with self.assertRaises(UserError):
            export.why = "anderes"

    def test_a_cancelled_workbook_is_not_made(self):
        export = self.ask()
        export.action_start()
        export.action_cancel()
        self.run_action()
        self.assertEqual((export.state, export.file), ("cancelled", False))

    def test_who_cancels_while_it_is_made_stops_it(self):
        export = self.ask()
        export.action_start()
        export.action_cancel()
        with self.enter_registry_test_mode(), self.assertRaises(Cancelled):
            export._tell("Complaints", 5000)

    def test_one_that_was_stopped_has_no_file_and_no_error(self):
        export = self.ask()
        export.action_start()
        with patch.object(type(export), "_write_book", side_effect=Cancelled):
            self.run_action()
        self.assertEqual((export.file, export.problem), (False, False))

    def test_how_far_it_is_stands_on_its_record(self):
        export = self.ask()
        export.sudo()._dcrc_step({"state": "running"})
        with self.enter_registry_test_mode():
            export.sudo()._tell("投诉", 5000)
        self.assertIn("5000", export.progress)

    def test_one_that_was_killed_is_begun_anew(self):
        export = self.ask()
        export.action_start()
        export.sudo()._move("running")
        self.run_action()
        self.assertEqual(export.state, "done")

    def test_one_that_was_killed_three_times_is_given_up_in_words(self):
        export = self.ask()
        export.action_start()
        export.sudo()._move("running", tries=3)
        self.run_action()
        self.assertEqual(export.state, "failed")
        self.assertIn("shorter period", export.problem)

    def test_a_full_disk_is_said_in_words(self):
        with patch.object(AuditBook, "close", side_effect=OSError(28, "No space left on device")):
            with self.assertLogs("odoo.addons.dcrc_dealer_reports", "ERROR"):
                export = self.make()
        self.assertEqual(export.state, "failed")
        self.assertIn("disk", export.problem)

    def test_a_failed_one_is_started_once_more(self):
        export = self.ask()
        export.sudo()._dcrc_step({"state": "failed", "problem": "x"})
        export.action_start()
        self.run_action()
        self.assertEqual((export.state, export.problem), ("done", False))

    def test_a_period_is_a_year_at_most(self):
        self.ask(date_from="2025-10-01", date_to="2026-09-30")
        with self.assertRaises(ValidationError):
            self.ask(date_from="2025-09-30", date_to="2026-10-01")

    def test_a_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaises(ValidationError):
            self.ask(date_from="2026-10-02", date_to="2026-10-01")

    def test_the_period_offered_is_last_month(self):
        export = self.env["dcrc.audit.export"].with_user(self.manager).create({"why": "x"})
        self.assertEqual((str(export.date_from), str(export.date_to)), ("2026-09-01", "2026-09-30"))

    def test_the_private_key_is_read_by_nobody(self):
        self.make()
        key = self.env["dcrc.audit.key"].with_user(self.auditor).search([], limit=1)
        with self.assertRaises(AccessError):
            key.read(["private"])

    def test_a_dealers_own_key_is_not_changed(self):
        self.make()
        key = self.env["dcrc.audit.key"].search([("own", "=", True)], limit=1)
        with self.assertRaises(UserError):
            key.public = public_key(new_key())

    def test_a_text_that_is_no_key_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env["dcrc.audit.key"].with_user(self.auditor).create({"dealer": "重庆三店", "public": "abc"})

    def test_the_second_workbook_has_the_first_ones_key(self):
        keys = self.env["dcrc.audit.key"]
        self.assertEqual(keys._of(self.dealer), keys._of(self.dealer))
