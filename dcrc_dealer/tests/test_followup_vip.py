"""FUP-7: a VIP is called within 48 hours of a visit."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW
from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestFollowupVip(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vip = cls.env.ref("dcrc_dealer.res_partner_category_vip")
        cls.third = cls.rules_by_key["third"]

    def _visit(self, *tags):
        customer = self._create_customer(category_id=[Command.set([tag.id for tag in tags])])
        return self._create_visit(self._create_car(customer), date_in=NOW - timedelta(hours=2))

    def _due(self, visit):
        followup = self.Followup.search([("visit_id", "=", visit.id), ("rule_id", "=", self.third.id)])
        return (followup.date_due - visit.date).days

    def test_a_vip_is_due_after_two_days_everybody_else_after_three(self):
        vip, other = self._visit(self.vip), self._visit()
        self._plan()
        self.assertEqual((self._due(vip), self._due(other)), (2, 3))

    def test_it_is_one_call_not_two(self):
        visit = self._visit(self.vip)
        self._plan()
        self.assertEqual(len(self.Followup.search([("visit_id", "=", visit.id)])), 1)

    def test_the_time_is_the_dealers(self):
        self.third.vip_days = 1
        vip = self._visit(self.vip)
        self._plan()
        self.assertEqual(self._due(vip), 1)

    def test_without_a_time_of_their_own_vips_are_as_everybody(self):
        self.third.vip_days = 0
        vip = self._visit(self.vip)
        self._plan()
        self.assertEqual(self._due(vip), 3)

    def test_a_longer_time_makes_nobody_wait(self):
        self.third.vip_days = 30
        vip = self._visit(self.vip)
        self._plan()
        self.assertEqual(self._due(vip), 3)

    def test_new_figures_of_the_rule_leave_vips_their_hurry(self):
        vip, other = self._visit(self.vip), self._visit()
        self._plan()
        self.third.window_count = 5
        self.assertEqual((self._due(vip), self._due(other)), (2, 6))

    def test_a_date_that_the_dms_corrects_moves_the_vips_day_along(self):
        vip = self._visit(self.vip)
        self._plan()
        vip.write({"date_in": NOW + timedelta(days=1), "date_out": NOW + timedelta(days=1, hours=1)})
        self._plan()
        self.assertEqual(self._due(vip), 2)
