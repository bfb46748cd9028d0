"""COR-2: cleared daily, summed up monthly; what was wrong twice, and the share of files found wrong (CUS-8)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_followup import FollowupCase
from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionMonth(CorrectionCase):
    def _sheet(self, user=None, **vals):
        return self._as(user or self.director, "dcrc.correction.print").create(vals)

    def _sums(self, by, **vals):
        self.env.flush_all()
        return {line["label"]: line for line in self._sheet(**vals)._get_sums(by)}

    def test_it_counts_by_department_and_item(self):
        self._open()
        self._open(item="plate", vehicle_id=self.car.id, department_kind="service")
        self.assertEqual(
            {label: line["opened"] for label, line in self._sums("item").items()},
            {"Phone number": 1, "License plate": 1},
        )
        self.assertEqual(set(self._sums("department_id")), {self.sales.name, self.service.name})

    def test_one_department_may_be_chosen(self):
        self._open()
        self._open(item="plate", vehicle_id=self.car.id, department_kind="service")
        self.assertEqual(list(self._sums("item", department_id=self.service.id)), ["License plate"])

    def test_a_day_belongs_to_the_dealers_calendar(self):
        self._open()
        evening = NOW.replace(hour=17)  # past midnight in Shanghai
        self._open(item="name").sudo().date = evening
        days = self.env["dcrc.correction.report"].search([("partner_id", "=", self.customer.id)]).mapped("date")
        self.assertEqual(set(days), {TODAY, TODAY + timedelta(days=1)})

    def test_age_runs_until_it_is_settled(self):
        correction = self._open()
        with freeze_time(NOW + timedelta(days=1)):
            self._verify(correction, "13900139000")
        with freeze_time(NOW + timedelta(days=9)):
            self._open(item="name")
            self.env.flush_all()
            rows = self.env["dcrc.correction.report"].search([("partner_id", "=", self.customer.id)], order="id")
            self.assertEqual(rows.mapped("age"), ["next", "day"])
        with freeze_time(NOW + timedelta(days=16)):
            self.assertEqual(self._sums("item")["Person's Name"]["old"], 1)

    def test_what_came_today_is_neither_cleared_nor_not(self):
        self._open()
        self.env.flush_all()
        report = self.env["dcrc.correction.report"]
        self.assertEqual(report.search([("partner_id", "=", self.customer.id)]).mapped("waiting"), [1])
        self.assertFalse(report._read_group([("partner_id", "=", self.customer.id)], [], ["same_day_rate:count"])[0][0])

    def test_a_period_ends_after_it_begins(self):
        with self.assertRaises(ValidationError):
            self._sheet(date_from=TODAY, date_to=TODAY - timedelta(days=1))

    def test_the_sheet_masks_numbers_and_names_what_was_wrong_before(self):
        self._verify(self._open(), "13900139000")
        self._open(item="name")
        sheet = self._sheet(user=self.manager)
        html = str(self.env["ir.qweb"]._render("dcrc_dealer.correction_sheet", {"docs": sheet, "doc_ids": sheet.ids}))
        self.assertIn("138****8000", html)
        self.assertIn("139****9000", html)
        self.assertNotIn("13900139000", html)
        self.assertIn("Wrong Again", html)

    # -- twice wrong ----------------------------------------------------------------

    def test_a_file_wrong_again_names_what_was_wrong_before(self):
        first = self._open()
        second = self._open(item="name")
        self.assertFalse(first.earlier_note)
        self.assertEqual(second.earlier_ids, first)
        self.assertIn(first.name, second.earlier_note)
        self.assertIn("2026-10-14", second.earlier_note)

    def test_who_is_not_allowed_to_see_the_others_reads_the_note(self):
        self._open(item="name").sudo().department_id = self.env["dcrc.department"]._get_for("parts", self.dealer)
        second = self._open()
        self.assertTrue(self._as(self.workshop, second).earlier_note)


@tagged("post_install", "-at_install")
class TestFileCheck(FollowupCase):
    def _measure(self, department=None):
        self.env.flush_all()
        month = TODAY.replace(day=1)
        return self.env["dcrc.file.check"]._measure(self.dealer, month, TODAY, department)

    def _reach(self, count):
        visits = [self._create_visit(date_in=NOW - timedelta(days=2)) for _number in range(count)]
        rule = self.env["dcrc.followup.rule"].search(
            [("trigger", "=", "visit"), ("company_id", "=", self.dealer.id)], limit=1
        )
        vals = {
            "rule_id": rule.id,
            "company_id": self.dealer.id,
            "source_model": "dcrc.service.visit",
            "state": "done",
            "purpose": "care",
            "channel": "phone",
        }
        days = {"anchor_date": TODAY, "date_start": TODAY, "date_due": TODAY, "date_expiry": TODAY, "done_on": NOW}
        for visit in visits:
            person = {"partner_id": visit.partner_id.id, "vehicle_id": visit.vehicle_id.id, "visit_id": visit.id}
            self.env["dcrc.followup"].create({**vals, **days, **person, "source_id": visit.id, "effective": True})
        return [visit.partner_id for visit in visits]

    def _wrong(self, partner, kind="service"):
        vals = {"partner_id": partner.id, "item": "name", "source": "call", "department_kind": kind}
        return self.env["res.partner"]._dcrc_open_correction([vals])

    def test_a_share_of_too_few_files_is_none(self):
        self._wrong(self._reach(2)[0])
        found = self._measure()
        self.assertEqual((found["numerator"], found["denominator"], found["rate"]), (1, 2, None))

    def test_the_share_comes_with_its_interval(self):
        self._wrong(self._reach(10)[0])
        found = self._measure(self.service)
        self.assertEqual((found["rate"], found["low"], found["high"]), (10.0, 1.8, 40.4))
        self.assertEqual(self.env["dcrc.file.check"].search_count(found["domains"]["numerator"]), 1)

    def test_a_file_counts_once_however_much_of_it_was_wrong(self):
        partner = self._reach(1)[0]
        self._wrong(partner)
        vals = {"partner_id": partner.id, "item": "other", "source": "call", "department_kind": "service"}
        self.env["res.partner"]._dcrc_open_correction([vals])
        self.assertEqual(self._measure()["denominator"], 1)

    def test_who_was_not_reached_because_the_file_is_wrong_counts_too(self):
        self._wrong(self._create_customer())
        self.assertEqual(self._measure()["denominator"], 1)

    def test_each_department_answers_for_its_own_data(self):
        partner = self._reach(1)[0]
        self._wrong(partner, "sales")
        self.assertEqual(self._measure(self.service)["numerator"], 0)
        self.assertEqual(self._measure(self.sales)["numerator"], 1)
