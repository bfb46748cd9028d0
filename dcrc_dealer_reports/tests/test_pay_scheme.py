"""KPI schemes are data: weights, targets, days; the general manager writes them (KPI)."""

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dcrc_dealer.tests.common import NOW

from .common_pay import PayCase


@tagged("post_install", "-at_install")
class TestPayScheme(PayCase):
    def test_a_dealer_begins_with_what_was_published_and_its_sum_is_shown(self):
        self.assertEqual(self.department.weight_sum, 100.0)
        self.assertIn("90 %", self.department.weight_words)
        shares = {line.measure_code: line._get_share() for line in self.department.line_ids if line.kind == "weight"}
        self.assertAlmostEqual(sum(shares.values()), 0.15 + 0.85 * 0.9)
        self.assertAlmostEqual(shares["return_published"], 0.85 * 0.30)
        self.assertAlmostEqual(shares["greetings"], 0.85 * 0.30 * 0.30)

    def test_two_schemes_for_the_same_people_in_the_same_days_are_refused(self):
        refused = psycopg2.errors.ExclusionViolation
        with mute_logger("odoo.sql_db"), self.assertRaises(refused) as caught, self.cr.savepoint():
            self.department.copy({"active": True, "date_from": "2026-01-01"})
        scheme = self.env["dcrc.pay.scheme"]
        words = scheme._sql_error_to_message(caught.exception)
        self.assertIn("end it first", words)

    def test_the_database_refuses_them_whoever_writes(self):
        copy = self.department.copy()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.ExclusionViolation), self.cr.savepoint():
            self.cr.execute("UPDATE dcrc_pay_scheme SET active = true WHERE id = %s", [copy.id])

    def test_one_follows_the_other(self):
        self.department.date_to = "2026-06-30"
        self.env.flush_all()
        copy = self.department.copy({"active": True, "date_from": "2026-07-01", "date_to": False})
        pays = self.env["dcrc.pay.scheme"]._get_valid(self.dealer, NOW.date().replace(day=1))
        self.assertIn(copy, pays)
        self.assertNotIn(self.department, pays)

    def test_a_copy_waits_and_keeps_its_brackets(self):
        copy = self.department.copy()
        self.assertFalse(copy.active)
        self.assertEqual(copy.weight_words, self.department.weight_words)
        self.assertEqual(copy.line_ids.parent_id.scheme_id, copy)

    def test_another_department_has_a_scheme_of_its_own(self):
        copy = self.department.copy({"active": True, "department_id": self.sales.id})
        self.assertTrue(copy.active)

    def test_who_is_paid_by_it_does_not_change_it(self):
        for user in (self.manager, self.specialist, self.auditor):
            with self.assertRaises(AccessError):
                self._as(user, self.department).write({"base_amount": 1000000})
            with self.assertRaises(AccessError):
                self._as(user, self.department.line_ids[:1]).write({"target": 1})
            with self.assertRaises(AccessError):
                self._enter("profit", 200, user)
        self._as(self.director, self.department).write({"base_amount": 3000})
        self.assertEqual(self.department.base_amount, 3000)

    def test_a_line_without_a_measure_or_a_target_is_refused(self):
        line = self.department.line_ids.filtered(lambda line: line.measure_code == "success")
        with self.assertRaisesRegex(ValidationError, "needs a target"):
            line.target = 0
        with self.assertRaisesRegex(ValidationError, "needs a measure"):
            line.measure_code = False

    def test_a_line_stands_within_a_bracket_of_its_own_scheme(self):
        line = self.department.line_ids.filtered(lambda line: line.measure_code == "success")
        with self.assertRaisesRegex(ValidationError, "bracket of its own scheme"):
            line.parent_id = self.person.line_ids[:1]

    def test_less_is_better_and_a_cap_holds(self):
        line = self.department.line_ids.filtered(lambda line: line.measure_code == "success")
        line.target, line.cap = 2.0, 120.0
        self.assertEqual(line._get_completion(4.0, "down"), 50.0)
        self.assertEqual(line._get_completion(1.0, "down"), 100.0)
        self.assertEqual(line._get_completion(4.0, "up"), 120.0)
        line.cap = 0
        self.assertEqual(line._get_completion(4.0, "up"), 200.0)

    def test_what_is_entered_says_who_and_when_and_only_for_what_is_not_counted(self):
        entry = self._enter("profit", 96.5)
        self.assertEqual((entry.user_id, entry.entered_on, str(entry.month)), (self.director, NOW, "2026-05-01"))
        with self.assertRaisesRegex(ValidationError, "is counted, not entered"):
            self._enter("success", 100)
        with self.assertRaisesRegex(ValidationError, "cannot be right"):
            entry.value = -1
