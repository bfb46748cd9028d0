"""Customers' cars, their owners, deliveries and visits (CUS-2, CUS-3)."""

from datetime import date, datetime

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, DcrcCase, make_vin


@tagged("post_install", "-at_install")
class TestCar(DcrcCase):
    def test_vin_and_plate_are_stored_clean(self):
        car = self._create_car(vin_sn=f" {make_vin(77).lower()} ", license_plate="渝a·8k3p2")
        self.assertEqual((car.vin_sn, car.license_plate), (make_vin(77), "渝A8K3P2"))

    def test_a_wrong_vin_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "17 characters"):
            self._create_car(vin_sn="LS5A3LJM4RD24030")

    def test_a_manager_accepts_a_wrong_check_digit_once_seen(self):
        vin = make_vin(5)
        wrong = vin[:8] + ("1" if vin[8] != "1" else "2") + vin[9:]
        with self.assertRaises(ValidationError) as refused:
            self._create_car(vin_sn=wrong)
        self.assertIn("check digit", str(refused.exception))
        self.assertTrue(self._create_car(vin_sn=wrong, dcrc_vin_accepted=True))

    def test_a_specialist_cannot_accept_a_vin(self):
        car = self._as(self.specialist, self._create_car())
        with self.assertRaises(ValidationError):
            car.action_dcrc_accept_vin()

    def test_a_wrong_plate_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "number plate"):
            self._create_car(license_plate="ABC")

    def test_the_same_vin_twice_at_one_dealer_is_refused(self):
        car = self._create_car()
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_car(vin_sn=car.vin_sn)

    def test_the_same_vin_at_two_dealers_is_two_files(self):
        car = self._create_car()
        self.assertTrue(self._create_car(vin_sn=car.vin_sn, company=self.other_dealer))

    def test_the_owner_is_whom_we_talk_to_else_the_user(self):
        user = self._create_customer()
        car = self._create_car(dcrc_user_id=user.id)
        self.assertEqual(car.dcrc_contact_id, user)
        owner = self._create_customer()
        car.dcrc_owner_id = owner
        self.assertEqual(car.dcrc_contact_id, owner)

    def test_an_owner_of_another_dealer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "same dealer"):
            self._create_car(self._create_customer(company=self.other_dealer), company=self.dealer)

    def test_a_new_owner_closes_the_old_line_and_keeps_it(self):
        old, new = self._create_customer(), self._create_customer()
        car = self._create_car(old, dcrc_delivery_date=date(2025, 1, 1))
        car._dcrc_set_owner(new, TODAY, "dms")
        lines = car.dcrc_link_ids.sorted("id")
        self.assertEqual(lines.mapped("partner_id"), old | new)
        self.assertEqual(lines.mapped("date_to"), [TODAY, False])

    def test_ownership_lines_are_never_deleted(self):
        car = self._create_car(self._create_customer())
        with self.assertRaisesRegex(UserError, "stays on record"):
            car.dcrc_link_ids.unlink()

    def test_a_car_has_one_owner_at_a_time(self):
        car = self._create_car(self._create_customer())
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            car.dcrc_link_ids.copy({"partner_id": self._create_customer().id})

    def test_a_visit_carries_mileage_and_date_over_to_the_car(self):
        car = self._create_car()
        self._create_visit(car, mileage=15000)
        self._create_visit(car, date_in=datetime(2025, 1, 1), mileage=5000)
        self.assertEqual((car.dcrc_mileage, car.dcrc_last_visit_date), (15000, TODAY))

    def test_a_visit_ends_on_the_dealers_own_day(self):
        visit = self._create_visit(date_in=datetime(2026, 10, 13, 15), date_out=datetime(2026, 10, 13, 16, 30))
        self.assertEqual(visit.date, TODAY)

    def test_a_car_cannot_leave_before_it_came(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self._create_visit(date_out=datetime(2020, 1, 1))

    def test_the_same_repair_order_twice_is_refused(self):
        visit = self._create_visit()
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_visit(order_no=visit.order_no)


@tagged("post_install", "-at_install")
class TestTimeline(DcrcCase):
    def _kinds(self, customer):
        self.env.flush_all()
        return self.env["dcrc.timeline"].search(customer._dcrc_timeline_domain()).mapped("kind")

    def test_newest_stands_first(self):
        car = self._create_delivery(date=date(2026, 5, 1)).vehicle_id
        self._create_visit(car)
        self.assertEqual(self._kinds(car.dcrc_contact_id)[0], "visit")

    def test_a_visit_that_another_person_brought_shows_at_the_owner(self):
        car = self._create_car(self._create_customer())
        self._create_visit(car, partner_id=self._create_customer().id)
        self.assertIn("visit", self._kinds(car.dcrc_contact_id))

    def test_five_hundred_entries_are_one_query(self):
        car = self._create_car(self._create_customer())
        self.env["dcrc.service.visit"].create(
            [
                {
                    "order_no": f"T{i}",
                    "vehicle_id": car.id,
                    "kind": "repair",
                    "date_in": NOW,
                    "company_id": self.dealer.id,
                }
                for i in range(500)
            ]
        )
        self.env.flush_all()
        domain = car.dcrc_contact_id._dcrc_timeline_domain()
        with self.assertQueryCount(1):
            entries = self.env["dcrc.timeline"].search_fetch(domain, ["kind", "title"], limit=40)
        self.assertEqual(len(entries), 40)


@tagged("post_install", "-at_install")
class TestOwnFleet(DcrcCase):
    """Fleet's own screens, costs and reports show nothing of customers' cars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env,
            "dcrc_fleet",
            "fleet.fleet_group_manager",
            company_id=cls.dealer.id,
            company_ids=[(6, 0, cls.dealer.ids)],
        )
        cls.customer_car = cls._create_car(cls._create_customer())
        cls.own_car = cls.env["fleet.vehicle"].create({"model_id": cls.model.id, "company_id": cls.dealer.id})

    def test_a_fleet_manager_sees_the_own_fleet_only(self):
        cars = self._as(self.officer, "fleet.vehicle").search([])
        self.assertIn(self.own_car, cars)
        self.assertNotIn(self.customer_car, cars)

    def test_a_specialist_sees_customers_cars_only(self):
        cars = self._as(self.specialist, "fleet.vehicle").search([])
        self.assertIn(self.customer_car, cars)
        self.assertNotIn(self.own_car, cars)

    def test_who_works_with_both_sees_both(self):
        self.officer.group_ids += self.env.ref("dcrc_dealer.group_dcrc_user")
        cars = self._as(self.officer, "fleet.vehicle").search([])
        self.assertEqual(cars & (self.own_car | self.customer_car), self.own_car | self.customer_car)

    def test_a_fleet_manager_cannot_open_a_customers_car(self):
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._as(self.officer, self.customer_car).read(["license_plate"])

    def test_the_cost_report_leaves_customers_cars_out(self):
        self.env["fleet.vehicle.log.services"].create(
            {
                "vehicle_id": self.own_car.id,
                "service_type_id": self.env["fleet.service.type"].search([], limit=1).id,
                "amount": 10,
                "date": "2026-09-01",
            }
        )
        self.env.flush_all()
        cars = self.env["fleet.vehicle.cost.report"].search([]).vehicle_id
        self.assertIn(self.own_car, cars)
        self.assertNotIn(self.customer_car, cars)

    def test_a_customers_car_gets_none_of_fleets_defaults(self):
        car = self.customer_car
        self.assertFalse(car.state_id or car.acquisition_date or car.contract_date_start or car.driver_id)


@tagged("post_install", "-at_install")
class TestCentre(DcrcCase):
    def test_opening_a_centre_twice_changes_nothing(self):
        count = self.env["dcrc.department"].search_count([])
        self.dealer._dcrc_open_centre()
        self.assertEqual(self.env["dcrc.department"].search_count([]), count)

    def test_a_new_company_is_no_dealer_until_its_centre_is_opened(self):
        self.assertFalse(self.env["res.company"].create({"name": "物业公司"}).dcrc_dealer)

    def test_a_language_loaded_later_reaches_the_dealers_copies(self):
        template = self.env.ref("dcrc_dealer.department_template_sales")
        copy = template._dcrc_copy_for(self.dealer)
        self.env["res.lang"]._activate_lang("zh_CN")
        template.update_field_translations("name", {"zh_CN": "销售部"})
        copy._sync_template_translations(["zh_CN"])
        self.assertEqual(copy.with_context(lang="zh_CN").name, "销售部")

    def test_a_new_dealer_gets_the_names_in_every_language_of_the_house(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("dcrc_dealer.department_template_sales")
        template.update_field_translations("name", {"zh_CN": "销售部"})
        company = self.env["res.company"].create({"name": "北碚长安4S店"})
        company.with_context(lang="zh_CN")._dcrc_open_centre()
        copy = template._dcrc_copy_for(company)
        self.assertEqual(copy.with_context(lang="zh_CN").name, "销售部")
        self.assertEqual(copy.with_context(lang="en_US").name, "Sales department")

    def test_a_name_that_the_dealer_changed_stays(self):
        template = self.env.ref("dcrc_dealer.department_template_sales")
        copy = template._dcrc_copy_for(self.dealer)
        copy.with_context(lang="en_US").name = "Show room"
        copy._sync_template_translations(["zh_CN"])
        self.assertEqual(copy.with_context(lang="en_US").name, "Show room")

    def test_the_dealers_day_begins_at_its_own_midnight(self):
        start, end = self.dealer._dcrc_day_bounds(TODAY)
        self.assertEqual((start, end), (datetime(2026, 10, 13, 16), datetime(2026, 10, 14, 16)))
