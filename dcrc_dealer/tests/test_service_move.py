"""The manager levels the month: days, weekends, people, with the load before and after (REM-2)."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_service_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestServiceMove(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cars = [cls._due_car("2026-08-01") for _number in range(6)]
        cls._plan()
        domain = [
            ("rule_id", "=", cls.rules_by_key["first_service"].id),
            ("vehicle_id", "in", [car.id for car in cars]),
        ]
        cls.reminders = cls.env["dcrc.followup"].search(domain)  # all begin on 18 October

    def _move(self, **vals):
        wizard = self._as(self.manager, "dcrc.followup.move")
        return wizard.create({"followup_ids": self.reminders.ids, "company_id": self.dealer.id, **vals})

    def _days(self):
        return sorted(self.reminders.mapped("date_start"))

    def test_busy_days_get_less(self):
        (self.reminders[4] | self.reminders[5])._move(date(2026, 10, 20))
        self.reminders -= self.reminders[4] | self.reminders[5]
        self._move(mode="spread", date="2026-10-20", date_to="2026-10-21").action_apply()
        self.assertEqual(self._days(), [date(2026, 10, 20)] + [date(2026, 10, 21)] * 3)

    def test_all_on_one_day(self):
        self._move(mode="day", date="2026-10-22").action_apply()
        self.assertEqual(set(self._days()), {date(2026, 10, 22)})

    def test_each_some_days_later(self):
        self._move(mode="shift", days=3).action_apply()
        self.assertEqual(set(self._days()), {date(2026, 10, 21)})

    def test_weekends_are_left_out_where_wished(self):
        wizard = self._move(mode="spread", date="2026-10-23", date_to="2026-10-26", skip_weekend=True)
        wizard.action_apply()
        self.assertEqual(self._days(), [date(2026, 10, 23)] * 3 + [date(2026, 10, 26)] * 3)

    def test_a_day_of_the_weekend_becomes_the_monday_after(self):
        self._move(mode="day", date="2026-10-24", skip_weekend=True).action_apply()
        self.assertEqual(set(self._days()), {date(2026, 10, 26)})

    def test_people_share_them_evenly_on_the_same_days(self):
        team = self.specialist | self.colleague
        self._move(mode="stay", user_ids=team.ids).action_apply()
        self.assertEqual([len(self.reminders.filtered(lambda r, u=u: r.user_id == u)) for u in team], [3, 3])
        self.assertEqual(set(self._days()), {date(2026, 10, 18)})
        self.assertFalse(any(self.reminders.mapped("is_moved")))

    def test_nobody_from_elsewhere_gets_one(self):
        with self.assertRaisesRegex(UserError, "not a specialist"):
            self._move(mode="stay", user_ids=self.workshop.ids).action_apply()

    def test_the_load_is_seen_before_and_after(self):
        wizard = self._move(mode="spread", date="2026-10-19", date_to="2026-10-21")
        told = [line.split() for line in wizard.preview.splitlines()]
        self.assertEqual([line[2:] for line in told], [["6", "→", "0"], *[["0", "→", "2"]] * 3])

    def test_the_form_says_what_is_wrong_before_one_applies(self):
        with Form(
            self._as(self.manager, "dcrc.followup.move").with_context(default_followup_ids=self.reminders.ids)
        ) as form:
            form.mode = "spread"
            form.date = "2026-10-21"
            form.date_to = "2026-10-20"
            self.assertIn("before the first", form.preview)
            form.date_to = "2027-10-20"
            self.assertIn("62 days or fewer", form.preview)
            form.date_to = "2026-10-22"

    def test_a_day_that_has_passed_is_refused(self):
        with self.assertRaisesRegex(UserError, "has passed"):
            self._move(mode="shift", days=-10).action_apply()

    def test_the_load_is_asked_for_as_often_for_many_as_for_few(self):
        def count(reminders):
            days = {"date": "2026-10-19", "date_to": "2026-10-25"}
            wizard = self._move(mode="spread", followup_ids=reminders.ids, **days)
            return self._count_queries(lambda: wizard.preview)

        count(self.reminders[:1])
        self.assertEqual(count(self.reminders[:2]), count(self.reminders))

    def test_rules_say_whether_they_count_back(self):
        self.assertEqual(self.rules_by_key["first_service"].starts, "2 weeks before")
        self.assertEqual(self.rules_by_key["past_due"].starts, "1 months after")
