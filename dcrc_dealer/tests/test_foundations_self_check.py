from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.foundations import self_check
from ..models.foundations.self_check import Check
from .common import NOW, DcrcCase


@tagged("post_install", "-at_install")
class TestFoundationsSelfCheck(DcrcCase):
    """What a run finds is kept, opened by those who answer for it, and told once (issue 8 §8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.env["dcrc.self.check"]
        cls.car = cls._create_car(cls._create_customer("王芳"))

    def _lose_owner(self, car=None):
        self.env.flush_all()
        self.env.cr.execute("UPDATE fleet_vehicle SET dcrc_owner_id = NULL WHERE id = %s", [(car or self.car).id])
        self.env.invalidate_all()

    def _run(self, company=None):
        lines = self.check._run(company or self.dealer)
        return lines.filtered(lambda line: line.key == "owner")

    def _told(self):
        domain = [("partner_ids", "in", self.manager.partner_id.ids), ("message_type", "=", "user_notification")]
        return self.env["mail.message"].search(domain)

    def test_clean_data_have_a_line_of_nothing_for_every_invariant(self):
        lines = self.check._run(self.dealer)
        self.assertEqual(set(lines.mapped("key")), set(self.check._self_checks()))
        self.assertEqual((sum(lines.mapped("count")), lines.filtered("problem")), (0, self.check))

    def test_every_invariant_names_its_rule(self):
        for key, check in self.check._self_checks().items():
            self.assertRegex(check.rule, r"^[A-Z]{3}(-\d+)?$", key)

    def test_a_broken_row_is_counted_and_opened(self):
        self._lose_owner()
        line = self._run()
        self.assertEqual((line.count, line.new_count, line.res_model), (1, 1, "fleet.vehicle"))
        action = line.with_user(self.manager).action_open_rows()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.car)

    def test_what_the_last_run_knew_is_not_new(self):
        self._lose_owner()
        self._run()
        with freeze_time(NOW + timedelta(days=1)):
            self._lose_owner(other := self._create_car(self._create_customer("李明")))
            line = self._run()
        self.assertEqual((line.count, line.new_count), (2, 1))
        self.assertIn(other.id, line.row_ids)

    def test_only_the_last_run_is_shown_first_and_earlier_ones_stay(self):
        self._run()
        with freeze_time(NOW + timedelta(days=1)):
            self._run()
        lines = self.check.search([("key", "=", "owner"), ("company_id", "=", self.dealer.id)])
        self.assertEqual(lines.mapped("latest"), [True, False])

    def test_the_manager_is_told_of_what_is_new_once(self):
        before = self._told()
        self._lose_owner()
        self._run()
        told = self._told() - before
        self.assertEqual(len(told), 1)
        self.assertIn("CUS-2", told.body)
        with freeze_time(NOW + timedelta(days=1)):
            self._run()
        self.assertEqual(self._told() - before, told)

    def test_nobody_is_told_of_clean_data(self):
        before = self._told()
        self._run()
        self.assertEqual(self._told(), before)

    def test_rows_beyond_those_kept_are_counted(self):
        cars = self.car | self._create_car(self._create_customer("李明"))
        for car in cars:
            self._lose_owner(car)
        with patch.object(self_check, "KEPT_ROWS", 1):
            line = self._run()
            self.assertEqual((line.count, line.new_count, line.row_ids), (2, 2, cars[0].ids))
            with freeze_time(NOW + timedelta(days=1)):
                self.assertEqual(self._run().new_count, 0)

    def test_dealers_are_checked_apart(self):
        self._lose_owner()
        lines = self.check._run(self.dealer | self.other_dealer).filtered(lambda line: line.key == "owner")
        self.assertEqual({line.company_id: line.count for line in lines}, {self.dealer: 1, self.other_dealer: 0})
        self.assertFalse(self._as(self.stranger, "dcrc.self.check").search([("count", ">", 0)]))

    def test_one_that_cannot_be_checked_keeps_no_other_from_it(self):
        broken = {"odd": Check("CUS-1", "odd", {"res.partner": SQL("SELECT no_such_column FROM res_partner")})}
        sound = self.check._self_checks()
        with (
            patch.object(type(self.check), "_self_checks", lambda _self: {**broken, **sound}),
            mute_logger("odoo.sql_db", self_check.__name__),
        ):
            lines = self.check._run(self.dealer)
        self.assertIn("no_such_column", lines.filtered(lambda line: line.key == "odd").problem)
        self.assertEqual(len(lines), len(sound) + 1)

    def test_a_link_between_dealers_is_found_whatever_its_kind(self):
        stray = self._create_customer("张伟", company=self.other_dealer)
        delivery = self._create_delivery(self.car)
        self.env.flush_all()
        self.env.cr.execute("UPDATE dcrc_delivery SET partner_id = %s WHERE id = %s", [stray.id, delivery.id])
        found = [line for line in self.check._find(self.dealer, ["apart"]) if line["count"]]
        self.assertEqual([(line["res_model"], line["row_ids"]) for line in found], [("dcrc.delivery", delivery.ids)])

    def test_links_to_many_are_looked_at_too(self):
        correction = self.env["dcrc.self.check"]._rows_apart()
        self.assertIn("dcrc_call_dcrc_followup_rel", correction["dcrc.call"].code)

    def test_a_manager_checks_the_own_dealer_at_once(self):
        self._lose_owner()
        action = self._as(self.manager, "dcrc.self.check").action_check_now()
        self.assertEqual(action["res_model"], "dcrc.self.check")
        self.assertTrue(self._as(self.manager, "dcrc.self.check").search([("key", "=", "owner"), ("count", "=", 1)]))

    def test_headquarters_reads_and_runs_nothing(self):
        self._run()
        self.assertTrue(self._as(self.auditor, "dcrc.self.check").search([]))
        with self.assertRaises(AccessError):
            self._as(self.auditor, "dcrc.self.check").action_check_now()

    def test_the_name_of_an_invariant_is_searched_in_the_users_language(self):
        line = self._run()
        found = self.check.search([("label", "ilike", line.label), ("id", "=", line.id)])
        self.assertEqual(found, line)

    def test_the_nightly_action_checks_all_dealers(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.self_check_cron").method_direct_trigger()
        self.env.invalidate_all()
        lines = self.check.search([("date", "=", NOW), ("key", "=", "owner")])
        self.assertLessEqual(self.dealer | self.other_dealer, lines.company_id)

    def test_what_was_found_long_ago_goes(self):
        self._run()
        with freeze_time(NOW + timedelta(days=401)):
            self.check._run(self.dealer)
            self.check._gc_old()
        self.assertFalse(self.check.search([("date", "=", NOW), ("company_id", "=", self.dealer.id)]))
