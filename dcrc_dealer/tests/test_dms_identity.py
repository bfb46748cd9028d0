"""Who is who and whose car it is (handbook CUS-10)."""

from datetime import date

from odoo.tests import tagged

from .common_dms import DmsCase, sales_row, service_row


@tagged("post_install", "-at_install")
class TestIdentity(DmsCase):
    # -- persons -----------------------------------------------------

    def test_phone_and_name_make_a_person(self):
        self._import("sales", [sales_row(1), sales_row(2, name="客户1", phone="13900000001")])
        self.assertEqual(self._car(1).dcrc_owner_id, self._car(2).dcrc_owner_id)

    def test_two_names_on_one_phone_are_two_persons(self):
        self._import("sales", [sales_row(1), sales_row(2, phone="13900000001")])
        self.assertNotEqual(self._car(1).dcrc_owner_id, self._car(2).dcrc_owner_id)

    def test_the_same_name_with_another_phone_is_somebody_else(self):
        self._import("sales", [sales_row(1, name="王芳"), sales_row(2, name="王芳")])
        self.assertNotEqual(self._car(1).dcrc_owner_id, self._car(2).dcrc_owner_id)

    def test_the_owner_comes_with_another_phone(self):
        self._import("sales", [sales_row(1)])
        self._import("service", [service_row(1, phone="13700000000")])
        owner = self._car(1).dcrc_owner_id
        self.assertEqual(self._car(1).dcrc_visit_ids.partner_id, owner)
        self.assertIn("+8613700000000", owner.dcrc_phone_ids.mapped("number"))

    def test_a_corrected_name_on_the_same_order(self):
        self._import("sales", [sales_row(1, name="王方")])
        owner = self._car(1).dcrc_owner_id
        record = self._import("sales", [sales_row(1, name="王芳")])
        self.assertEqual(self._states(record), ["updated"])
        self.assertEqual((self._car(1).dcrc_owner_id, owner.name), (owner, "王芳"))

    def test_a_file_made_by_hand_is_found(self):
        partner = self._create_customer("客户1", phone="139 0000 0001")
        self._import("sales", [sales_row(1)])
        self.assertEqual(self._car(1).dcrc_owner_id, partner)

    def test_another_dealers_customer_is_not(self):
        partner = self._create_customer("客户1", company=self.other_dealer, phone="13900000001")
        self._import("sales", [sales_row(1)])
        self.assertNotEqual(self._car(1).dcrc_owner_id, partner)

    def test_a_visit_by_nobody_in_particular(self):
        self._import("sales", [sales_row(1)])
        self._import("service", [service_row(1, name="", phone="")])
        self.assertEqual(self._car(1).dcrc_visit_ids.partner_id, self._car(1).dcrc_owner_id)

    # -- owners and users --------------------------------------------

    def test_who_brings_a_car_is_its_user(self):
        self._import("sales", [sales_row(1)])
        self._import("service", [service_row(1, name="送修人", phone="13700000000")])
        car = self._car(1)
        self.assertEqual((car.dcrc_owner_id.name, car.dcrc_user_id.name), ("客户1", "送修人"))
        self.assertEqual(car.dcrc_contact_id, car.dcrc_owner_id)
        self.assertEqual(car.dcrc_visit_ids.partner_id, car.dcrc_user_id)

    def test_the_user_is_the_contact_while_no_owner_is_known(self):
        self._import("service", [service_row(1)])
        car = self._car(1)
        self.assertFalse(car.dcrc_owner_id)
        self.assertEqual(car.dcrc_contact_id.name, "客户1")
        self.assertRecordValues(car.dcrc_link_ids, [{"role": "user", "date_from": date(2026, 10, 10)}])
        self._import("sales", [sales_row(1, name="车主", phone="13700000000")])
        self.assertEqual(car.dcrc_contact_id.name, "车主")

    def test_a_later_sale_changes_the_owner_and_history_stays(self):
        self._import("sales", [sales_row(1)])
        self._import("service", [service_row(1)])
        old = self._car(1).dcrc_owner_id
        changes = []
        vehicle = type(self.env["fleet.vehicle"])
        self.patch(vehicle, "_dcrc_owner_changed", lambda cars, gone: changes.extend(gone))
        again = sales_row(2, vin=sales_row(1)["vin"], plate="渝B00001", date="2026-10-12")
        self._import("sales", [again])
        car = self._car(1)
        self.assertEqual(car.dcrc_owner_id.name, "客户2")
        self.assertEqual([(c.id, o, n) for c, o, n in changes], [(car.id, old, car.dcrc_owner_id)])
        closed = car.dcrc_link_ids.filtered(lambda line: line.partner_id == old)
        self.assertEqual((closed.date_from, closed.date_to), (date(2026, 10, 1), date(2026, 10, 12)))
        self.assertEqual(len(car.dcrc_delivery_ids), 2)
        self.assertEqual(car.dcrc_visit_ids.partner_id, old)

    def test_an_older_sale_changes_no_owner(self):
        self._import("sales", [sales_row(1)])
        self._import("sales", [sales_row(2, vin=sales_row(1)["vin"], date="2025-10-12", color="红")])
        self.assertEqual((self._car(1).dcrc_owner_id.name, self._car(1).color), ("客户1", "星云灰"))
        self.assertEqual(len(self._car(1).dcrc_delivery_ids), 2)

    def test_the_order_of_rows_in_a_list_does_not_matter(self):
        rows = [sales_row(2, vin=sales_row(1)["vin"], date="2026-10-12"), sales_row(1)]
        self._import("sales", rows)
        self.assertEqual(self._car(1).dcrc_owner_id.name, "客户2")

    def test_another_buyer_of_the_same_order_is_a_correction(self):
        self._import("sales", [sales_row(1)])
        self._import("sales", [sales_row(1, name="别人", phone="13700000000")])
        car = self._car(1)
        self.assertEqual((car.dcrc_owner_id.name, car.dcrc_delivery_ids.partner_id.name), ("别人", "别人"))

    def test_an_owner_whom_the_centre_named_since_stays(self):
        self._import("sales", [sales_row(1)])
        buyer = self._create_customer("新车主")
        self._car(1).with_user(self.manager).dcrc_owner_id = buyer
        record = self._import("sales", [sales_row(2, vin=sales_row(1)["vin"], date="2026-10-13")])
        self.assertEqual(self._car(1).dcrc_owner_id, buyer)
        self.assertIn("centre_value", self._reasons(record.row_ids))
        self.assertEqual(self.env["dcrc.dms.difference"].search([]).field_name, "dcrc_owner_id")

    def test_a_car_known_by_its_plate_gets_its_vin(self):
        car = self._create_car(vin_sn=False, license_plate="渝B00001")
        self._import("sales", [sales_row(1)])
        self.assertEqual(self._car(1), car)
