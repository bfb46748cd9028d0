"""The customer on the line: a call that is hers, about what is open (HOT-1, FUP-4)."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestFollowupInbound(FollowupCase):
    def test_who_calls_us_is_served_at_any_hour(self):
        first = self._open_first()
        with freeze_time(NOW + timedelta(hours=3)):
            contact = self._as(self.specialist, first.contact_id)
            contact._claim()
            self.assertEqual(contact._start_call("in").direction, "in")

    def test_who_calls_us_shows_nothing_about_the_number_in_the_file(self):
        states = []
        for direction in ("in", "out"):
            first = self._open_first()
            first.partner_id.dcrc_phone_ids.state = "unverified"
            contact = self._as(self.specialist, first.contact_id)
            contact._claim()
            call = contact._start_call(direction)
            call._finish({"outcome_id": self._get_outcome("refused").id, "phone_id": call.phone_id.id})
            states.append(first.partner_id.dcrc_phone_ids.state)
        self.assertEqual(states, ["unverified", "ok"])

    def _call_in(self, followup):
        contact = self._as(self.specialist, followup.contact_id)
        contact._claim()
        return contact._start_call("in")

    def test_who_calls_us_has_not_been_tried_by_us(self):
        first = self._open_first()
        call = self._call_in(first)
        later = {"outcome_id": self._get_outcome("later").id, "callback_at": NOW + timedelta(hours=3)}
        call._finish({**later, "phone_id": call.phone_id.id})
        contact = first.contact_id
        self.assertEqual((contact.attempt_count, contact.first_attempt_day, call.attempt_no), (0, False, 0))

    def test_who_calls_us_was_reached(self):
        call = self._call_in(self._open_first())
        with self.assertRaisesRegex(UserError, "The customer called"):
            call._finish({"outcome_id": self._get_outcome("no_answer").id})

    def test_a_call_opened_before_the_customer_called_is_hers(self):
        first = self._open_first()
        draft = self._start(first)
        self.assertEqual((self._call_in(first), draft.direction), (draft, "in"))
