"""The month's list, its load, and what reminders came to (REM-2, REM-5)."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..tools.spoken import spoken_number
from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestServiceMonth(ReminderCase):
    def _reminder(self, key="first_service", delivered="2026-08-01"):
        car = self._due_car(delivered)
        self._plan()
        return self._of(key, vehicle_id=car.id)

    def _next_month_car(self):
        return self._due_car("2026-09-05")  # due 5 December, called from 21 November

    def test_the_months_list_is_complete_from_the_start(self):
        self.assertEqual(self._reminder(delivered="2026-08-14").date_start, date(2026, 10, 31))

    def test_next_months_list_waits_for_the_last_week(self):
        car = self._next_month_car()
        self._plan()
        self.assertFalse(self._of("first_service", vehicle_id=car.id))

    def test_next_months_list_is_ready_in_the_last_week(self):
        car = self._next_month_car()
        with freeze_time("2026-10-25 02:00:00"):
            self._plan()
        self.assertEqual(self._of("first_service", vehicle_id=car.id).state, "planned")

    def test_the_manager_moves_a_reminder(self):
        reminder = self._reminder()
        self._as(self.manager, reminder)._move(date(2026, 10, 21))
        self.assertEqual((reminder.date_start, reminder.is_moved), (date(2026, 10, 21), True))
        self.assertEqual(reminder.date_due - reminder.date_start, timedelta(days=7))

    def test_a_moved_reminder_stays_where_it_was_put(self):
        reminder = self._reminder()
        self._as(self.manager, reminder)._move(date(2026, 10, 21))
        self.env["dcrc.mileage.reading"].create({"vehicle_id": reminder.vehicle_id.id, "km": 4400})
        self._plan()
        self.assertEqual(reminder.date_start, date(2026, 10, 21))

    def test_the_wizard_levels_the_load(self):
        reminders = self._of("first_service").browse()
        for _n in range(6):
            reminders |= self._reminder()
        move = self._as(self.manager, "dcrc.followup.move").create(
            {"followup_ids": reminders.ids, "mode": "spread", "date": "2026-10-19", "date_to": "2026-10-21"}
        )
        move.action_apply()
        days = sorted(reminders.mapped("date_start"))
        self.assertEqual(days, sorted([date(2026, 10, 19), date(2026, 10, 20), date(2026, 10, 21)] * 2))

    def test_a_specialist_moves_nothing(self):
        reminder = self._reminder()
        with self.assertRaisesRegex(UserError, "Only a manager"):
            self._as(self.specialist, reminder).action_ask_move()
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.followup.move").create({"followup_ids": reminder.ids, "date": "2026-10-19"})

    def test_nothing_is_moved_into_the_past_or_when_begun(self):
        reminder = self._as(self.manager, self._reminder())
        with self.assertRaisesRegex(UserError, "has passed"):
            reminder._move(date(2026, 10, 13))
        reminder.sudo().state = "done"
        with self.assertRaisesRegex(UserError, "nobody has begun"):
            reminder._move(date(2026, 10, 20))


@tagged("post_install", "-at_install")
class TestServiceResult(ReminderCase):
    def _open_reminder(self):
        car = self._due_car("2026-07-25")  # due 25 October, called since 11 October
        self._plan()
        return self._of("first_service", vehicle_id=car.id)

    def _say(self, reminder, **said):
        """Answers by code: an answer's code for a choice, the words for a text."""
        given = {}
        for question in reminder._get_questions():
            value = said.get(question["code"])
            record = self.env["survey.question"].browse(question["id"])
            answers = value and record.suggested_answer_ids
            choice = answers and answers.filtered(lambda a, value=value: a.dcrc_value == value)
            if value:
                given[question["id"]] = {"answer_id": choice.id} if choice else {"text": value}
        self._finish(reminder, "answered", answers={reminder.id: given})

    def test_booked(self):
        reminder = self._open_reminder()
        self._say(reminder, N="booked")
        self.assertEqual((reminder.result, reminder.state, reminder.effective), ("booked", "done", True))

    def test_done_elsewhere_says_where_and_at_what_price(self):
        reminder = self._open_reminder()
        self._say(reminder, N="elsewhere", W="途虎渝北店", P="３８０元", Y="lost_price")
        self.assertEqual(
            (reminder.result, reminder.elsewhere_place, reminder.elsewhere_price), ("elsewhere", "途虎渝北店", 380)
        )
        self.assertEqual(reminder.result_reason_id.code, "lost_price")

    def test_a_service_done_elsewhere_moves_the_next_one(self):
        reminder = self._open_reminder()
        self._say(reminder, N="elsewhere", W="途虎")
        car = reminder.vehicle_id
        self.assertTrue(car.dcrc_forecast_dirty)
        car._dcrc_forecast()
        self.assertEqual(car.dcrc_next_service_kind, "periodic")

    def test_a_service_done_elsewhere_counts_when_told_in_a_later_call_too(self):
        self.rules_by_key["past_due"].survey_id = self.env.ref("dcrc_dealer.survey_reminder")
        car = self._due_car("2026-01-05")
        self._serve(car, date(2026, 3, 1), 1500, kind="first")  # due on 1 September
        self._plan()
        self._say(self._of("past_due", vehicle_id=car.id), N="elsewhere", W="途虎")
        car._dcrc_forecast()
        self.assertEqual((car.dcrc_last_service_date, car.dcrc_next_service_date), (date(2026, 9, 1), date(2027, 3, 1)))

    def test_a_refusal_has_its_reason(self):
        reminder = self._open_reminder()
        self._say(reminder, N="refused", Y="lost_far")
        self.assertEqual((reminder.result, reminder.result_reason_id.code), ("refused", "lost_far"))

    def test_a_place_without_elsewhere_is_not_kept(self):
        reminder = self._open_reminder()
        self._say(reminder, N="will_come", W="somewhere")
        self.assertEqual((reminder.result, reminder.elsewhere_place), ("will_come", False))

    def test_the_mileage_told_is_a_reading(self):
        reminder = self._open_reminder()
        self._say(reminder, N="not_yet", K="3,900 公里")
        reading = reminder.vehicle_id.dcrc_reading_ids
        self.assertEqual((reading.km, reading.source), (3900, "call"))

    def test_nonsense_as_mileage_does_no_harm(self):
        reminder = self._open_reminder()
        self._say(reminder, N="not_yet", K="不知道")
        self.assertFalse(reminder.vehicle_id.dcrc_reading_ids)

    def test_booked_from_another_screen(self):
        reminder = self._open_reminder()
        self._as(self.specialist, reminder)._set_result("booked")
        self.assertEqual(reminder.result, "booked")

    def test_an_appointment_made_in_the_call_stays_its_result_when_only_the_mileage_is_told(self):
        reminder = self._open_reminder()
        self._as(self.specialist, reminder)._set_result("booked")
        self._say(reminder, K="3900")
        self.assertEqual(reminder.result, "booked")

    def test_where_and_why_are_asked_only_of_those_who_do_not_come(self):
        questions = {question["code"]: question for question in self._open_reminder()._get_questions()}
        after = {
            code: {answer["value"] for answer in questions["N"]["answers"] if answer["id"] in question["asked_after"]}
            for code, question in questions.items()
        }
        elsewhere = {"elsewhere"}
        self.assertEqual(
            after, {"N": set(), "Y": {"not_yet", "refused"} | elsewhere, "W": elsewhere, "P": elsewhere, "K": set()}
        )

    def test_the_screen_says_what_is_due(self):
        reminder = self._open_reminder()
        self.assertIn("First service, due about", reminder._get_source_label())
        self.assertEqual(reminder._get_placeholders()["item"], "First service")

    def test_the_call_screen_knows_when_the_car_is_due(self):
        reminder = self._open_reminder()
        payload = self._as(self.specialist, "dcrc.console").open_contact(reminder.contact_id.id)
        notes = [note["text"] for note in payload["cars"][0]["notes"]]
        self.assertTrue(any(note.startswith("First service: ") for note in notes), notes)

    def test_not_reached_gets_a_text_but_no_questionnaire(self):
        reminder = self._open_reminder()
        reminder._fail(self._get_outcome("no_answer"))
        self.assertEqual((reminder.state, reminder.sms_state), ("failed", "queued"))
        self.assertFalse(reminder.link_state)


@tagged("post_install", "-at_install")
class TestServiceSpoken(BaseCase):
    def test_numbers_as_people_say_them(self):
        for text, number in [
            ("1.2万公里", 12000),
            ("12,345 km", 12345),
            ("３８０元", 380),
            ("about 400 yuan", 400),
            ("2k", 2000),
            ("", None),
            (None, None),
            ("不知道", None),
        ]:
            self.assertEqual(spoken_number(text), number, text)
