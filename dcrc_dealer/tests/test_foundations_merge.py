"""Merging contacts never loses a row of the centre's files."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .filled import FilledCase


@tagged("post_install", "-at_install")
class TestMerge(FilledCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls._fill(cls.dealer, "王芳")
        cls.gone = cls._fill(cls.dealer, "王方")
        cls.dst, cls.src = cls.kept["res.partner"], cls.gone["res.partner"]

    def _merge(self, *partners, user=None):
        """Merge contacts into the first one."""
        wizard = self._as(user or self.manager, "base.partner.merge.automatic.wizard").sudo(False)
        partners = self.env["res.partner"].union(*partners)
        wizard._merge(partners.ids, dst_partner=partners[:1].with_env(wizard.env))

    def _links(self):
        """Every stored many2one of ours to a contact: [(model, field name)]."""
        found = self.env["ir.model.fields"].search(
            [("ttype", "=", "many2one"), ("relation", "=", "res.partner"), ("store", "=", True)]
        )
        ours = {model._name for model in self._our_models()} | {"fleet.vehicle"}
        return [
            (self.env[field.model].sudo().with_context(active_test=False), field.name)
            for field in found
            if field.model in ours and (field.model != "fleet.vehicle" or field.name.startswith("dcrc_"))
        ]

    def test_every_row_of_ours_follows_to_the_remaining_contact(self):
        rows = {(model._name, name): model.search([(name, "=", self.src.id)]) for model, name in self._links()}
        self.assertGreater(sum(map(bool, rows.values())), 10, "the test's world is empty")
        self._merge(self.dst, self.src)
        self.assertFalse(self.src.exists())
        for (model, name), records in rows.items():
            with self.subTest(model=model, field=name):
                self.assertEqual(records.exists(), records)
                self.assertLessEqual(records.mapped(name), self.dst)

    def test_the_world_has_a_row_behind_every_link_to_a_contact(self):
        spare = {("fleet.vehicle", "dcrc_user_id"), ("dcrc.duplicate", "other_id")}
        empty = [
            (model._name, name)
            for model, name in self._links()
            if not model.search_count([(name, "=", self.src.id)], limit=1)
        ]
        self.assertFalse(set(empty) - spare)

    def test_rows_that_name_a_contact_by_model_and_id_follow_too(self):
        self._merge(self.dst, self.src)
        reveal = self.gone["dcrc.reveal"]
        self.assertEqual(reveal.res_id, self.dst.id)

    def test_the_same_number_is_one_line_with_the_latest_check(self):
        number = self.dst.dcrc_phone_ids[:1].number
        twin = self.env["dcrc.phone"].create({"partner_id": self.src.id, "number": number})
        twin.write({"state": "wrong", "last_check": TODAY})
        self.gone["dcrc.call"].sudo().phone_id = twin
        before = set((self.dst | self.src).dcrc_phone_ids.mapped("number"))
        self._merge(self.dst, self.src)
        self.assertEqual(sorted(self.dst.dcrc_phone_ids.mapped("number")), sorted(before))
        kept = self.dst.dcrc_phone_ids.filtered(lambda phone: phone.number == number)
        self.assertEqual(kept.state, "wrong")
        self.assertEqual(self.gone["dcrc.call"].phone_id, kept)

    def test_two_open_contacts_become_one_with_all_reasons(self):
        reasons = self.kept["dcrc.followup"] | self.gone["dcrc.followup"]
        self._merge(self.dst, self.src)
        contact = self.env["dcrc.contact"].search([("partner_id", "=", self.dst.id), ("state", "=", "open")])
        self.assertEqual(len(contact), 1)
        self.assertEqual(contact.followup_ids, reasons)
        self.assertTrue(self.gone["dcrc.contact"].exists())

    def test_two_open_corrections_of_an_item_become_one(self):
        self._merge(self.dst, self.src)
        self.assertEqual(self.kept["dcrc.correction"].state, "proposed")
        self.assertEqual(self.gone["dcrc.correction"].state, "closed_unresolved")

    def test_two_corrections_of_one_number_become_one(self):
        twin = self.env["dcrc.phone"].create({"partner_id": self.src.id, "number": self.dst.dcrc_phone_ids[:1].number})
        corrections = self.env["res.partner"]._dcrc_open_correction(
            [
                {"partner_id": phone.partner_id.id, "phone_id": phone.id, "item": "phone", "source": "call"}
                for phone in (self.dst.dcrc_phone_ids[:1], twin)
            ]
        )
        self._merge(self.dst, self.src)
        self.assertEqual(corrections.mapped("state"), ["open", "closed_unresolved"])

    def test_two_waiting_changes_of_a_field_become_one(self):
        self._merge(self.dst, self.src)
        self.assertEqual(self.kept["dcrc.change.proposal"].state, "pending")
        self.assertEqual(self.gone["dcrc.change.proposal"].state, "replaced")

    def test_two_users_of_a_car_become_one(self):
        car = self.kept["fleet.vehicle"]
        Link = self.env["dcrc.vehicle.owner"]
        links = Link.create(
            [
                {"vehicle_id": car.id, "partner_id": partner.id, "company_id": self.dealer.id, "role": "user"}
                for partner in (self.dst, self.src)
            ]
        )
        self._merge(self.dst, self.src)
        self.assertEqual(links.filtered("current"), links[0])
        self.assertEqual(links.partner_id, self.dst)

    def test_a_row_that_would_be_lost_stops_the_merge(self):
        """Odoo deletes what hits a constraint; here that refuses the whole merge."""
        self.env.cr.execute("ALTER TABLE dcrc_service_visit ADD CONSTRAINT dcrc_test_once UNIQUE (partner_id)")
        with self.assertRaisesRegex(UserError, "lost"), mute_logger("odoo.sql_db"):
            self._merge(self.dst, self.src)
        self.assertTrue(self.src.exists())

    def test_customers_of_two_dealers_are_never_merged(self):
        stranger = self._create_customer(company=self.other_dealer)
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.dealer | self.other_dealer
        with self.assertRaisesRegex(UserError, "different dealers"):
            self._merge(self.dst, stranger, user=admin)

    def test_only_the_manager_merges_customers(self):
        self.specialist.group_ids |= self.env.ref("base.group_partner_manager")
        with self.assertRaisesRegex(UserError, "manager"):
            self._merge(self.dst, self.src, user=self.specialist)

    def test_different_addresses_are_left_to_the_administrator(self):
        self.dst.email, self.src.email = "a@example.com", "b@example.com"
        with self.assertRaisesRegex(UserError, "administrator"):
            self._merge(self.dst, self.src)
        self.assertTrue(self.src.exists())

    def test_merging_other_contacts_is_as_ever(self):
        partners = self.env["res.partner"].create([{"name": "甲"}, {"name": "乙"}])
        self.specialist.group_ids |= self.env.ref("base.group_partner_manager")
        # Beside website, Odoo itself asks for this.
        self.specialist.group_ids |= self.env.ref("website.group_website_designer", False) or self.env["res.groups"]
        self._merge(*partners, user=self.specialist)
        self.assertFalse(partners[1].exists())

    def test_lists_may_still_update_the_merged_customer(self):
        self.dst.dcrc_centre_edits = False
        self._merge(self.dst, self.src)
        self.assertNotIn("street", self.dst.dcrc_centre_edits or {})

    def test_one_number_a_customer_is_the_databases_own_rule(self):
        phone = self.dst.dcrc_phone_ids[:1]
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            phone.copy({"last_check": NOW.date()})
