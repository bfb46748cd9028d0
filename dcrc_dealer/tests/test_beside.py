"""A customer of the centre is an ordinary contact for Odoo's other applications.

Each test needs the application that it names and skips itself without: `./dcrc test --beside` runs them all.
"""

import functools

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import NOW, DcrcCase

FORM = "dcrc_dealer.customer_view_form"


def installed(module):
    """Skip a test, visibly, in a database without the module."""

    def wrap(test):
        @functools.wraps(test)
        def run(self):
            if not self.env["ir.module.module"]._get(module).state == "installed":
                self.skipTest(f"{module} isn't installed: ./dcrc test --beside has it")
            test(self)

        return run

    return wrap


@tagged("post_install", "-at_install")
class TestBeside(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", email="wang@example.com")
        cls.theirs = cls._create_customer("陈静", company=cls.other_dealer)

    def _user(self, *groups, role="dcrc_dealer.group_dcrc_user"):
        return self._create_user("_".join(groups).replace(".", "_"), ",".join([role, *groups]), self.dealer)

    def _page(self, user):
        """The customer's page as a user gets it: (what is read, names of the buttons that count)."""
        mine = self._as(user, self.customer)
        arch = etree.fromstring(mine.get_view(self.env.ref(FORM).id, "form")["arch"])
        names = {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}
        buttons = [node.get("name") for node in arch.xpath("//div[@name='button_box']/button")]
        return mine.web_read({name: {} for name in names})[0], buttons

    def _counted(self, user, field):
        values, _buttons = self._page(user)
        return values.get(field)

    def _open_books(self):
        """A chart of accounts for the dealer, as its accountant would choose one."""
        if not self.env["account.journal"].search([("company_id", "=", self.dealer.id)], limit=1):
            chart = self.env["account.chart.template"].sudo()
            chart.try_loading("generic_coa", company=self.dealer, install_demo=False)

    def _sell(self, user, partner):
        return self._as(user, "sale.order").create({"partner_id": partner.id, "company_id": self.dealer.id})

    def test_the_page_opens_for_every_role_with_what_other_applications_count(self):
        for user in (self.specialist, self.manager, self.director, self.auditor):
            with self.subTest(user=user.name):
                values, buttons = self._page(user)
                self.assertEqual(values["name"], "王芳")
                self.assertEqual(len(buttons), len(set(buttons)), "a button stands twice")

    def test_our_counts_stand_before_those_of_others(self):
        _values, buttons = self._page(self.manager)
        ours = [name for name in buttons if "dcrc" in name]
        self.assertEqual(buttons[: len(ours)], ours)
        self.assertEqual(ours[-1], "action_dcrc_open_contact")

    def test_the_page_leads_to_the_ordinary_contact(self):
        action = self._as(self.specialist, self.customer).action_dcrc_open_contact()
        self.assertEqual(action["views"], [(self.env.ref("base.view_partner_form").id, "form")])
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.customer.id))

    def test_a_new_customer_is_made_on_the_page(self):
        model = self._as(self.manager, "res.partner").with_context(default_dcrc_customer=True)
        with Form(model, view=FORM) as form:
            form.name = "李雷"
        self.assertTrue(form.record.dcrc_customer)

    @installed("sale_management")
    def test_sales_orders_of_the_customer_are_counted(self):
        seller = self._user("sales_team.group_sale_salesman")
        self._sell(seller, self.customer)
        self.assertEqual(self._counted(seller, "sale_order_count"), 1)

    @installed("sale_management")
    def test_without_rights_on_orders_nothing_of_them_shows(self):
        self._sell(self._user("sales_team.group_sale_salesman"), self.customer)
        self.assertIsNone(self._counted(self.specialist, "sale_order_count"))
        with self.assertRaises(AccessError):
            self._as(self.specialist, "sale.order").search([])

    @installed("sale_management")
    def test_a_sales_order_is_confirmed_without_any_role_in_the_centre(self):
        seller = self._user("sales_team.group_sale_salesman", role="base.group_user")
        order = self._sell(seller, self.customer)
        product = self.env["product.product"].create({"name": "机油", "type": "service", "list_price": 100})
        order.order_line = [Command.create({"product_id": product.id})]
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    @installed("sale_management")
    def test_a_customer_of_another_dealer_is_no_customer_of_this_one(self):
        seller = self._user("sales_team.group_sale_salesman", "sales_team.group_sale_manager")
        with self.assertRaises(UserError):  # or an AccessError, which is one
            self._sell(seller, self.theirs)

    @installed("account")
    def test_invoices_of_the_customer_are_posted_and_counted(self):
        clerk = self._user("account.group_account_invoice")
        self._open_books()
        invoice = self._as(clerk, "account.move").create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": NOW.date(),
                "invoice_line_ids": [Command.create({"name": "保养", "quantity": 1, "price_unit": 300, "tax_ids": []})],
            }
        )
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self._counted(clerk, "total_invoiced"), 300)

    @installed("crm")
    def test_leads_of_the_customer_are_counted(self):
        seller = self._user("sales_team.group_sale_salesman")
        lead = {"name": "置换", "type": "opportunity", "partner_id": self.customer.id, "company_id": self.dealer.id}
        self._as(seller, "crm.lead").create(lead)
        self.assertEqual(self._counted(seller, "opportunity_count"), 1)

    @installed("event")
    def test_events_of_the_customer_are_counted(self):
        host = self._user("event.group_event_user")
        event = self._as(host, "event.event").create(
            {
                "name": "自驾游",
                "date_begin": NOW,
                "date_end": NOW.replace(hour=9),
                "company_id": self.dealer.id,
                "user_id": host.id,
            }
        )
        self._as(host, "event.registration").create({"event_id": event.id, "partner_id": self.customer.id})
        self.assertEqual(self._counted(host, "event_count"), 1)

    @installed("point_of_sale")
    def test_the_till_finds_the_customer(self):
        cashier = self._user("point_of_sale.group_pos_user", role="base.group_user")
        found = self._as(cashier, "res.partner").search([("name", "=", "王芳")])
        self.assertEqual(found.id, self.customer.id)

    @installed("mass_mailing")
    def test_a_mailing_reaches_customers_of_the_own_dealer_alone(self):
        sender = self._user("mass_mailing.group_mass_mailing_user")
        self.theirs.sudo().email = "chen@example.com"
        mailing = self._as(sender, "mailing.mailing").create(
            {
                "subject": "x",
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": "[('name', 'in', ['王芳', '陈静'])]",
            }
        )
        self.assertEqual(mailing._get_recipients(), self.customer.ids)

    @installed("account")
    def test_merging_takes_orders_and_invoices_along(self):
        self._open_books()
        twin = self._create_customer("王方", email="wang@example.com")
        move = self.env["account.move"].create(
            {"move_type": "entry", "partner_id": twin.id, "company_id": self.dealer.id}
        )
        wizard = self._as(self.manager, "base.partner.merge.automatic.wizard").sudo(False)
        wizard._merge((self.customer | twin).ids, dst_partner=self.customer.with_env(wizard.env))
        self.assertEqual(move.partner_id, self.customer)
