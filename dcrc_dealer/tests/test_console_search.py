"""The caller on the line is found, and nobody else's (CUS-3)."""

from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common_followup import FollowupCase


class TestConsoleSearch(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王晓燕", phone="13800138642")
        cls.car = cls._create_car(cls.customer, license_plate="渝A8K3P2")

    def _find(self, text, user=None):
        user = user or self.specialist
        dealer = self.dealer if self.dealer in user.company_ids else user.company_id
        return self._as(user, "dcrc.console").with_company(dealer).find_caller(text)

    def _ids(self, text, user=None):
        return [row["partner_id"] for row in self._find(text, user)]

    def test_the_end_of_phone_plate_or_vin_and_the_begin_of_a_name_find_the_customer(self):
        vin = self.car.vin_sn
        for text in (
            "8642",
            "138 0013 8642",
            "8K3P2",
            "渝A·8k3p2",
            vin,
            vin[-6:].lower(),
            "王晓",
            "王晓燕",
            " ８６４２ ",
        ):
            with self.subTest(text=text):
                self.assertIn(self.customer.id, self._ids(text))

    def test_too_little_finds_nobody(self):
        for text in ("", "  ", "642", "%", "____"):
            with self.subTest(text=text):
                self.assertFalse(self._find(text))

    def test_nobody_of_another_dealer_is_found(self):
        other = self._create_customer("王晓东", company=self.other_dealer, phone="13800138642")
        self._create_car(other, license_plate="渝B8K3P2")
        for text in ("8642", "8K3P2", "王晓"):
            with self.subTest(text=text):
                self.assertEqual(self._ids(text), [self.customer.id])
                self.assertEqual(self._ids(text, self.stranger), [other.id])

    def test_everybody_who_reads_the_files_searches_and_nobody_else(self):
        for user in (self.specialist, self.manager, self.director, self.auditor):
            with self.subTest(user=user.login):
                self.assertIn(self.customer.id, self._ids("8642", user))
        with self.assertRaises(AccessError):
            self._find("8642", self.workshop)

    def test_what_is_open_stands_beside_the_name_and_the_number_is_masked(self):
        followup = self._open_third(self.car)
        (row,) = self._find("8642")
        self.assertEqual(row["contact_id"], followup.contact_id.id)
        self.assertEqual(row["reasons"], [followup.rule_id.name])
        self.assertEqual((row["phone"], row["cars"]), ("138****8642", ["渝A8K3P2"]))

    def test_an_archived_customer_calls_no_more(self):
        self.customer.active = False
        self.assertNotIn(self.customer.id, self._ids("王晓燕"))

    def test_it_costs_the_same_for_twelve_as_for_one(self):
        self._find("8642")
        one = self._count_queries(lambda: self._find("渝A8K3P2"))
        for number in range(12):
            self._create_car(self._create_customer(f"王小{number}"), license_plate=f"渝C{number:02d}K3P")
        self.assertLessEqual(self._count_queries(lambda: self._find("王")), one)

    def test_ends_and_begins_are_indexed(self):
        wanted = {
            "dcrc_phone_tail_idx": "reverse((number)",
            "fleet_vehicle_dcrc_plate_tail_idx": "reverse((license_plate)",
            "fleet_vehicle_dcrc_vin_tail_idx": "reverse((vin_sn)",
            "res_partner_dcrc_name_begin_idx": "lower((name)",
        }
        query = SQL("SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", list(wanted))
        found = dict(self.env.execute_query(query))
        for name, expression in wanted.items():
            self.assertIn(expression, found[name])
            self.assertIn("text_pattern_ops", found[name])
