"""Ladders: one step at a time, each once, only while at work, and never after the clock has stopped."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW
from .common_clock import ClockCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestFoundationsLadder(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_rule(1, (0, "department"), (60, "manager"))
        cls.env["res.users"].search([("id", "not in", cls.manager.ids)]).filtered(
            lambda user: user.has_group("dcrc_dealer.group_dcrc_manager") and cls.dealer in user.company_ids
        ).write({"company_ids": [Command.unlink(cls.dealer.id)]})

    def test_nobody_is_told_before_it_is_late(self):
        correction = self._correct()
        self._climb_at(NOW + HOUR - timedelta(minutes=1))
        self.assertFalse(self._told(correction))

    def test_one_step_after_the_other(self):
        correction = self._correct()
        self._climb_at(NOW + HOUR)
        self.assertEqual(self._told(correction), [("Head", NOW + HOUR)])
        self._climb_at(NOW + 2 * HOUR)
        self.assertEqual(self._told(correction), [("Head", NOW + HOUR), ("Manager", NOW + 2 * HOUR)])

    def test_each_is_told_once(self):
        correction = self._correct()
        for hours in (1, 1, 2, 2, 3, 4):
            self._climb_at(NOW + hours * HOUR)
        self.assertEqual(len(self._told(correction)), 2)
        self.assertFalse(self._clock(correction).next_on)

    def test_the_database_lets_nobody_be_told_twice(self):
        correction = self._correct()
        self._climb_at(NOW + HOUR)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.assertTrue(self._clock(correction).climb_ids.copy())

    def test_after_a_stop_of_the_server_the_next_step_still_waits_its_time(self):
        correction = self._correct()
        self._climb_at(NOW + 5 * HOUR)
        self._climb_at(NOW + 5 * HOUR + timedelta(minutes=5))
        self.assertEqual([name for name, _on in self._told(correction)], ["Head"])
        self.assertEqual(self._clock(correction).next_on, NOW + 6 * HOUR)

    def test_nobody_is_told_at_night(self):
        self._set_rule(1, (0, "department"), unit="wall")
        correction = self._correct()
        self._climb_at(self._moment(14, 23))
        self.assertFalse(self._told(correction))
        self._climb_at(self._moment(15, 8, 30))
        self.assertEqual(self._told(correction), [("Head", self._moment(15, 8, 30))])

    def test_who_has_own_hours_is_told_in_them(self):
        late = self.env["resource.calendar"].create(
            {
                "name": "Late shift",
                "company_id": self.dealer.id,
                "tz": "Asia/Shanghai",
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {"name": "3", "dayofweek": "2", "hour_from": 14, "hour_to": 22, "day_period": "afternoon"}
                    ),
                ],
            }
        )
        self.env["resource.resource"].create(
            {"name": "Head", "user_id": self.head.id, "company_id": self.dealer.id, "calendar_id": late.id}
        )
        correction = self._correct()
        self._climb_at(self._moment(14, 11))
        self.assertFalse(self._told(correction))
        self._climb_at(self._moment(14, 21))
        self.assertEqual(self._told(correction)[0], ("Head", self._moment(14, 21)))

    def test_what_is_settled_climbs_no_more(self):
        correction = self._correct()
        correction.sudo().action_close_unresolved()
        self._climb_at(NOW + 5 * HOUR)
        self.assertFalse(self._told(correction))

    def test_what_is_settled_before_its_people_come_to_work_is_not_told(self):
        self._set_rule(1, (0, "department"), unit="wall")
        correction = self._correct()
        self._climb_at(self._moment(14, 23))
        correction.sudo().action_close_unresolved()
        self._climb_at(self._moment(15, 9))
        self.assertFalse(self._told(correction))

    def test_what_stands_still_climbs_no_more(self):
        correction = self._correct()
        self._clock(correction)._pause("customer")
        self._climb_at(NOW + 5 * HOUR)
        self.assertFalse(self._told(correction))

    def test_a_record_closed_behind_the_clock_s_back_climbs_no_more(self):
        correction = self._correct()
        self.env.cr.execute(
            "UPDATE dcrc_correction SET state = 'verified', closed_on = now() WHERE id = %s", [correction.id]
        )
        self._climb_at(NOW + 5 * HOUR)
        self.assertFalse(self._told(correction))
        self.assertEqual(self._clock(correction).state, "ended")

    def test_what_is_merged_climbs_no_more(self):
        first, second = self._correct(), self._correct()
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((first | second).partner_id.ids, first.partner_id)
        self._climb_at(NOW + HOUR)
        self.assertEqual(len(self._told(first)) + len(self._told(second)), 1)

    def test_a_rule_that_ends_escalates_nothing_more(self):
        correction = self._correct()
        self.rule.active = False
        self._climb_at(NOW + 5 * HOUR)
        self.assertFalse(self._told(correction))
        self.assertEqual((self._clock(correction).state, self._clock(correction).ended_why), ("ended", "rule"))

    def test_a_warning_comes_before_and_does_not_use_up_a_step(self):
        self._set_rule(2, (0, "department"), warn=30)
        correction = self._correct(user_id=self.specialist.id)
        self._climb_at(NOW + 2 * HOUR - timedelta(minutes=30))
        self.assertEqual([name for name, _on in self._told(correction)], ["Specialist"])
        self._climb_at(NOW + 2 * HOUR)
        self.assertEqual([name for name, _on in self._told(correction)], ["Specialist", "Head"])

    def test_an_e_mail_address_is_told(self):
        self._set_rule(1)
        self.rule.step_ids = [Command.create({"after_minutes": 0, "target": "email", "email": "region@example.com"})]
        correction = self._correct()
        self._climb_at(NOW + HOUR)
        mail = self.env["mail.mail"].search([("email_to", "=", "region@example.com")])
        self.assertIn(correction.display_name, mail.body_html)

    def test_many_come_in_one_message(self):
        many = [self._correct() for _n in range(3)]
        before = self.env["mail.message"].search_count([("partner_ids", "in", self.head.partner_id.ids)])
        self._climb_at(NOW + HOUR)
        after = self.env["mail.message"].search_count([("partner_ids", "in", self.head.partner_id.ids)])
        self.assertEqual(after - before, 1)
        self.assertEqual([len(self._told(one)) for one in many], [1, 1, 1])

    def test_the_number_of_queries_does_not_grow_with_the_clocks(self):
        counts = []
        for size in (2, 20):
            for _n in range(size):
                self._correct()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._climb_at(NOW + HOUR)
            counts.append(self.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 5)

    def test_the_scheduled_action_moves_every_dealer(self):
        correction = self._correct()
        with self.enter_registry_test_mode():
            self.env.cr.execute("UPDATE dcrc_clock SET next_on = %s, due_on = %s", [NOW - HOUR, NOW - HOUR])
            self.env.ref("dcrc_dealer.ir_cron_clock").method_direct_trigger()
        self.assertEqual([name for name, _on in self._told(correction)], ["Head"])
