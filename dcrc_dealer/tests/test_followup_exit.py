from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .common import NOW
from .common_followup import FollowupCase

PARTS = {"due": "denominator", "effective": "numerator", "out": "excluded"}


class TestFollowupExit(FollowupCase):
    """FUP-10, COR-1: nothing leaves the base of the success rate by one person's word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("second", "dcrc_dealer.group_dcrc_manager", cls.dealer)

    def _call_off(self, followup, note="客户出国"):
        self._as(self.manager, followup)._call_off(self.Followup._get_reason("by_hand"), note)

    def _counts(self, day=None):
        self.env.flush_all()
        return {key: len(self._rows(part)) for key, part in PARTS.items()}

    def _rows(self, part):
        """Follow-ups that the success rate counts."""
        measure = self.env["dcrc.measure"]._find(["success"])
        domain = measure._get_rows_domain(part, self.dealer, self._day(-60), self._day(60))
        return self.env["dcrc.success.report"].search(domain).followup_id

    def test_what_was_called_off_counts_until_somebody_else_confirms(self):
        first = self._open_first()
        due = self._counts()["due"]
        self._call_off(first)
        self.assertEqual((first.state, self._counts()["due"]), ("cancelled", due))
        self._as(self.second, first).action_confirm_exit()
        self.assertEqual((first.base_state, self._counts()["due"]), ("out", due - 1))

    def test_nobody_confirms_the_own_calling_off(self):
        first = self._open_first()
        self._call_off(first)
        with self.assertRaisesRegex(UserError, "yourself"):
            self._as(self.manager, first).action_confirm_exit()
        with self.assertRaises(AccessError):
            self._as(self.specialist, first).action_confirm_exit()

    def test_calling_off_asks_why(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._call_off(self._open_first(), note=" ")

    def test_what_is_not_confirmed_goes_back_to_the_queue(self):
        first = self._open_first()
        self._call_off(first)
        self._as(self.second, first).action_refuse_exit()
        self.assertEqual((first.state, first.base_state, first.exit_found_by.id), ("open", "in", False))

    def test_what_is_not_confirmed_too_late_was_missed(self):
        first = self._open_first()
        self._call_off(first)
        with freeze_time(NOW + timedelta(days=20)):
            self._as(self.second, first).action_refuse_exit()
        self.assertEqual(first.state, "missed")

    def test_one_attempt_and_then_neglect_is_missed(self):
        first = self._open_first()
        self._finish(first, "no_answer")
        with freeze_time(NOW + timedelta(days=4)):
            self._plan()
        self.assertEqual((first.state, first.sms_state, first.call_ids.contact_id.state), ("missed", False, "missed"))

    def test_three_attempts_in_three_slots_are_a_failure(self):
        first = self._open_first()
        for hours in (0, 5, 10):
            with freeze_time(NOW + timedelta(hours=hours)):
                self._finish(first, "no_answer")
        self.assertEqual((first.state, first.call_ids.contact_id.state), ("failed", "failed"))

    def test_a_wish_ends_the_call_at_its_last_day_and_waits_for_a_second_person(self):
        first = self._open_first()
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        wish = {"partner_id": first.partner_id.id, "reason_id": reason.id, "date": self._day(0)}
        self._as(self.specialist, "dcrc.do.not.contact").create(wish)
        with freeze_time(NOW + timedelta(days=20)):
            self._plan()
        self.assertEqual((first.state, first.cancel_reason_id.code), ("cancelled", "do_not_contact"))
        self.assertEqual((first.base_state, first.exit_found_by), ("pending", self.specialist))

    def _wrong_number(self, days):
        """A call with a wrong number, whose correction is closed without a new one after so many days."""
        first = self._open_first()
        self._finish(first, "wrong")
        correction = self.env["dcrc.correction"].search([("partner_id", "=", first.partner_id.id)])
        with freeze_time(NOW + timedelta(days=days)):
            self._plan()
            with self.assertRaisesRegex(UserError, "yourself"):
                self._as(self.specialist, correction).action_close_unresolved()
            self._as(self.colleague, correction).action_close_unresolved()
        return first

    def test_a_wrong_number_leaves_the_base_by_two_people_in_time_or_not(self):
        for days in (1, 30):
            with self.subTest(days=days):
                first = self._wrong_number(days)
                self.assertEqual((first.base_state, first.cancel_reason_id.code), ("out", "wrong_number"))
                self.assertEqual((first.exit_found_by, first.exit_confirmed_by), (self.specialist, self.colleague))

    def test_a_second_correction_still_open_holds_the_call(self):
        first = self._open_first()
        self._finish(first, "wrong")
        spare = self.env["dcrc.phone"].create({"partner_id": first.partner_id.id, "number": "13911112222"})
        first.invalidate_recordset()
        self.env["dcrc.correction"].create({"partner_id": first.partner_id.id, "phone_id": spare.id})
        self._plan()
        one, two = self.env["dcrc.correction"].search([("partner_id", "=", first.partner_id.id)], order="id")
        self._as(self.colleague, one).action_close_unresolved()
        self.assertEqual(first.base_state, "pending")
        self._as(self.colleague, two).action_close_unresolved()
        self.assertEqual(first.base_state, "out")

    def test_reminders_are_no_part_of_the_success_rate(self):
        self._create_delivery(date=self._day(-62))
        self._plan()
        self.assertTrue(self._of("lost_new"))
        counted = self.rules_by_key["first"] | self.rules_by_key["second"]
        self.assertLessEqual(self._rows("denominator").rule_id, counted)

    def test_yesterdays_missed_calls_are_a_tile_and_the_manager_is_told(self):
        self._open_first()
        with freeze_time(NOW + timedelta(days=7)):
            self._plan()
        with freeze_time(NOW + timedelta(days=8)):
            self._plan()
            today = self._as(self.manager, "dcrc.console").get_today()
        tile = next(tile for tile in today["tiles"] if tile["key"] == "missed")
        self.assertEqual(tile["count"], 1)
        message = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.manager.partner_id.ids)], limit=1
        )
        self.assertIn("1", message.subject)

    def test_a_filter_finds_what_the_tile_counts(self):
        self._open_first()
        with freeze_time(NOW + timedelta(days=7)):
            self._plan()
        with freeze_time(NOW + timedelta(days=8)):
            manager = self._as(self.manager, "dcrc.followup")
            domains = manager._followup_domains()
            for name, domain in domains.items():
                with self.subTest(name=name):
                    self.assertEqual(manager.search([("listed", "=", name)]), manager.search(domain))
            self.assertTrue(manager.search([("listed", "=", "missed_yesterday")]))
