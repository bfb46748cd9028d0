"""Rooms that a dealer does without: rules, tiles, figures and menus go with them, and come back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .common_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestRooms(FollowupCase):
    def _menus(self, user):
        """Names (of our add-on) of the menus that a user is shown."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return {menu["xmlid"].removeprefix("dcrc_dealer.") for menu in menus.values() if menu.get("xmlid")}

    def _at_risk(self):
        """Plan; return the call about a car about to be lost."""
        car = self._create_car(self._create_customer())
        car.write({"dcrc_stage": "at_risk", "dcrc_stage_since": TODAY})
        self._plan()
        return self.Followup.search([("vehicle_id", "=", car.id), ("rule_id.trigger", "=", "at_risk")])

    def test_menus_and_rules_of_each_room_exist(self):
        triggers = dict(self.Rule._fields["trigger"]._description_selection(self.env))
        for name, room in self.env["res.company"]._dcrc_rooms().items():
            with self.subTest(room=name):
                self.assertIn(f"dcrc_room_{name}", self.dealer._fields)
                self.assertTrue(all(self.env.ref(f"dcrc_dealer.{menu}") for menu in room.menus))
                self.assertLessEqual(set(room.triggers), set(triggers))

    def test_the_manager_switches_a_room_and_its_menus_go(self):
        self.assertIn("lost_car_menu", self._menus(self.manager))
        self._as(self.manager, self.dealer).dcrc_room_retention = False
        self.assertNotIn("lost_car_menu", self._menus(self.manager))
        self.assertIn("menu_dcrc_appointment", self._menus(self.manager))

    def test_who_has_a_dealer_with_the_room_keeps_its_menus(self):
        self.dealer.dcrc_room_retention = False
        self.assertIn("lost_car_menu", self._menus(self.auditor))

    def test_whole_branches_go(self):
        self.dealer.dcrc_room_appointment = False
        self.assertFalse({name for name in self._menus(self.manager) if name.startswith("appointment_")})

    def test_rules_of_a_room_that_is_off_plan_nothing(self):
        self.dealer.dcrc_room_retention = False
        self.assertFalse(self._at_risk())

    def test_what_is_open_ends_and_goes_on_when_it_is_back(self):
        call = self._at_risk()
        self.assertEqual(call.state, "open")
        self.dealer.dcrc_room_retention = False
        self.assertEqual((call.state, call.cancel_reason_id.code), ("cancelled", "rule_off"))
        self.dealer.dcrc_room_retention = True
        self._plan()
        self.assertEqual(call.state, "open")

    def test_another_dealers_room_stays(self):
        self.dealer.dcrc_room_retention = False
        self.assertTrue(self.other_dealer._dcrc_has_room("retention"))
        self.assertEqual(self.other_dealer._dcrc_triggers_off(), [])

    def test_cars_are_judged_only_where_the_room_is_on(self):
        cars = self.env["fleet.vehicle"]
        mine = self._create_car(self._create_customer())
        theirs = self._create_car(self._create_customer(company=self.other_dealer))
        self.dealer.dcrc_room_retention = False
        found = cars.search(cars._dcrc_judge_domain())
        self.assertIn(theirs, found)
        self.assertNotIn(mine, found)

    def test_tiles_go_with_their_room(self):
        console = self._as(self.manager, "dcrc.console")
        keys = {tile["key"] for tile in console.get_today()["tiles"]}
        self.dealer.dcrc_room_appointment = False
        self.assertEqual(keys - {tile["key"] for tile in console.get_today()["tiles"]}, {"appointments"})

    def _invisible(self, view, button):
        arch = self.env.ref(f"dcrc_dealer.{view}")._get_combined_arch()
        return arch.xpath(f"//button[@name='{button}']")[0].get("invisible")

    def test_buttons_go_with_their_room(self):
        car = self._create_car(self._create_customer())
        customer = car.dcrc_owner_id
        self.assertEqual({customer.dcrc_rooms, car.dcrc_rooms}, {" ".join(self.dealer._dcrc_rooms())})
        self.dealer.dcrc_room_appointment = False
        (customer | self.env["res.partner"]).invalidate_recordset()
        self.assertNotIn("appointment", customer.dcrc_rooms)
        self.assertIn("retention", customer.dcrc_rooms)
        for view in ("customer_view_form", "customer_car_view_form"):
            self.assertIn("'appointment' not in dcrc_rooms", self._invisible(view, "action_dcrc_book"))

    def test_nothing_is_booked_where_another_system_books(self):
        customer = self._create_customer()
        booking = self._as(self.specialist, "dcrc.appointment")
        self.dealer.dcrc_room_appointment = False
        with self.assertRaisesRegex(UserError, "switched off"):
            booking.get_booking(partner_id=customer.id)
        with self.assertRaisesRegex(UserError, "switched off"):
            booking.book({"partner_id": customer.id})

    def test_a_call_offers_what_the_dealer_uses(self):
        contact = self._open_first().contact_id
        console = self._as(self.specialist, "dcrc.console")
        self.dealer.dcrc_room_appointment = False
        payload = console.open_contact(contact.id)
        self.assertNotIn("appointment", payload["rooms"])
        self.assertNotIn("appointments", payload)

    def test_the_rule_says_why_it_plans_nothing(self):
        self.dealer.dcrc_room_retention = False
        rule = self.Rule.search([("company_id", "=", self.dealer.id), ("trigger", "=", "at_risk")])
        self.assertIn("switched off", rule.preview)
