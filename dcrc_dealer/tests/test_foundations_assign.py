"""Sharing customers among specialists: only specialists, only who has none, told before it happens (CUS-5)."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import TODAY, DcrcCase


@tagged("post_install", "-at_install")
class TestAssign(DcrcCase):
    def _customers(self, count=4, **vals):
        return self.env["res.partner"].union(*[self._create_customer(**vals) for _i in range(count)])

    def _wizard(self, customers, **vals):
        return self._as(self.manager, "dcrc.assign").create({"partner_ids": customers.ids, **vals})

    def test_the_team_is_the_specialists_without_manager_and_administrator(self):
        self.env.ref("base.user_admin").company_ids |= self.dealer
        self.assertEqual(self.dealer._dcrc_team(), self.specialist | self.colleague)

    def test_in_a_house_without_specialists_the_manager_is_one(self):
        (self.specialist | self.colleague).active = False
        self.env.ref("base.user_admin").company_ids |= self.dealer
        self.assertEqual(self.dealer._dcrc_team(), self.manager)

    def test_a_manager_given_by_hand_is_refused(self):
        wizard = self._wizard(self._customers(), user_ids=self.manager.ids)
        with self.assertRaisesRegex(UserError, "not a specialist"):
            wizard.action_assign()

    def test_customers_stay_with_their_specialist_unless_asked(self):
        mine = self._customers(dcrc_specialist_id=self.colleague.id)
        free = self._customers()
        self._wizard(mine | free, user_ids=self.specialist.ids).action_assign()
        self.assertEqual(mine.dcrc_specialist_id, self.colleague)
        self.assertEqual(free.dcrc_specialist_id, self.specialist)

    def test_when_asked_all_are_shared_out_anew(self):
        mine = self._customers(dcrc_specialist_id=self.colleague.id)
        self._wizard(mine, user_ids=(self.specialist | self.colleague).ids, reassign=True).action_assign()
        held = self.env["res.partner"]._dcrc_load(self.dealer, self.specialist | self.colleague)
        self.assertEqual(held, {self.specialist.id: 2, self.colleague.id: 2})

    def test_who_lost_the_role_has_no_customers_to_keep(self):
        customers = self._customers(dcrc_specialist_id=self.outsider.id)
        self._wizard(customers, user_ids=self.specialist.ids).action_assign()
        self.assertEqual(customers.dcrc_specialist_id, self.specialist)

    def test_the_preview_says_who_gets_how_many_and_nothing_is_written(self):
        customers = self._customers(6)
        self.specialist.dcrc_weight = 2
        with Form(self._wizard(customers)) as form:
            self.assertEqual(form.customer_count, 6)
            self.assertEqual(sorted(form.preview.splitlines()), ["Colleague: 0, gets 2", "Specialist: 0, gets 4"])
        self.assertFalse(customers.dcrc_specialist_id)

    def test_the_preview_is_what_then_happens(self):
        self._customers(3, dcrc_specialist_id=self.specialist.id)
        customers = self._customers(5)
        told = customers._dcrc_share(self.dealer._dcrc_team())
        self._wizard(customers).action_assign()
        for user, mine in told.items():
            self.assertEqual(mine.dcrc_specialist_id, user)

    def test_who_is_absent_gets_nobody(self):
        self.colleague.write({"dcrc_absent_from": TODAY, "dcrc_absent_to": TODAY})
        self.assertEqual(self.dealer._dcrc_team(), self.specialist)
        customers = self._customers()
        self._wizard(customers, user_ids=(self.specialist | self.colleague).ids).action_assign()
        self.assertEqual(customers.dcrc_specialist_id, self.specialist)
