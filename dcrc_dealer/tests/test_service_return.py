"""Return analysis: a visit is credited once, to the contact that led to it (REM-5)."""

from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestServiceReturn(ReminderCase):
    def _reminder(self, **vals):
        car = self._due_car("2026-07-25")
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        if vals:
            reminder.write({"state": "done", "done_on": NOW, "user_id": self.specialist.id, **vals})
        return reminder

    def _row(self, reminder):
        return self.env["dcrc.return.report"].browse(reminder.id)

    def _visit(self, reminder, days, **vals):
        moment = NOW + timedelta(days=days)
        return self._create_visit(reminder.vehicle_id, moment, **{"kind": "first", **vals})

    def test_a_reminder_not_yet_made_is_due_and_no_more(self):
        row = self._row(self._reminder())
        self.assertEqual((row.due, row.contacted, row.came, row.returned), (1, 0, 0, 0))

    def test_contacted_booked_and_came(self):
        reminder = self._reminder(result="booked")
        self._visit(reminder, 5)
        row = self._row(reminder)
        self.assertEqual((row.contacted, row.booked, row.came, row.days), (1, 1, 1, 5))
        self.assertEqual((row.model_id, row.user_id), (self.model, self.specialist))

    def test_after_the_window_the_contact_gets_no_credit(self):
        reminder = self._reminder(result="will_come")
        self._visit(reminder, 31)
        self.assertFalse(self._row(reminder).came)

    def test_the_window_is_the_dealers(self):
        self.dealer.dcrc_return_window_days = 40
        reminder = self._reminder(result="will_come")
        self._visit(reminder, 31)
        self.assertTrue(self._row(reminder).came)

    def test_a_visit_before_the_call_is_not_due_to_it(self):
        reminder = self._reminder(result="will_come")
        self._visit(reminder, -1)
        row = self._row(reminder)
        self.assertEqual((row.came, row.returned), (0, 1))

    def test_a_repair_does_not_answer_a_service(self):
        reminder = self._reminder(result="will_come")
        self._visit(reminder, 5, kind="repair")
        self.assertFalse(self._row(reminder).came)

    def test_only_the_last_contact_before_a_visit_is_credited(self):
        first = self._reminder(result="not_yet")
        days = dict.fromkeys(("anchor_date", "date_start", "date_due", "date_expiry"), TODAY)
        second = first.copy({**days, "state": "done", "done_on": NOW + timedelta(days=3)})
        self._visit(first, 5)
        self.assertEqual((self._row(first).came, self._row(second).came), (0, 1))

    def test_who_came_before_being_called_returned(self):
        reminder = self._reminder()
        self._visit(reminder, 0)
        reminder.vehicle_id._dcrc_forecast()
        self._plan()
        row = self._row(reminder)
        self.assertEqual((reminder.state, row.due, row.contacted, row.returned), ("cancelled", 1, 0, 1))

    def test_who_came_long_before_the_call_was_to_begin_returned(self):
        car = self._due_car("2026-08-01")
        self._plan()
        reminder = self._of("first_service", vehicle_id=car.id)
        reminder._move(date(2026, 11, 5))
        self._visit(reminder, 0)
        car._dcrc_forecast()
        self._plan()
        row = self._row(reminder)
        self.assertEqual((reminder.state, row.due, row.returned), ("cancelled", 1, 1))

    def test_a_sold_car_is_not_in_the_base(self):
        reminder = self._reminder()
        reminder._cancel("owner_changed")
        self.assertFalse(self.env["dcrc.return.report"].search([("followup_id", "=", reminder.id)]))

    def test_who_came_early_came(self):
        reminder = self._reminder()
        self._visit(reminder, -40)
        self.assertTrue(self._row(reminder).returned)

    def test_an_open_month_is_no_rate_yet(self):
        self.dealer.dcrc_rate_minimum = 1
        reminder = self._reminder()
        report = self.env["dcrc.return.report"]
        domain = [("followup_id", "=", reminder.id)]
        self.assertIs(report._read_group(domain, [], ["return_rate:avg"])[0][0], False)
        with freeze_time(NOW + timedelta(days=120)):
            self.env.invalidate_all()
            self.assertIsNot(report._read_group(domain, [], ["return_rate:avg"])[0][0], False)

    def test_the_published_formula_stands_beside(self):
        self.dealer.dcrc_rate_minimum = 1
        came, _away = self._reminder(), self._reminder()
        self._visit(came, 0)
        with freeze_time(NOW + timedelta(days=120)):
            figures = (
                self.env["dcrc.measure"]
                ._find(["return", "return_published"])
                ._get_figures(self.dealer, TODAY - timedelta(days=60), TODAY + timedelta(days=30))
            )
        for figure in figures:
            self.assertEqual((figure.numerator, figure.denominator, figure.value), (1, 2, 50.0))

    def test_a_rate_of_few_cases_says_nothing(self):
        self.dealer.dcrc_rate_minimum = 3
        for _n in range(2):
            self._reminder(result="will_come")
        domain = [("company_id", "=", self.dealer.id)]
        self.assertIs(self.env["dcrc.return.report"]._read_group(domain, [], ["came_rate:avg"])[0][0], False)

    def test_rates_are_means_over_the_rows(self):
        self.dealer.dcrc_rate_minimum = 1
        for came in (True, False):
            reminder = self._reminder(result="will_come")
            if came:
                self._visit(reminder, 5)
        groups = self.env["dcrc.return.report"]._read_group(
            [("company_id", "=", self.dealer.id)], ["kind"], ["due:sum", "came:sum", "came_rate:avg"]
        )
        self.assertEqual(groups, [("first_service", 2, 1, 50.0)])

    def test_reasons_are_counted(self):
        self._reminder(result="refused", result_reason_id=self.env.ref("dcrc_dealer.reason_lost_no_time").id)
        groups = self.env["dcrc.return.report"]._read_group([("reason_id", "!=", False)], ["reason_id"], ["__count"])
        self.assertEqual([(reason.code, count) for reason, count in groups], [("lost_no_time", 1)])

    def test_a_visit_of_the_last_evening_is_in_time_on_the_dealers_clock(self):
        reminder = self._reminder()
        last = reminder.date_expiry + timedelta(days=self.dealer.dcrc_return_window_days)
        midnight = datetime.combine(last, datetime.min.time()) - timedelta(hours=8)  # in Shanghai
        late = self._create_visit(reminder.vehicle_id, midnight, kind="first")
        self.assertFalse(self._row(reminder).returned)
        late.date_in = midnight - timedelta(minutes=1)
        self.env.invalidate_all()
        self.assertTrue(self._row(reminder).returned)

    def test_the_service_before_is_no_return_however_early_in_the_morning(self):
        reminder = self._reminder()
        reminder.service_base_date = date(2026, 10, 1)
        visit = self._create_visit(reminder.vehicle_id, datetime(2026, 10, 1, 15, 59), kind="first")
        self.assertFalse(self._row(reminder).returned)
        visit.date_in = datetime(2026, 10, 1, 16, 0)  # 2 October in Shanghai
        self.env.invalidate_all()
        self.assertTrue(self._row(reminder).returned)

    def test_the_screen_shows_the_two_rates_of_the_last_six_settled_months(self):
        self.dealer.dcrc_rate_minimum = 1
        came, _away = self._reminder(), self._reminder()
        self._visit(came, 0)
        with freeze_time(NOW + timedelta(days=120)):
            told = self._as(self.director, "dcrc.return.report").get_return_figures()
            shown = [(figure["code"], figure["value"], bool(figure["formula"])) for figure in told["figures"]]
        self.assertEqual(shown, [("return", 50.0, True), ("return_published", 50.0, True)])
        self.assertEqual((told["start"], told["stop"]), ("2026-07-01", "2026-12-31"))

    def test_another_dealer_sees_nothing(self):
        self._reminder()
        self.assertFalse(self._as(self.stranger, "dcrc.return.report").search([]))
        self.assertTrue(self._as(self.director, "dcrc.return.report").search([]))

    def test_midnight_belongs_to_the_day_of_the_visit(self):
        reminder = self._reminder(result="booked")
        self._create_visit(reminder.vehicle_id, datetime(2026, 11, 13, 1, 59), kind="first")
        self.assertTrue(self._row(reminder).came)
