"""The customer's file (CUS-1, CUS-4, CUS-5)."""

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, DcrcCase

VIEW = "dcrc_dealer.customer_view_form"


@tagged("post_install", "-at_install")
class TestCustomer(DcrcCase):
    def test_a_customer_belongs_to_the_dealer_who_opened_the_file(self):
        customer = self._as(self.specialist, "res.partner").create({"name": "李强", "dcrc_customer": True})
        self.assertEqual(customer.company_id, self.dealer)

    def test_a_form_opens_a_file_whoever_has_one_dealer(self):
        for user in (self.specialist, self.manager):
            for view in (VIEW, "base.view_partner_form"):
                model = self._as(user, "res.partner").with_context(default_dcrc_customer=True)
                form = Form(model, view=view)
                form.name = "李强"
                with self.subTest(user=user.login, view=view):
                    self.assertEqual(form.save().company_id, self.dealer)

    def test_a_form_takes_the_numbers_with_the_new_file(self):
        form = Form(self._as(self.specialist, "res.partner").with_context(default_dcrc_customer=True), view=VIEW)
        form.name = "李强"
        with form.dcrc_phone_ids.new() as phone:
            phone.number = "138 0013 8000"
        self.assertEqual(form.save().dcrc_phone_ids.mapped("number"), ["+8613800138000"])  # `phone` is not for all

    def test_a_name_typed_in_passing_opens_a_file(self):
        model = self._as(self.specialist, "res.partner").with_context(default_dcrc_customer=True)
        self.assertEqual(model.browse(model.name_create("李强")[0]).company_id, self.dealer)

    def test_a_form_takes_a_car_whoever_has_one_dealer(self):
        model = self._as(self.specialist, "fleet.vehicle")
        car = model.create({"dcrc_kind": "customer", "company_id": False, "model_id": self.model.id})
        self.assertEqual(car.company_id, self.dealer)

    def test_a_customer_without_dealer_is_refused_by_the_database(self):
        customer = self._create_customer()
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.env.cr.execute("UPDATE res_partner SET company_id = NULL WHERE id = %s", [customer.id])

    def test_a_number_typed_into_odoos_own_field_stands_among_the_phones(self):
        customer = self._create_customer(phone=False)
        customer.phone = "138 0013 8000"
        self.assertEqual(customer.dcrc_phone_ids.number, "+8613800138000")

    def test_odoos_own_field_holds_no_number_of_a_customer(self):
        """Everybody who sees contacts reads it: invoicing, sales, whoever."""
        customer = self._create_customer(phone="13800138000")
        self.assertFalse(customer.phone)
        customer.phone = "13900139000"
        self.assertFalse(customer.phone)
        self.assertEqual(len(customer.dcrc_phone_ids), 2)

    def test_odoos_phone_follows_the_first_number_where_the_dealer_wants_it(self):
        self.dealer.dcrc_share_phone = True
        customer = self._create_customer(phone="13800138000")
        second = self.env["dcrc.phone"].create({"partner_id": customer.id, "number": "13900139000", "sequence": 20})
        customer.dcrc_phone_ids.filtered(lambda p: p != second)._mark("wrong")
        self.assertEqual(customer.phone, "+86 139 0013 9000")

    def test_without_a_number_to_dial_the_file_warns(self):
        customer = self._create_customer()
        customer.dcrc_phone_ids._mark("empty")
        self.assertIn("wrong_number", [warning["code"] for warning in customer._dcrc_warnings()])

    def test_a_wish_not_to_be_contacted_warns_until_it_ends(self):
        customer = self._create_customer()
        wish = self.env["dcrc.do.not.contact"].create(
            {"partner_id": customer.id, "reason_id": self.env.ref("dcrc_dealer.reason_dnc_asked").id}
        )
        self.assertIn("do_not_contact", [warning["code"] for warning in customer._dcrc_warnings()])
        wish.write({"date": "2026-01-01", "date_end": "2026-10-13"})
        self.assertNotIn("do_not_contact", [warning["code"] for warning in customer._dcrc_warnings()])

    def test_a_number_that_cannot_be_dialled_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "11 digits"):
            self._create_customer(phone="1380013800")

    def test_the_same_number_twice_is_refused_for_one_customer(self):
        customer = self._create_customer(phone="13800138000")
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            self.env["dcrc.phone"].create({"partner_id": customer.id, "number": "138-0013-8000"})

    def test_another_customer_with_the_same_number_is_warned_of(self):
        first = self._create_customer(phone="13800138000")
        second = self._create_customer("王方", phone="13800138000")
        self.assertEqual(second.dcrc_duplicate_ids, first)

    def test_the_same_number_at_another_dealer_is_no_duplicate(self):
        self._create_customer(phone="13800138000", company=self.other_dealer)
        self.assertFalse(self._create_customer(phone="13800138000").dcrc_duplicate_ids)

    def test_people_are_addressed_by_surname_and_title(self):
        self.assertEqual(self._create_customer("王芳")._dcrc_title_name(), "Ms 王")
        self.assertEqual(self._create_customer("欧阳明", dcrc_gender="male")._dcrc_title_name(), "Mr 欧阳")

    def test_a_company_is_addressed_by_its_name(self):
        fleet = self._create_customer("天开网络有限公司", dcrc_gender=False, is_company=True)
        self.assertEqual(fleet._dcrc_title_name(), "天开网络有限公司")

    def test_visits_of_twelve_months_make_a_customer_loyal(self):
        car = self._create_car(self._create_customer())
        for _visit in range(self.dealer.dcrc_loyal_visits):
            self._create_visit(car)
        self.assertTrue(car.dcrc_contact_id.dcrc_loyal)
        self.assertIn(car.dcrc_contact_id, self.env["res.partner"].search([("dcrc_loyal", "=", True)]))

    def test_visits_of_the_year_before_do_not_count(self):
        car = self._create_car(self._create_customer())
        self._create_visit(car, date_in=NOW.replace(year=2024))
        self.assertEqual(car.dcrc_contact_id.dcrc_visit_count_12m, 0)

    def test_a_grade_is_proposed_and_a_person_decides(self):
        car = self._create_car(self._create_customer())
        for _visit in range(self.dealer.dcrc_grade_a_visits):
            self._create_visit(car)
        customer = self._as(self.specialist, car.dcrc_contact_id)
        self.assertEqual((customer.dcrc_grade, customer.dcrc_grade_proposed), (False, "a"))
        customer.action_dcrc_accept_grade()
        self.assertEqual(customer.dcrc_grade, "a")

    def test_assignment_is_dated_for_the_welcome_within_a_week(self):
        customer = self._create_customer(dcrc_specialist_id=self.specialist.id)
        self.assertEqual(customer.dcrc_assigned_on, TODAY)

    def test_customers_are_shared_by_load_and_weight(self):
        customers = self.env["res.partner"].union(*[self._create_customer() for _i in range(6)])
        self.specialist.dcrc_weight, self.colleague.dcrc_weight = 2, 1
        self._as(self.manager, customers)._dcrc_assign(self.specialist | self.colleague)
        held = customers.mapped("dcrc_specialist_id.login")
        self.assertEqual(len(customers.filtered(lambda c: c.dcrc_specialist_id == self.specialist)), 4, held)

    def test_the_assign_button_refuses_a_team_without_shares(self):
        self.specialist.dcrc_weight = 0
        wizard = self._as(self.manager, "dcrc.assign").create(
            {"partner_ids": self._create_customer().ids, "user_ids": self.specialist.ids}
        )
        with self.assertRaisesRegex(Exception, "at least one specialist"):
            wizard.action_assign()

    def test_a_specialist_does_not_assign(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.assign").create({})

    def test_what_a_person_changed_is_protected_from_older_lists(self):
        customer = self._create_customer()
        customer.street = "渝北区金开大道1号"
        self.assertIn("street", customer.dcrc_centre_edits)

    def test_what_a_list_changed_is_not(self):
        customer = self._create_customer()
        customer.with_context(dcrc_source="dms").street = "渝北区金开大道1号"
        self.assertFalse(customer.dcrc_centre_edits)

    def test_the_customer_list_costs_the_same_for_ten_times_the_customers(self):
        owners = [self._create_car(self._create_customer()).dcrc_contact_id for _i in range(22)]
        few = self.env["res.partner"].union(*owners[:2])
        many = self.env["res.partner"].union(*owners[2:])
        spec = dict.fromkeys(
            ("name", "dcrc_best_number", "dcrc_plates", "dcrc_grade", "dcrc_visit_count_12m", "dcrc_duplicate_ids"), {}
        )
        self.assertEqual(
            self._count_queries(lambda: self._as(self.specialist, few).web_read(spec)),
            self._count_queries(lambda: self._as(self.specialist, many).web_read(spec)),
        )
