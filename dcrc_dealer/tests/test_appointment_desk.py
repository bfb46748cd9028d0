"""The service desk says who came, and honours its guests (APT-4, APT-5, APT-7)."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentDesk(AppointmentCase):
    def _move(self, appointment, move, user=None):
        return self._as(user or self.workshop, "dcrc.appointment").move_on_board(appointment.id, move)

    def _card(self, user=None):
        [hour] = self._as(user or self.workshop, "dcrc.appointment").get_board()["days"][0]["hours"]
        return hour["cards"][0]

    def _tag(self, name):
        self.customer.category_id = self.env.ref(f"dcrc_dealer.res_partner_category_{name}")

    def _mine(self, hour=10, minute=30, **vals):
        return self._book(hour, minute, days=0, partner=self.customer, vehicle_id=self.car.id, **vals)

    # -- who came ----------------------------------------------------------

    def test_the_service_desk_marks_who_came_and_takes_it_back(self):
        appointment = self._mine()
        board = self._move(appointment, "arrive")
        self.assertEqual((appointment.state, board["days"][0]["counts"]["here"]), ("arrived", 1))
        self._move(appointment, "undo")
        self.assertEqual(appointment.state, "booked")

    def test_who_did_not_come_is_marked_after_the_time_and_not_before(self):
        appointment = self._mine()
        self.assertEqual(self._card()["moves"], ["arrive"])
        with self.assertRaises(UserError):
            self._move(appointment, "no_show")
        with freeze_time(NOW + timedelta(hours=1)):
            self._move(appointment, "no_show")
            self.assertEqual(self._card()["moves"], ["arrive", "undo"])
            self._move(appointment, "undo")
        self.assertEqual(appointment.state, "late")

    def test_at_the_very_minute_of_the_time_somebody_may_be_missing(self):
        self._mine(hour=10, minute=30)
        with freeze_time(NOW + timedelta(minutes=30)):
            self.assertIn("no_show", self._card()["moves"])

    def test_the_desk_does_no_more_than_that(self):
        appointment = self._mine()
        with self.assertRaises(AccessError):
            self._as(self.workshop, appointment).write({"state": "arrived"})
        with self.assertRaises(UserError):
            self._move(appointment, "cancel")

    def test_who_only_reads_marks_nothing(self):
        appointment = self._mine()
        for user in (self.director, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._move(appointment, "arrive", user)
            self.assertFalse(self._as(user, "dcrc.appointment").get_board()["can_move"])

    def test_another_dealers_appointment_is_on_nobody_elses_board(self):
        with self.assertRaises(AccessError):
            self._move(self._mine(), "arrive", self.stranger)

    def test_a_day_to_come_has_nobody_to_mark(self):
        appointment = self._book(10, days=1)
        with self.assertRaises(UserError):
            self._move(appointment, "arrive")

    # -- guests ------------------------------------------------------------

    def test_the_board_names_who_receives_and_sees_off_a_vip(self):
        self._tag("vip")
        self.dealer.write({"dcrc_host_id": self.manager.id, "dcrc_host_place": "贵宾室"})
        self._mine()
        guest = {"label": "VIP", "host": self.manager.name, "farewell": self.manager.name, "place": "贵宾室"}
        self.assertEqual(self._card()["guest"], guest)

    def test_an_appointment_may_name_its_own_host(self):
        self._tag("corporate_fleet")
        self.dealer.dcrc_host_id = self.manager
        self._mine(host_id=self.director.id, farewell_id=self.manager.id)
        guest = self._card()["guest"]
        self.assertEqual((guest["host"], guest["farewell"]), (self.director.name, self.manager.name))

    def test_the_owner_of_the_car_counts_too(self):
        self._tag("corporate_fleet")
        driver = self._create_customer("李强")
        self._book(10, 30, days=0, partner=driver, vehicle_id=self.car.id)
        self.assertTrue(self._card()["guest"])

    def test_all_others_are_received_as_always(self):
        self._mine()
        self.assertFalse(self._card()["guest"])

    def test_nobody_named_is_said(self):
        self._tag("vip")
        self._mine()
        self.assertEqual(self._card()["guest"]["host"], "")
        day = self.env["dcrc.appointment.day"]._get(self.dealer, NOW.date())
        report = self.env["ir.actions.report"].with_user(self.workshop).with_company(self.dealer)
        html = report._render_qweb_html("dcrc_dealer.appointment_sheet", day.ids)[0].decode()
        self.assertIn("who receives is not named", html)
