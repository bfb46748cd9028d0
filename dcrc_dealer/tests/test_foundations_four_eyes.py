"""CUS-7: whatever way a specialist takes, a known key field changes with a second person's word only."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import DcrcCase


class TestFourEyes(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.other = cls._create_customer("李强", phone="13700137000")
        cls.first = cls.customer.dcrc_phone_ids
        cls.second = cls.env["dcrc.phone"].create(
            {"partner_id": cls.customer.id, "number": "13900139000", "sequence": 20}
        )
        cls.car = cls._create_car(cls.customer)

    def _waiting(self):
        return self.env["dcrc.change.proposal"].search([("state", "=", "pending")])

    def _dialled(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.customer._dcrc_best_phone().number

    def _confirm(self):
        self._as(self.manager, self._waiting()).action_accept()

    # -- the number that is dialled -------------------------------------------

    def test_another_number_comes_first_with_the_managers_word_only(self):
        ways = {
            "order": (self.second, {"sequence": 1}),
            "the first one's order": (self.first, {"sequence": 99}),
            "the first one's state": (self.first, {"state": "wrong"}),
            "through the customer": (
                self.customer,
                {"dcrc_phone_ids": [Command.update(self.second.id, {"sequence": 0})]},
            ),
            "a new one": (
                self.customer,
                {"dcrc_phone_ids": [Command.create({"number": "13600136000", "sequence": -5})]},
            ),
        }
        for way, (record, vals) in ways.items():
            with self.subTest(way=way), self.env.cr.savepoint() as savepoint:
                self._as(self.specialist, record).write(vals)
                self.assertEqual(self._dialled(), "+8613800138000")
                self.assertEqual(len(self._waiting()), 1)
                self._confirm()
                self.assertNotEqual(self._dialled(), "+8613800138000")
                savepoint.rollback()

    def test_a_new_number_in_front_of_the_others_goes_behind_them(self):
        self._as(self.specialist, "dcrc.phone").create(
            {"partner_id": self.customer.id, "number": "13600136000", "sequence": 0}
        )
        self.assertEqual(self._dialled(), "+8613800138000")
        self._confirm()
        self.assertEqual(self._dialled(), "+8613600136000")

    def test_the_first_numbers_of_a_new_customer_wait_for_nobody(self):
        numbers = [Command.create({"number": number}) for number in ("13600136000", "13600136001")]
        customer = self._as(self.specialist, "res.partner").create(
            {"name": "赵敏", "dcrc_customer": True, "dcrc_phone_ids": numbers}
        )
        self.assertEqual(customer._dcrc_best_phone().number, "+8613600136000")
        self.assertFalse(self._waiting())

    def test_an_order_that_dials_the_same_number_needs_nobody(self):
        self._as(self.specialist, self.second).write({"sequence": 30, "note": "晚上"})
        self.assertFalse(self._waiting())
        self.assertEqual(self.second.sequence, 30)

    def test_a_number_moves_to_another_customer_with_the_managers_word_only(self):
        for record, vals in (
            (self.second, {"partner_id": self.other.id}),
            (self.other, {"dcrc_phone_ids": [Command.link(self.second.id)]}),
        ):
            with self.subTest(record=record):
                self._as(self.specialist, record).write(vals)
                self.assertEqual(self.second.partner_id, self.customer)
                self.assertEqual(self._waiting().field_name, "partner_id")

    def test_what_a_call_shows_about_a_number_is_no_opinion(self):
        self._as(self.specialist, self.first)._mark("empty")
        self.assertEqual(self._dialled(), "+8613900139000")
        self.assertFalse(self._waiting())

    # -- the customer of a car ------------------------------------------------

    def test_the_customer_of_a_car_without_owner_changes_with_the_managers_word_only(self):
        car = self._create_car(dcrc_user_id=self.customer.id, company=self.dealer)
        for name in ("dcrc_user_id", "dcrc_owner_id"):
            with self.subTest(field=name):
                self._as(self.specialist, car).write({name: self.other.id})
                self.assertEqual(car.dcrc_contact_id, self.customer)
                self.assertIn(name, self._waiting().mapped("field_name"))

    def test_the_main_user_beside_an_owner_is_free(self):
        self._as(self.specialist, self.car).dcrc_user_id = self.other
        self.assertEqual(self.car.dcrc_user_id, self.other)
        self.assertFalse(self._waiting())

    def test_the_customer_of_a_car_is_never_written_directly(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, self.car).dcrc_contact_id = self.other
        with self.assertRaises(AccessError):
            self._as(self.specialist, self.other).write({"dcrc_vehicle_ids": [Command.link(self.car.id)]})
        self.assertEqual(self.car.dcrc_contact_id, self.customer)

    def test_whose_paper_it_is_changes_with_the_managers_word_only(self):
        visit = self._create_visit(self.car)
        # whether a specialist may write a repair order at all is another matter
        visit.with_user(self.specialist).sudo().write({"partner_id": self.other.id})
        self.assertEqual(visit.partner_id, self.customer)
        self._confirm()
        self.assertEqual(visit.partner_id, self.other)

    # -- who decides ----------------------------------------------------------

    def test_whoever_became_manager_does_not_confirm_the_own_proposal(self):
        self._as(self.specialist, self.customer).name = "王方"
        self.specialist.group_ids += self.env.ref("dcrc_dealer.group_dcrc_manager")
        with self.assertRaisesRegex(UserError, "another manager"):
            self._as(self.specialist, self._waiting()).action_accept()
        self.assertEqual(self.customer.name, "王芳")
