"""Rights of writing are as narrow as those of reading; what is personal needs a role (CUS-1, CUS-8)."""

import re
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.foundations.base_door_checks import SHOWN
from .common import DcrcCase

PERSONAL = ("dcrc_birth_date", "dcrc_family", "dcrc_hobbies", "dcrc_employer", "dcrc_best_number", "dcrc_birth_key")
KEY = re.compile(r"""context(?:\.get\(|\[)["'](\w+)["']""")
TOLD = re.compile(r"""_dcrc_told\(["'](\w+)["']""")


@tagged("post_install", "-at_install")
class TestContacts(DcrcCase):
    def _refused(self, record, vals):
        with self.assertRaises(UserError):
            record.write(vals)

    def test_a_specialist_writes_customers_and_nobody_else(self):
        supplier = self.env["res.partner"].create({"name": "供应商"})
        for record in (self.dealer.partner_id, supplier, self.manager.partner_id):
            for user in (self.specialist, self.manager):
                with self.subTest(record=record.name, user=user.login):
                    self._refused(self._as(user, record), {"name": "…"})
        customer = self._as(self.specialist, self._create_customer())
        customer.street = "长江路1号"
        self.assertEqual(customer.street, "长江路1号")

    def test_a_specialist_makes_no_contact_that_is_no_customer(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, "res.partner").create({"name": "供应商"})

    def test_who_keeps_contacts_in_odoo_goes_on(self):
        clerk = self._create_user("clerk", "base.group_partner_manager", self.dealer)
        clerk.group_ids |= self.env.ref("dcrc_dealer.group_dcrc_user")
        supplier = self._as(clerk, "res.partner").create({"name": "供应商"})
        supplier.name = "供应商有限公司"
        self.assertEqual(supplier.name, "供应商有限公司")

    def test_the_address_of_a_login_is_not_changed_by_a_specialist(self):
        customer = self._create_customer(email="wang@example.com")
        self.env["res.users"].create(
            {
                "name": "王芳",
                "login": "wang",
                "partner_id": customer.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self._refused(self._as(self.specialist, customer), {"email": "thief@example.com"})

    def test_customer_and_car_stay_with_the_dealer(self):
        customer = self._create_customer()
        car = self._create_car(customer)
        for record in (customer, car):
            for user in (self.env.user, self.specialist, self.manager):
                with self.subTest(record=record._name, user=user.login):
                    self._refused(record.with_user(user), {"company_id": self.other_dealer.id})

    def test_without_a_role_no_number_birthday_or_family_is_readable(self):
        customer = self._create_customer(dcrc_family="两个孩子", dcrc_birth_date="1990-05-01")
        mine = self._as(self.outsider, customer)
        self.assertFalse(set(PERSONAL) & set(mine.fields_get()))
        for name in PERSONAL:
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        self.assertEqual(mine.read(["name", "phone"])[0]["phone"], False)
        with self.assertRaises(AccessError):
            mine.search([("dcrc_family", "!=", False)])


@tagged("post_install", "-at_install")
class TestContextKeys(DcrcCase):
    def _source(self):
        folder = Path(__file__).parents[1]
        for part in ("models", "wizard", "controllers", "tools"):
            for path in sorted((folder / part).rglob("*.py")):
                yield path, path.read_text(encoding="utf-8")

    def test_what_our_code_says_to_itself_is_read_in_one_place(self):
        """`_dcrc_told`: from a client it counts for nothing."""
        loose = [
            f"{path.name}: {key}"
            for path, text in self._source()
            for key in KEY.findall(text)
            if key.startswith("dcrc_") and key not in SHOWN
        ]
        self.assertFalse(loose)

    def test_no_key_of_a_client_is_heard(self):
        keys = {key for _path, text in self._source() for key in TOLD.findall(text)}
        self.assertGreater(len(keys), 8)
        mine = self._as(self.specialist, "res.partner").with_context(**dict.fromkeys(keys, "dms"))
        self.assertFalse([key for key in keys if mine._dcrc_told(key)])
        # nor once our code goes on as root
        self.assertFalse([key for key in keys if mine._dcrc_strip_context().sudo()._dcrc_told(key)])
        self.assertTrue(all(mine.sudo()._dcrc_told(key) for key in keys))

    def test_a_client_that_says_history_books_no_past(self):
        kind = self.env["dcrc.appointment.kind"].search([("company_id", "=", self.dealer.id)], limit=1)
        appointments = self._as(self.specialist, "dcrc.appointment").with_context(
            dcrc_history=True, dcrc_placing=True, default_state="served"
        )
        vals = {"partner_id": self._create_customer().id, "kind_id": kind.id, "start": "2026-10-01 02:00:00"}
        with self.assertRaises(UserError):
            appointments.create(vals)

    def test_a_client_that_says_dms_changes_no_owner_past_the_ledger(self):
        car = self._create_car(self._create_customer())
        buyer = self._create_customer("李强")
        mine = self._as(self.manager, car).with_context(dcrc_ledger=True, dcrc_source="dms", dcrc_direct_write=True)
        mine.dcrc_owner_id = buyer
        self.assertEqual(car.dcrc_link_ids.filtered("current").partner_id, buyer)
        self.assertEqual(car.dcrc_link_ids.filtered("current").source, "manual")


@tagged("post_install", "-at_install")
class TestSamples(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _i in range(3):
            cls._create_customer()

    def _draw(self, user):
        sample = self._as(user, "dcrc.sample").create({"company_id": self.dealer.id, "size": 2})
        sample.action_draw()
        return sample

    def test_headquarters_sample_is_headquarters_alone(self):
        sample = self._as(self.manager, self._draw(self.auditor))
        self.assertEqual(sample.drawn_for, "headquarters")
        for function in (
            lambda: sample.line_ids[0].write({"verdict": "right"}),
            lambda: sample.write({"size": 1}),
            sample.action_draw,
        ):
            with self.assertRaises(UserError):
                function()

    def test_a_dealers_own_sample_is_named_so_and_judged_by_the_manager(self):
        sample = self._draw(self.manager)
        self.assertEqual(sample.drawn_for, "dealer")
        sample.line_ids[0].verdict = "right"
        self.assertEqual(sample.line_ids[0].sudo().user_id, self.manager)
        with self.assertRaises(AccessError):
            self._as(self.auditor, sample).line_ids[0].verdict = "wrong"

    def test_nobody_chooses_the_customers_of_a_sample(self):
        sample = self._draw(self.auditor)
        other = self._create_customer()
        with self.assertRaises(UserError):
            sample.line_ids[0].partner_id = other
        with self.assertRaises(UserError):
            self._as(self.auditor, "dcrc.sample.line").create({"sample_id": sample.id, "partner_id": other.id})
