"""New customers of a list get their specialist by themselves where the dealer so sets (CUS-5)."""

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW
from .common_dms import DmsCase, sales_row


@tagged("post_install", "-at_install")
class TestDmsAssign(DmsCase):
    def _import_two(self):
        """A first list with one customer, a later one with two more; return them by number."""
        self._import("sales", [sales_row(1)])
        with freeze_time(NOW.replace(hour=8)):
            self._import("sales", [sales_row(number) for number in (1, 2, 3)], name="later.csv")
        return {number: self._car(number).dcrc_owner_id for number in (1, 2, 3)}

    def test_new_customers_are_shared_among_the_team(self):
        self.dealer.dcrc_assign_new = True
        people = self._import_two()
        self.assertEqual(people[2].dcrc_specialist_id | people[3].dcrc_specialist_id, self.specialist | self.colleague)
        self.assertTrue(people[2].dcrc_assigned_on)

    def test_the_first_list_is_old_data_and_assigned_by_the_manager(self):
        self.dealer.dcrc_assign_new = True
        self.assertFalse(self._import_two()[1].dcrc_specialist_id)

    def test_without_the_setting_nobody_is_assigned(self):
        people = self._import_two()
        self.assertFalse((people[2] | people[3]).dcrc_specialist_id)

    def test_who_has_a_specialist_keeps_that_one(self):
        self._import("sales", [sales_row(1)])
        self.dealer.dcrc_assign_new = True
        owner = self._car(1).dcrc_owner_id
        owner.dcrc_specialist_id = self.colleague
        self._import("sales", [sales_row(1, phone="13900000099")], name="later.csv")
        self.assertEqual(owner.dcrc_specialist_id, self.colleague)
