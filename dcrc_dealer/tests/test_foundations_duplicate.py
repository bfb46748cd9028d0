"""Likely duplicates: found by several signs, merged by the manager, or told apart for good."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DcrcCase


@tagged("post_install", "-at_install")
class TestDuplicate(DcrcCase):
    def _find(self, *partners):
        """Pairs of the dealer (those of `partners`, if given) after the night's search."""
        self.env["dcrc.duplicate.finder"]._find(self.dealer)
        domain = [("partner_id", "in", [p.id for p in partners])] if partners else []
        return self.env["dcrc.duplicate"].search(domain)

    def _pair(self, **vals):
        """Two files with one number, and what was found about them."""
        first = self._create_customer("王芳", phone="13800138000")
        self._create_customer("王方", phone="13800138000", **vals)
        return self._find(first)

    def test_one_number_in_two_files_is_a_pair(self):
        pair = self._pair()
        self.assertEqual((pair.partner_id.name, pair.other_id.name), ("王芳", "王方"))
        self.assertTrue(pair.same_phone)
        self.assertFalse(pair.same_car)

    def test_a_number_of_many_is_nobodys_and_pairs_nobody(self):
        for number in range(self.dealer.dcrc_number_owners):
            self._create_customer(f"客户{number}", phone="13800138000")
        self.assertFalse(self._find())

    def test_the_same_number_at_two_dealers_is_no_pair(self):
        first = self._create_customer(phone="13800138000")
        self._create_customer(phone="13800138000", company=self.other_dealer)
        self.assertFalse(self._find(first))

    def test_spellings_of_one_name_around_one_car_are_a_pair(self):
        owner = self._create_customer("买买提·阿不都")
        car = self._create_car(owner)
        self._create_visit(car, partner_id=self._create_customer("买买提•阿不都先生").id)
        self.assertTrue(self._find(owner).same_car)

    def test_other_names_around_one_car_are_no_pair(self):
        owner = self._create_customer("王芳")
        self._create_visit(self._create_car(owner), partner_id=self._create_customer("李强").id)
        self.assertFalse(self._find(owner))

    def test_one_name_with_one_plate_on_two_cars_is_a_pair(self):
        first = self._create_customer("王芳")
        self._create_car(first, license_plate="渝A8K3P2", vin_sn=False)
        self._create_car(self._create_customer("王芳"), license_plate="渝A8K3P2", active=False)
        self.assertTrue(self._find(first).same_car)

    def test_one_name_with_one_birthday_is_a_pair_another_name_is_not(self):
        first = self._create_customer("王芳", dcrc_birth_date="1986-07-05")
        second = self._create_customer("王芳女士", dcrc_birth_date="1986-07-05")
        self._create_customer("王强", dcrc_birth_date="1986-07-05")
        pair = self._find()
        self.assertEqual(pair.other_id, second)
        self.assertEqual(pair.partner_id, first)
        self.assertTrue(pair.same_birthday)

    def test_one_address_of_e_mail_is_a_sign(self):
        first = self._create_customer("王芳", email="Wang@example.com")
        self._create_customer("李强", email="wang@example.com")
        self.assertTrue(self._find(first).same_email)

    def test_searching_again_changes_nothing(self):
        pair = self._pair()
        self.assertEqual(self._find(), pair)

    def test_what_no_longer_looks_alike_goes(self):
        pair = self._pair()
        pair.other_id.dcrc_phone_ids.with_context(dcrc_direct_write=True).number = "13900139000"
        self.assertFalse(self._find())

    def test_both_files_stand_side_by_side_with_masked_numbers(self):
        pair = self._pair(email="wang@example.com")
        self._create_car(pair.other_id, license_plate="渝A8K3P2")
        self.assertEqual(pair.phones, "138****8000")
        self.assertIn("渝A8K3P2", pair.other_cars)
        self.assertIn("wang@example.com", pair.other_facts)

    def test_the_manager_merges_also_with_other_e_mail_addresses(self):
        pair = self._pair(email="wang@example.com")
        older, newer = pair.partner_id, pair.other_id
        car = self._create_car(newer)
        self._as(self.manager, pair).action_keep_older()
        self.assertFalse(newer.exists() or pair.exists())
        self.assertEqual(car.dcrc_owner_id, older)
        self.assertEqual((older.name, older.dcrc_other_names), ("王芳", ["王方"]))

    def test_the_newer_file_may_stay(self):
        pair = self._pair()
        older, newer = pair.partner_id, pair.other_id
        self._as(self.manager, pair).action_keep_newer()
        self.assertEqual((older | newer).exists(), newer)

    def test_two_people_are_never_asked_about_again(self):
        pair = self._pair()
        self._as(self.manager, pair).action_distinct()
        self.assertEqual((self._find(), pair.state, pair.decided_by), (pair, "distinct", self.manager))
        self.assertFalse(pair.partner_id.dcrc_duplicate_ids, "the customer's page goes on warning")

    def test_the_decision_can_be_taken_back(self):
        pair = self._pair()
        self._as(self.manager, pair).action_distinct()
        self._as(self.manager, pair).action_undecide()
        self.assertEqual((pair.state, pair.decided_by.id), ("open", False))
        self.assertEqual(pair.partner_id.dcrc_duplicate_ids, pair.other_id)

    def test_who_was_told_apart_stays_apart_after_a_merge_with_a_third(self):
        pair = self._pair()
        newer = pair.other_id
        self._as(self.manager, pair).action_distinct()
        third = self._create_customer("王芳", phone="13800138000")
        with_third = self._find().filtered(lambda p: p.partner_id == pair.partner_id and p.other_id == third)
        self._as(self.manager, with_third).action_keep_newer()
        left = self.env["dcrc.duplicate"].search([])
        self.assertEqual((left.partner_id | left.other_id, left.state), (newer | third, "distinct"))

    def test_nobody_but_the_manager_decides(self):
        pair = self._pair()
        for user in (self.specialist, self.director, self.auditor):
            for name in ("action_keep_older", "action_keep_newer", "action_distinct", "action_find"):
                with self.subTest(user=user.login, method=name), self.assertRaises(AccessError):
                    getattr(self._as(user, pair), name)()

    def test_another_dealers_manager_sees_and_merges_nothing(self):
        pair = self._pair()
        self.assertFalse(self._as(self.stranger, "dcrc.duplicate").search([]))
        with self.assertRaises(UserError):
            self._as(self.stranger, pair).action_keep_older()

    def test_the_list_costs_the_same_for_ten_times_the_pairs(self):
        for number in range(22):
            self._create_car(self._create_customer(phone=f"139000{number:05d}"))
            self._create_customer("李强", phone=f"139000{number:05d}")
        pairs = self._as(self.manager, self._find())
        spec = dict.fromkeys(("phones", "cars", "facts", "other_phones", "other_cars", "display_name"), {})
        few, many = (pairs.browse(part.ids) for part in (pairs[:2], pairs[2:]))
        self._count_queries(lambda: pairs.web_read(spec))  # what the process keeps of access rules
        self.assertEqual(
            self._count_queries(lambda: few.web_read(spec)), self._count_queries(lambda: many.web_read(spec))
        )

    def test_searching_costs_the_same_for_ten_times_the_customers(self):
        counts = []
        for size in (2, 20):
            for number in range(size):
                self._create_customer(phone=f"13700{size:03d}{number:03d}")
                self._create_customer("李强", phone=f"13700{size:03d}{number:03d}")
            counts.append(self._count_queries(self._find))
        self.assertEqual(*counts)
