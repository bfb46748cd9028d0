"""Cases: one shape of moves, one way of numbering, who reached which state when."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW
from .common_clock import ClockCase


@tagged("post_install", "-at_install")
class TestFoundationsCase(ClockCase):
    def _cases(self):
        """Every model of cases, by itself."""
        return [model for _name, model in sorted(self.env.items()) if hasattr(model, "_stamps") and not model._abstract]

    def _commit_log(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_tables_name_states_and_stamps_that_there_are(self):
        self.assertGreaterEqual(len(self._cases()), 7)
        for model in self._cases():
            states = set(model._fields["state"].get_values(self.env))
            named = {*model._moves, *model._stamps, *(state for new in model._moves.values() for state in new)}
            with self.subTest(model=model._name):
                self.assertEqual(named - states, set())
                self.assertTrue(set().union(*model._stamps.values()) <= set(model._fields))

    def test_a_move_that_the_table_does_not_name_is_refused(self):
        correction = self._correct()
        with self.assertRaisesRegex(UserError, "cannot become"):
            correction._check_move("verified")

    def test_who_reached_a_state_when_is_noted(self):
        correction = self._correct()
        self._as(self.specialist, correction).action_close_unresolved()
        self.assertEqual((correction.closed_on, correction.closed_by), (NOW, self.specialist))

    def test_the_chatter_logs_every_move(self):
        for model in self._cases():
            with self.subTest(model=model._name):
                if hasattr(model, "message_post"):
                    self.assertTrue(model._fields["state"].tracking)
                else:  # a single move: its stamps say all
                    self.assertEqual(set(model._stamps), {state for new in model._moves.values() for state in new})

    def test_the_log_says_who_moved_it(self):
        correction = self._correct()
        self._commit_log()
        self._as(self.specialist, correction).with_context(tracking_disable=False).action_close_unresolved()
        self._commit_log()
        tracked = correction.message_ids.tracking_value_ids.filtered(lambda value: value.field_id.name == "state")
        self.assertEqual(tracked.mail_message_id.author_id, self.specialist.partner_id)

    def test_every_dealer_has_its_own_numbers(self):
        stranger = self._create_customer(company=self.other_dealer)
        mine = self._complain()
        other = self._complain(company_id=self.other_dealer.id, partner_id=stranger.id)
        self.assertRegex(mine.name, r"^C26-\d{5}$")
        self.assertEqual(mine.name, other.name)

    def test_opening_a_centre_twice_makes_no_second_sequence(self):
        self.dealer._dcrc_open_centre()
        for model in self._cases():
            if model._number_prefix:
                domain = [("code", "=", model._name), ("company_id", "=", self.dealer.id)]
                self.assertEqual(self.env["ir.sequence"].search_count(domain), 1, model._name)
