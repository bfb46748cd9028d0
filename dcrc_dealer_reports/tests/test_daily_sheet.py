"""The daily follow-up sheets (REP-2)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common import TODAY, DcrcCase


@tagged("post_install", "-at_install")
class TestDailySheet(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["dcrc.followup.rule"].search(
            [("company_id", "=", cls.dealer.id), ("trigger", "=", "delivery")], limit=1
        )

    def _create_followup(self, source=None, **vals):
        source = source or self._create_delivery()
        field = "delivery_id" if source._name == "dcrc.delivery" else "visit_id"
        return self.env["dcrc.followup"].create(
            {
                "rule_id": self.rule.id,
                "company_id": source.company_id.id,
                "partner_id": source.partner_id.id,
                "vehicle_id": source.vehicle_id.id,
                "source_model": source._name,
                "source_id": source.id,
                field: source.id,
                "purpose": "care",
                "channel": "phone",
                "anchor_date": TODAY,
                "date_start": TODAY,
                "date_due": TODAY,
                "date_expiry": TODAY,
                **vals,
            }
        )

    def _call(self, followup, code="answered", **vals):
        outcome = self.env["dcrc.call.outcome"].search([("code", "=", code)], limit=1)
        contact = self.env["dcrc.contact"].create(
            {
                "company_id": followup.company_id.id,
                "partner_id": followup.partner_id.id,
                "state": "done",
                "date_due": TODAY,
            }
        )
        followup.write({"effective": outcome.effective, "outcome_id": outcome.id})
        return self.env["dcrc.call"].create(
            {
                "contact_id": contact.id,
                "company_id": followup.company_id.id,
                "partner_id": followup.partner_id.id,
                "user_id": self.specialist.id,
                "state": "done",
                "started_at": "2026-10-14 01:30:00",
                "ended_at": "2026-10-14 01:33:00",
                "outcome_id": outcome.id,
                "followup_ids": followup.ids,
                **vals,
            }
        )

    def _sheet(self, user=None, **vals):
        return self._as(user or self.specialist, "dcrc.daily.sheet").create(
            {"company_id": self.dealer.id, "date": TODAY, **vals}
        )

    def test_the_sales_sheet_shows_the_calls_about_deliveries(self):
        followup = self._create_followup()
        self._call(followup)
        row = self._sheet()._get_page()["rows"][0]
        self.assertEqual((row["customer"], row["time"]), ("王芳", "09:33"))

    def test_the_service_sheet_leaves_deliveries_out(self):
        self._call(self._create_followup())
        self.assertFalse(self._sheet(kind="service")._get_page()["rows"])

    def test_the_service_sheet_shows_the_calls_about_visits(self):
        followup = self._create_followup(self._create_visit(adviser="刘斌"))
        self._call(followup)
        row = self._sheet(kind="service")._get_page()["rows"][0]
        self.assertEqual(row["person"], "刘斌")

    def test_a_call_of_the_day_before_is_not_on_the_sheet(self):
        self._call(self._create_followup(), started_at="2026-10-13 01:00:00", ended_at="2026-10-13 01:05:00")
        self.assertFalse(self._sheet()._get_page()["rows"])

    def test_two_attempts_on_a_day_are_one_row(self):
        followup = self._create_followup()
        self._call(followup, "no_answer")
        self._call(followup)
        rows = self._sheet()._get_page()["rows"]
        self.assertEqual([row["attempts"] for row in rows], [2])

    def test_success_is_effective_by_due(self):
        self._call(self._create_followup())
        self._create_followup()
        self.assertEqual(self._sheet()._get_page()["summary"]["rate"], "50.0%")

    def test_what_left_the_base_is_not_counted_as_due(self):
        self._create_followup(base_state="out")
        self.assertEqual(self._sheet()._get_page()["summary"]["rate"], "–")

    def test_numbers_are_hidden_on_paper(self):
        self._call(self._create_followup())
        self.assertRegex(self._sheet()._get_page()["rows"][0]["phone"], r"^138\*{4}\d{4}$")

    def test_another_dealers_calls_are_never_on_it(self):
        car = self._create_car(self._create_customer(company=self.other_dealer))
        self._call(self._create_followup(self._create_delivery(car)))
        self.assertFalse(self._sheet()._get_page()["rows"])

    def test_a_stranger_makes_no_sheet_of_another_dealer(self):
        self._call(self._create_followup())
        with self.assertRaises(AccessError):
            self._sheet(self.stranger)
        own = self._sheet(self.stranger, company_id=self.other_dealer.id)
        self.assertFalse(own._get_page()["rows"])

    def test_the_page_costs_the_same_for_ten_times_the_calls(self):
        self._call(self._create_followup())
        few = self._count_queries(lambda: self._sheet()._get_page())
        for _i in range(10):
            self._call(self._create_followup())
        self.assertLessEqual(self._count_queries(lambda: self._sheet()._get_page()), few)

    def test_it_prints(self):
        self._call(self._create_followup())
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dcrc_dealer_reports.daily_sheet", self._sheet().ids
        )
        self.assertIn("王芳", html.decode())
