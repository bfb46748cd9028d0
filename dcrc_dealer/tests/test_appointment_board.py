from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentBoard(AppointmentCase):
    """The service desk's board, its sheet, and the end of the day (APT-4)."""

    def _board(self, user, **kwargs):
        return self._as(user, "dcrc.appointment").with_company(self.dealer).get_board(**kwargs)

    def _cards(self, board, index=0):
        return [card for hour in board["days"][index]["hours"] for card in hour["cards"]]

    def _mine(self, hour=10, days=1, **vals):
        return self._book(hour, days=days, partner=self.customer, vehicle_id=self.car.id, **vals)

    def test_the_board_shows_three_days_by_the_hour(self):
        for days in (0, 1, 2, 3):
            self._book(14, days=days)
        board = self._board(self.specialist)
        self.assertEqual([day["title"] for day in board["days"]], ["Today", "Tomorrow", "Day after tomorrow"])
        self.assertEqual([day["counts"]["total"] for day in board["days"]], [1, 1, 1])
        self.assertEqual(board["days"][0]["hours"][0]["hour"], "14:00")
        self.assertEqual(board["time"], "10:00")

    def test_the_service_department_sees_names_and_masked_phones(self):
        self._mine(phone="+8613800138000")
        [card] = self._cards(self._board(self.workshop), 1)
        self.assertEqual((card["phone"], card["name"]), ("138****8000", "Ms 王"))
        self.assertEqual(card["plate"], self.car.license_plate)
        self.assertFalse(self._board(self.workshop)["can_edit"])

    def test_a_department_contact_of_another_department_sees_nothing(self):
        self._mine()
        self.service.member_ids = False
        self.sales.member_ids = self.workshop
        self.assertFalse(self._cards(self._board(self.workshop), 1))

    def test_the_department_sees_no_more_than_the_next_days(self):
        near, far = self._mine(days=2), self._mine(days=9)
        seen = self._as(self.workshop, "dcrc.appointment").search([])
        self.assertIn(near, seen)
        self.assertNotIn(far, seen)

    def test_the_department_cannot_read_the_number_or_the_link(self):
        appointment = self._as(self.workshop, self._mine())
        for name in ("phone", "access_token"):
            with self.subTest(name), self.assertRaises(AccessError):
                appointment.read([name])
        self.assertRegex(appointment.phone_masked, r"\*\*\*\*")

    def test_a_look_at_the_number_is_logged(self):
        appointment = self._as(self.workshop, self._mine(phone="+8613900001111"))
        self.assertEqual(appointment.phone_masked, "139****1111")
        self.assertEqual(appointment._dcrc_reveal("call")["params"]["message"], "+8613900001111")
        last = self.env["dcrc.reveal"].search([], limit=1, order="id desc")
        self.assertEqual((last.user_id, last.partner_id), (self.workshop, self.customer))

    def test_the_other_dealers_board_is_empty(self):
        self._mine()
        board = self._as(self.stranger, "dcrc.appointment").with_company(self.other_dealer).get_board()
        self.assertEqual([day["counts"]["total"] for day in board["days"]], [0, 0, 0])

    def test_headquarters_and_director_read_but_do_not_change(self):
        self._mine()
        for user in (self.director, self.auditor):
            board = self._board(user)
            self.assertEqual((len(self._cards(board, 1)), board["can_edit"]), (1, False))

    def test_cancelled_appointments_leave_the_board(self):
        appointment = self._mine()
        appointment.action_cancel()
        self.assertFalse(self._cards(self._board(self.specialist), 1))

    def test_late_and_arrived_are_counted(self):
        self._mine(14, days=0).state = "late"
        self._book(15, days=0).action_arrive()
        counts = self._board(self.specialist)["days"][0]["counts"]
        self.assertEqual(counts, {"total": 2, "here": 1, "late": 1})

    def _close(self, user=None):
        day = self.env["dcrc.appointment.day"]._get(self.dealer, TODAY)
        return day, self._as(user or self.specialist, day).action_close()

    def test_closing_the_day_turns_who_is_missing_into_no_shows_and_prints(self):
        missing, came = self._mine(14, days=0), self._book(15, days=0)
        came.action_arrive()
        with freeze_time(NOW + timedelta(hours=8)):
            day, action = self._close()
        self.assertEqual((missing.state, came.state), ("no_show", "arrived"))
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(day.closed_by, self.specialist)
        self.assertEqual((day.total, day.came, day.no_show, day.expected), (2, 1, 1, 0))
        self.assertEqual(self._board(self.specialist)["days"][0]["closed_on"], "18:00")

    def test_the_day_is_not_closed_while_somebody_is_still_expected(self):
        self._mine(16, days=0)
        with self.assertRaisesRegex(UserError, "is expected"):
            self._close()

    def test_a_day_is_closed_once(self):
        self._close()
        with self.assertRaisesRegex(UserError, "closed already"):
            self._close()

    def test_the_department_does_not_close_the_day(self):
        with self.assertRaises(AccessError):
            self._close(self.workshop)

    def test_tomorrow_cannot_be_closed_today(self):
        day = self.env["dcrc.appointment.day"]._get(self.dealer, TODAY + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "not come yet"):
            self._as(self.specialist, day).action_close()

    def test_the_menu_opens_todays_board_and_only_one(self):
        model = self._as(self.specialist, "dcrc.appointment.day").with_company(self.dealer)
        first, second = model.action_open_today(), model.action_open_today()
        self.assertEqual(first["res_id"], second["res_id"])

    def _sheet(self, user, day):
        report = self.env["ir.actions.report"].with_user(user).with_company(self.dealer)
        return report._render_qweb_html("dcrc_dealer.appointment_sheet", day.ids)[0].decode()

    def test_the_sheet_has_three_days_with_masked_numbers(self):
        self._mine(phone="+8613800138000", items="异响检查", benefits="免费洗车")
        day = self.env["dcrc.appointment.day"]._get(self.dealer, TODAY)
        for user in (self.specialist, self.workshop):
            html = self._sheet(user, day)
            for text in ("138****8000", "异响检查", "免费洗车", self.car.license_plate, "No appointment"):
                self.assertIn(text, html)
            self.assertNotIn("13800138000", html)

    def test_a_closed_day_prints_the_three_days_after_it(self):
        day = self.env["dcrc.appointment.day"]._get(self.dealer, TODAY)
        days = [d["day"] for d in day._get_sheet()]
        self.assertEqual(days, ["2026-10-14", "2026-10-15", "2026-10-16", "2026-10-17"], "the next three, after today")
        day.closed_on = NOW
        self.assertEqual([d["day"] for d in day._get_sheet()], ["2026-10-15", "2026-10-16", "2026-10-17"])

    def test_the_board_costs_the_same_with_many_appointments(self):
        for key in ("advisers", "service"):
            self.resources[key].capacity = 60
        self._book(10)
        self._count_queries()
        few = self._count_queries()
        for _n in range(30):
            self._book(11)
        self._count_queries()
        self.assertLessEqual(self._count_queries(), few)

    def test_today_counts_what_is_to_be_confirmed_and_opens_it(self):
        self._mine(days=1)
        self._book(11).action_confirm()
        tiles = self._as(self.specialist, "dcrc.console").with_company(self.dealer).get_today()["tiles"]
        tile = next(tile for tile in tiles if tile["key"] == "appointments")
        self.assertEqual(tile["count"], 1)
        opened = self._as(self.specialist, tile["action"]["res_model"]).search(tile["action"]["domain"])
        self.assertEqual(len(opened), 1)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._board(self.specialist)
        return self.env.cr.sql_log_count - before
