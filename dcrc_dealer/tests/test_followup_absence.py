"""Who is absent, or no specialist any more, keeps no customer waiting."""

from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY
from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestAbsence(FollowupCase):
    def _contact(self):
        """The open contact of a customer of the specialist's."""
        customer = self._create_customer(dcrc_specialist_id=self.specialist.id, dcrc_assigned_on=TODAY)
        contact = self._open_first(car=self._create_car(customer)).contact_id
        self.assertEqual(contact.user_id, self.specialist)
        return contact

    def _absent(self, days):
        until = TODAY + timedelta(days=days)
        vals = {"dcrc_absent_from": TODAY, "dcrc_absent_to": until}
        self._as(self.manager, self.specialist)._dcrc_edit_staff(self.dealer, vals)

    def test_what_falls_due_before_the_return_is_everybodys_at_once(self):
        contact = self._contact()
        self._absent(days=10)
        self.assertFalse(contact.user_id)

    def test_what_can_wait_for_the_return_waits(self):
        contact = self._contact()
        contact.date_due = TODAY + timedelta(days=1)
        self._absent(days=0)
        self.assertEqual(contact.user_id, self.specialist)

    def test_who_is_being_called_right_now_stays(self):
        contact = self._contact()
        self._as(self.specialist, contact)._claim()
        self._absent(days=10)
        self.assertEqual(contact.user_id, self.specialist)

    def test_after_the_return_the_customer_comes_back(self):
        contact = self._contact()
        self._absent(days=10)
        self.specialist.write({"dcrc_absent_from": False, "dcrc_absent_to": False})
        self._plan()
        self.assertEqual(contact.user_id, self.specialist)

    def test_who_is_no_specialist_any_more_leaves_the_work_to_everybody(self):
        contact = self._contact()
        self._as(self.manager, self.specialist)._dcrc_edit_staff(self.dealer, {"role": False})
        self.assertFalse(contact.user_id)
