"""What stands below a customer is kept as the customer is, and properties and references lead nowhere else."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_foundations_door import DoorCase


@tagged("post_install", "-at_install")
class TestKept(DoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer, cls.own = cls.theirs["res.partner"], cls.mine["res.partner"]

    def _assert_kept(self, contact):
        self.env.flush_all()
        self.assertTrue(contact.dcrc_kept)
        self.assertEqual(contact.company_id, self.dealer)
        for user in (self.stranger, self.workshop):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, "res.partner").search([("id", "=", contact.id)]))
                with self.assertRaises(AccessError):
                    self._as(user, contact).read(["name"])
        self.assertTrue(self._as(self.specialist, contact).read(["name"]))

    def test_a_contact_below_a_customer_is_its_dealers(self):
        contact = self.env["res.partner"].create({"name": "王太太", "parent_id": self.customer.id})
        self._assert_kept(contact)
        self._assert_kept(self.env["res.partner"].create({"name": "王小明", "parent_id": contact.id}))

    def test_a_specialist_writes_one_below_the_own_customer(self):
        mine = self._as(self.specialist, self.customer)
        mine.child_ids = [Command.create({"name": "王太太"})]
        self._assert_kept(self.customer.child_ids)
        mine.child_ids.name = "王夫人"
        self.assertEqual(self.customer.child_ids.name, "王夫人")

    def test_a_contact_that_comes_below_a_customer_is_kept_from_then_on(self):
        contact = self.env["res.partner"].create({"name": "王太太"})
        contact.parent_id = self.customer
        self._assert_kept(contact)

    def test_whoever_becomes_a_customer_takes_those_below_along(self):
        firm = self.env["res.partner"].create({"name": "某公司", "company_id": self.dealer.id, "is_company": True})
        contact = self.env["res.partner"].create({"name": "联系人", "parent_id": firm.id, "company_id": False})
        firm.dcrc_customer = True
        self._assert_kept(contact)

    def test_it_stays_with_the_dealer(self):
        contact = self.env["res.partner"].create({"name": "王太太", "parent_id": self.customer.id})
        for company in (self.other_dealer.id, False):
            with self.assertRaises(UserError):
                self._as(self.manager, contact).company_id = company

    def test_contacts_of_suppliers_are_everybodys(self):
        supplier = self.env["res.partner"].create({"name": "供应商", "is_company": True})
        contact = self.env["res.partner"].create({"name": "联系人", "parent_id": supplier.id})
        self.assertFalse(contact.dcrc_kept)
        self.assertTrue(self._as(self.stranger, contact).read(["name"]))

    def test_gender_and_source_need_a_role(self):
        for name in ("dcrc_gender", "dcrc_source"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._as(self.outsider, self.customer).read([name])

    # -- ids in odd places -------------------------------------------------------

    def test_properties_point_at_what_one_may_read(self):
        link = {"name": "friend", "string": "朋友", "type": "many2one", "comodel": "res.partner"}
        mine = self._as(self.stranger, self.own)
        self._assert_same_answer(lambda one: mine.write({"properties": [{**link, "value": one}]}), self.customer.id)
        self.own.properties = [{**link, "value": False, "definition_changed": True}]
        self._assert_same_answer(lambda one: mine.write({"properties": {"friend": one}}), self.customer.id)
        many = {**link, "name": "friends", "type": "many2many"}
        self._assert_same_answer(lambda one: mine.write({"properties": [{**many, "value": [one]}]}), self.customer.id)
        mine.write({"properties": {"friend": self.own.id}})

    def test_a_reference_points_at_what_one_may_read(self):
        self.stranger.group_ids |= self.env.ref("base.group_system")
        previews = self._as(self.stranger, "sms.template.preview")
        template = self.env["sms.template"].search([("model", "=", "res.partner")], limit=1) or self._text_template(
            self.other_dealer
        )
        vals = {"sms_template_id": template.id}
        self._assert_same_answer(
            lambda one: previews.create({**vals, "resource_ref": f"res.partner,{one}"}), self.customer.id
        )

    def test_a_file_of_another_dealer_is_not_there(self):
        file = self.env["ir.attachment"].create(
            {"name": "?", "raw": b"?", "res_model": "res.partner", "res_id": self.customer.id}
        )
        binary = self._as(self.stranger, "ir.binary")
        told = set()
        for one in (file.id, 2_000_000_000):
            with self.assertRaises(UserError) as caught:
                binary._find_record(res_id=one)
            told.add((type(caught.exception), str(caught.exception).replace(str(one), "N")))
        self.assertEqual(len(told), 1, told)
