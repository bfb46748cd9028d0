"""The demo dealers: plausible, apart from each other, nothing left for the planner to find."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..demo import build
from ..tools.vin import check_vin
from .common_demo import SIZE, DemoCase
from .test_demo_figures import FiguresDemo
from .test_retention_demo import RetentionDemo
from .test_self_check_demo import SelfCheckDemo


@tagged("post_install", "-at_install")
class TestDemo(SelfCheckDemo, FiguresDemo, RetentionDemo, DemoCase):
    """The one class that builds the demo; what other rooms expect of it are mixins of this class."""

    def test_each_role_can_log_in(self):
        self.assertEqual(len(self.dealers), 2)
        self.assertEqual(set(self.users), {"specialist", "manager", "service", "sales", "director", "auditor"})
        for person in self.people:
            self.assertEqual(person.password, person.login)

    def test_first_dealer_is_the_main_company(self):
        self.assertIn(self.env.ref("base.main_company"), self.dealers)

    def test_second_build_changes_nothing(self):
        before = self.env["res.partner"].search_count([])
        self.assertEqual(build(self.env, customers=SIZE), [])
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_dealers_are_apart(self):
        domain = [("dcrc_customer", "=", True)]
        seen = self._as("specialist", "res.partner").search(domain)
        self.assertGreaterEqual(len(seen), SIZE - 2)
        self.assertEqual(seen.company_id, self.dealer)
        self.assertEqual(self._as("auditor", "res.partner").search(domain).company_id, self.dealers)

    def test_identities_are_valid(self):
        cars = self.env["fleet.vehicle"].search([("dcrc_kind", "=", "customer")])
        self.assertFalse([car.vin_sn for car in cars if check_vin(car.vin_sn)[1]])
        plated = cars.filtered("license_plate")
        self.assertEqual(plated, plated.filtered("dcrc_plate_kind"))
        self.assertIn("new_energy", plated.mapped("dcrc_plate_kind"))

    def test_mileage_grows_but_for_what_was_misread_or_replaced(self):
        odd = self._of("dcrc.mileage.reading", ("excluded", "!=", False)).visit_id
        replaced = self._of("fleet.vehicle").filtered(
            lambda car: "replaced" in [code for code, _figures in car.dcrc_forecast_data or []]
        )
        self.assertTrue(odd | replaced.dcrc_reading_ids.visit_id)
        for car, visits in (self._of("dcrc.service.visit") - odd).grouped("vehicle_id").items():
            readings = visits.sorted("date_in").mapped("mileage")
            if car not in replaced:
                self.assertEqual(readings, sorted(readings), car.vin_sn)

    def test_nothing_happened_in_the_future(self):
        now = fields.Datetime.now() + timedelta(minutes=1)
        for model, field in (
            ("dcrc.service.visit", "date_in"),
            ("dcrc.service.visit", "date_out"),
            ("dcrc.call", "ended_at"),
            ("dcrc.complaint", "date"),
            ("dcrc.correction", "date"),
            ("dcrc.complaint", "closed_on"),
        ):
            self.assertFalse(self.env[model].search([(field, ">", now)]), (model, field))

    def test_every_call_of_the_year_counts_once(self):
        """Due calls gave an opinion, were refused, tried in vain or missed; the rest is still to be done."""
        for dealer in self.dealers:
            report, measure = self.env["dcrc.success.report"], self.env["dcrc.measure"]._find(["success"])
            days = (dealer, self.today - timedelta(days=365), self.old)
            due = report.search(measure._get_rows_domain("denominator", *days)).followup_id
            effective = report.search(measure._get_rows_domain("numerator", *days)).followup_id
            self.assertGreater(len(due), SIZE)
            self.assertEqual(set(due.mapped("state")), {"done", "failed", "missed"})
            self.assertEqual(due.filtered("effective"), effective)
            self.assertLessEqual(due.filtered("effective"), due.filtered(lambda f: f.state == "done"))

    def test_dissatisfaction_has_its_complaint(self):
        unhappy = self.env["dcrc.followup"].search([("dissatisfied", "=", True)])
        self.assertTrue(unhappy)
        for followup in unhappy:
            self.assertTrue(followup.sudo()._has_complaint(), followup.display_name)
            self.assertLessEqual(min(followup.user_input_id.user_input_line_ids.mapped("dcrc_level")), 2)

    def test_today_has_work_of_every_kind(self):
        if self.dealer._dcrc_now().hour == 0:
            self.skipTest("just after midnight nobody has called yet")
        for dealer in self.dealers:
            contacts = self._of("dcrc.contact", dealer=dealer)
            queue = contacts.filtered(lambda c: c.state == "open")
            self.assertTrue(queue.filtered(lambda c: not c.is_callback))
            self.assertTrue(contacts.filtered(lambda c: c.state == "done" and c.done_day == self.today))
            self.assertTrue(queue.filtered("is_callback"))

    def test_planning_again_finds_nothing_old(self):
        before = self.env["dcrc.followup"].search([])
        missed = before.filtered(lambda f: f.state == "missed")
        figures = self.env["dcrc.followup.rule"].sudo()._plan(self.dealers)
        new = self.env["dcrc.followup"].search([]) - before
        self.assertFalse(new.filtered(lambda f: f.date_due < self.today), figures)
        late = before.filtered(lambda f: f.state == "missed") - missed
        self.assertFalse(late, late.mapped("rule_id.trigger"))

    def test_lists_were_imported_with_rows_to_mend(self):
        lists = self._of("dcrc.dms.import")
        self.assertGreaterEqual(len(lists), 2)
        self.assertEqual(set(lists.mapped("state")), {"done"})
        verdicts = lists.row_ids.mapped("verdict")
        self.assertIn("created", verdicts)
        self.assertIn("held", verdicts)

    def test_everybody_lands_on_own_work(self):
        homes = {
            "specialist": "console_today_action",
            "manager": "console_today_action",
            "service": "appointment_board_action",
            "sales": "correction_action",
            "director": "complaint_action",
            "auditor": "return_report_action",
        }
        for role, name in homes.items():
            self.assertEqual(self.users[role].action_id.id, self.env.ref(f"dcrc_dealer.{name}").id, role)

    def test_there_is_work_where_everybody_lands(self):
        board = self._as("service", "dcrc.appointment").get_board()
        self.assertGreater(board["days"][0]["counts"]["total"], 5)
        for role, model, domain in (
            ("sales", "dcrc.correction", [("state", "in", ("open", "proposed"))]),
            ("director", "dcrc.complaint", []),
            ("auditor", "dcrc.return.report", []),
        ):
            self.assertTrue(self._as(role, model).search(domain, limit=1), role)
