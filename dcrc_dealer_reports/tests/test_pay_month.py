"""A month's KPI: a preview while it runs; once closed it stays, whatever the data become (KPI)."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.dcrc_dealer.tests.common import NOW, TODAY
from odoo.addons.dcrc_dealer.tests.common_figures import MONTH

from .common_pay import PayCase


@tagged("post_install", "-at_install")
class TestPayMonth(PayCase):
    def test_the_composite_is_the_sum_of_weights_by_completions(self):
        self._enter("profit", 90)
        self._enter("website", 12)
        pay = self._month()
        success = self._figure("success", *MONTH).value
        returned = self._figure("return_published", *MONTH).value
        greetings = self._figure("greetings", *MONTH).value
        expected = 0.15 * 90
        expected += 0.85 * 0.15 * min(success / 96 * 100, 100) + 0.85 * 0.30 * min(returned / 80 * 100, 100)
        expected += 0.85 * 0.30 * (0.30 * greetings / 1000 * 100 + 0.20 * 12 / 15 * 100)
        known = sum(
            self._line(pay, code).points for code in ("profit", "success", "return_published", "greetings", "website")
        )
        self.assertAlmostEqual(known, expected)
        self.assertAlmostEqual(
            pay.composite, sum(pay.result_ids.filtered(lambda r: r.kind == "weight").mapped("points"))
        )

    def test_a_bracket_is_the_sum_of_what_stands_in_it(self):
        pay = self._month()
        care = pay.result_ids.filtered(lambda result: result.line_id.name == "Care")
        inner = pay.result_ids.filtered(lambda r: r.line_id.parent_id == care.line_id)
        self.assertAlmostEqual(care.points, sum(inner.mapped("points")))

    def test_what_is_missing_is_no_zero_and_its_weight_is_shown(self):
        pay = self._month()
        club, profit = self._line(pay, "club_activities"), self._line(pay, "profit")
        self.assertEqual((club.state, club.actual_text, club.result_text), ("absent", "–", "–"))
        self.assertTrue(club.words)
        self.assertEqual((profit.state, profit.known), ("none", False))
        missing = sum(pay.result_ids.filtered(lambda r: r.kind == "weight" and not r.known).mapped("share"))
        self.assertAlmostEqual(pay.missing_weight, missing)
        self.assertGreater(pay.missing_weight, 15)

    def test_fines_are_counted_by_case_and_by_limit(self):
        for line in self.department.line_ids.filtered(lambda line: line.kind == "fine"):
            line.measure_code = "success"
        pay, figure = self._month(), self._figure("success", *MONTH)
        missing = figure.denominator - figure.numerator
        self.assertEqual(pay.fines, -20 * missing - 200)

    def test_a_fine_that_is_off_or_of_other_days_is_no_line(self):
        fines = self.department.line_ids.filtered(lambda line: line.kind == "fine")
        fines[0].enabled, fines[1].date_from = False, "2026-06-01"
        pay = self._month()
        self.assertFalse(pay.result_ids.filtered(lambda result: result.kind == "fine"))
        self.assertEqual(pay.fines, 0)

    def test_the_amount_follows_the_composite(self):
        self.department.base_amount = 4000
        pay = self._month()
        self.assertAlmostEqual(pay.base_pay, 40 * pay.composite, places=2)
        self.assertAlmostEqual(pay.amount, pay.base_pay + pay.fines + pay.rewards)

    def test_a_person_is_paid_by_the_own_figures(self):
        pays = self._month(self.person)
        mine = pays.filtered(lambda pay: pay.user_id == self.specialist)
        figure = self._figure("success", *MONTH, user=self.specialist)
        self.assertEqual(self._line(mine, "success").numerator, figure.numerator)
        self.assertEqual(self._line(mine, "success").actual, figure.value)

    def test_a_manager_is_not_paid_as_a_specialist_beside_specialists(self):
        self.assertEqual(self._month(self.person).user_id, self.specialist | self.colleague)

    def test_a_specialist_sees_the_own_pay_and_nobody_elses(self):
        pays = self._month(self.person) | self._month()
        seen = self._as(self.specialist, "dcrc.pay.month").search([("id", "in", pays.ids)])
        self.assertEqual(seen.user_id, self.specialist)
        lines = self._as(self.specialist, "dcrc.pay.result").search([("pay_id", "in", pays.ids)])
        self.assertEqual(lines.pay_id, seen)
        self.assertEqual(self._as(self.manager, "dcrc.pay.month").search_count([("id", "in", pays.ids)]), len(pays))

    def test_preparing_twice_makes_nothing_twice(self):
        first, second = self._month(self.person), self._month(self.person)
        self.assertEqual(first, second)

    def test_a_month_under_way_is_not_closed(self):
        pay = self._month(day=TODAY)
        with self.assertRaisesRegex(UserError, "not over yet"):
            self._as(self.manager, pay).action_close()

    def test_a_closed_month_never_changes_and_shows_what_differs(self):
        pay = self._month()
        self._as(self.manager, pay).action_close()
        kept = (pay.composite, self._line(pay, "success").numerator, pay.amount)
        self.assertEqual((pay.state, pay.closed_by), ("closed", self.manager))
        counted = self.followups.filtered(lambda f: f.effective and MONTH[0] <= f.date_due <= MONTH[1])
        counted[:4].effective = False
        self._refresh()
        self._as(self.manager, pay).action_compare()
        self.assertEqual((pay.composite, self._line(pay, "success").numerator, pay.amount), kept)
        self.assertTrue(pay.differs)
        line = self._line(pay, "success")
        self.assertEqual((line.now_numerator, line.differs), (line.numerator - len(counted[:4]), True))
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._as(self.manager, pay).action_count()

    def test_a_closed_month_opens_the_rows_that_it_was_closed_with(self):
        pay = self._month()
        self._as(self.manager, pay).action_close()
        line = self._line(pay, "success")
        action = self._as(self.manager, line).action_open_counted()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(rows), line.numerator)
        rows[0].followup_id.effective = False
        again = self._as(self.manager, line).action_open_counted()
        self.assertEqual(self.env[again["res_model"]].search_count(again["domain"]), len(rows))

    def test_the_general_manager_alone_opens_it_again_and_the_log_says_so(self):
        pay = self._month()
        self._as(self.manager, pay).action_close()
        with self.assertRaises(AccessError):
            self._as(self.manager, "dcrc.pay.reopen").create({"pay_id": pay.id, "reason": "x"})
        with self.assertRaises(AccessError):
            self._as(self.manager, pay)._reopen("x")
        wizard = self._as(self.director, "dcrc.pay.reopen").create({"pay_id": pay.id, "reason": "补录利润"})
        wizard.action_reopen()
        self.assertEqual((pay.state, pay.reopen_reason), ("open", "补录利润"))
        self.assertIn("补录利润", "".join(pay.message_ids.mapped("body")))

    def test_nobody_writes_a_value_by_hand(self):
        pay = self._month()
        for user in (self.manager, self.director):
            with self.assertRaises(AccessError):
                self._as(user, pay).write({"composite": 100})
            with self.assertRaises(AccessError):
                self._as(user, pay.result_ids[:1]).write({"actual": 100})
        with self.assertRaises(AccessError):
            self._as(self.specialist, pay).action_count()

    def test_what_changed_since_the_night_is_a_list(self):
        pay = self._month(day=MONTH[0])
        pay.result_ids.sudo()._keep_as_before()
        gone = self.followups.filtered(lambda f: f.effective and MONTH[0] <= f.date_due <= MONTH[1])[:2]
        gone.effective = False
        self._as(self.manager, pay).action_count()
        changes = pay.change_ids.filtered(lambda c: c.result_id.measure_code == "success")
        self.assertEqual(set(changes.mapped("change")), {"out"})
        self.assertEqual(set(changes.mapped("res_id")), set(gone.ids))
        self.assertTrue(all(changes.mapped("title")))

    def test_the_night_prepares_the_month_and_keeps_what_was(self):
        self.env["dcrc.pay.month"]._count_night(self.dealer)
        pay = self.env["dcrc.pay.month"].search([("scheme_id", "=", self.department.id)])
        self.assertEqual(pay.month, TODAY.replace(day=1))
        with freeze_time(NOW + timedelta(days=1)):
            self.env["dcrc.pay.month"]._count_night(self.dealer)
        self.assertTrue(self._line(pay, "success").rows_before)

    def test_a_line_that_was_renamed_stays_as_it_was_in_a_closed_month(self):
        pay = self._month()
        self._as(self.manager, pay).action_close()
        line = self._line(pay, "success")
        before = line.name
        line.line_id.name, line.line_id.weight = "另一个", 1
        self.assertEqual((line.name, line.weight), (before, 15))

    def test_a_dealer_without_data_has_no_figure_and_no_crash(self):
        self.env["dcrc.pay.scheme"]._copy_templates_to(self.other_dealer)
        pays = self.env["dcrc.pay.month"]._prepare(self.other_dealer, MONTH[0])
        self.assertTrue(pays)
        self.assertFalse(any(pays.result_ids.filtered(lambda r: r.measure_code == "success").mapped("known")))

    def test_counting_costs_the_same_for_more_rows(self):
        pay = self._month().sudo()
        few = self._count_queries(pay._count)
        self._year(seed=3)
        self._refresh()
        self.assertLessEqual(self._count_queries(pay._count), few + 2)

    def test_the_month_of_february_ends_on_its_last_day(self):
        pay = self._month(day=fields.Date.to_date("2026-02-10"))
        self.assertEqual(str(pay.month), "2026-02-01")
