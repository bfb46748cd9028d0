from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentFree(AppointmentCase):
    """Which day the dialog shows, and what it says about a full time."""

    def setUp(self):
        super().setUp()
        self.model = self._as(self.specialist, "dcrc.appointment")

    def _find(self, find, days=0, kind="inspection", **kwargs):
        day = str(TODAY + timedelta(days=days))
        found = self.model.get_free_slots(self.kinds[kind].id, day, find=find, **kwargs)
        return found["day"], found["message"]

    def _day(self, days):
        return str(TODAY + timedelta(days=days))

    def _fill_lane(self, *days):
        for day in days:
            starts = ((8, 30), (10, 30), (12, 30), (14, 30)) if day else ((10, 0), (12, 0), (14, 0))
            for hour, minute in starts:
                self._book(hour, minute, days=day, kind="inspection")

    def _close_on(self, *days):
        for day in days:
            self.dealer.dcrc_opening_id.write(
                {
                    "leave_ids": [
                        Command.create(
                            {
                                "name": "放假",
                                "date_from": self._at(0, days=day),
                                "date_to": self._at(24, days=day),
                                "company_id": self.dealer.id,
                            }
                        )
                    ]
                }
            )

    def test_today_is_shown_while_it_has_a_free_time(self):
        self.assertEqual(self._find("near"), (self._day(0), ""))

    def test_full_and_closed_days_are_passed_over(self):
        self._fill_lane(0, 1)
        self._close_on(2, 3)
        self.assertEqual(self._find("near"), (self._day(4), ""))

    def test_in_the_evening_the_next_day_is_shown(self):
        with freeze_time(NOW + timedelta(hours=9)):
            self.assertEqual(self._find("near"), (self._day(1), ""))

    def test_near_an_estimated_day_looks_to_both_sides(self):
        self._fill_lane(10, 11)
        self._close_on(12)
        self.assertEqual(self._find("near", 10), (self._day(9), ""))
        self.assertEqual(self._find("near", 12), (self._day(13), ""))

    def test_the_arrows_pass_over_days_without_a_free_time(self):
        self._fill_lane(1)
        self._close_on(2)
        self.assertEqual(self._find("next"), (self._day(3), ""))
        self.assertEqual(self._find("previous", 3), (self._day(0), ""))

    def test_where_no_free_day_is_left_the_day_stays_and_says_so(self):
        day, message = self._find("previous")
        self.assertEqual(day, self._day(0))
        self.assertIn("No other day", message)
        self.dealer.dcrc_booking_days = 2
        self.assertEqual(self._find("next", 2)[0], self._day(2))

    def test_each_kind_and_adviser_has_its_own_first_day(self):
        wanted = self.resources["advisers"].copy({"name": "李顾问", "capacity": 1, "company_id": self.dealer.id})
        self.env["dcrc.appointment.absence"].create(
            {"resource_id": wanted.id, "start": self._at(0, days=0), "stop": self._at(0, days=5)}
        )
        self._fill_lane(0, 1)
        self.assertEqual(self._find("near")[0], self._day(2))
        self.assertEqual(self._find("near", kind="periodic")[0], self._day(0))
        self.assertEqual(self._find("near", kind="periodic", adviser_id=wanted.id)[0], self._day(5))

    def test_no_day_beyond_what_can_be_booked_is_found(self):
        self.dealer.dcrc_booking_days = 3
        self._close_on(0, 1, 2, 3)
        self.assertIn("No other day", self._find("near")[1])

    def test_looking_far_ahead_costs_no_more_than_one_day(self):
        self._find("near")
        self.env.flush_all()
        counts = []
        for days, find in ((30, None), (30, "near"), (0, "next")):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._find(find, days)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(max(counts[1:]), counts[0])

    def _call_about(self, trigger, **car):
        self.car.write(car)
        rule = self.env["dcrc.followup.rule"].search(
            [("trigger", "=", trigger), ("company_id", "=", self.dealer.id)], limit=1
        )
        return self.env["dcrc.followup"].create(
            {
                "rule_id": rule.id,
                "company_id": self.dealer.id,
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "source_model": "fleet.vehicle",
                "source_id": self.car.id,
                "anchor_date": TODAY + timedelta(days=20),
                "date_start": TODAY,
                "date_due": TODAY,
                "date_expiry": TODAY,
                "purpose": rule.purpose,
                "channel": rule.channel,
            }
        )

    def _booking(self, *args, **car):
        return self.model.get_booking(followup_id=self._call_about(*args, **car).id)

    def test_a_call_about_a_due_service_proposes_its_work_and_day(self):
        due = TODAY + timedelta(days=9)
        info = self._booking("periodic_service", dcrc_next_service_date=due, dcrc_next_service_kind="periodic")
        self.assertEqual((info["kind_id"], info["day"]), (self.kinds["periodic"].id, str(due)))
        self.assertEqual((info["due"], info["settled"]), (self.Appointment._format_day(due), False))

    def test_a_service_past_its_day_is_proposed_for_today(self):
        info = self._booking("past_due", dcrc_next_service_date=TODAY - timedelta(days=40))
        self.assertEqual((info["day"], info["kind_id"]), (str(TODAY), self.kinds["periodic"].id))

    def test_a_service_due_later_than_can_be_booked_is_proposed_for_the_last_day(self):
        info = self._booking("first_service", dcrc_next_service_date=TODAY + timedelta(days=300))
        self.assertEqual((info["day"], info["kind_id"]), (info["last_day"], self.kinds["first"].id))

    def test_a_call_about_a_deadline_proposes_the_first_day(self):
        info = self._booking("inspection")
        self.assertEqual((info["kind_id"], info["day"]), (self.kinds["inspection"].id, str(TODAY)))
        self.assertFalse(info["due"])

    def test_an_appointment_that_is_moved_begins_on_its_own_day(self):
        appointment = self._book(10, days=7)
        info = self.model.get_booking(appointment_id=appointment.id)
        self.assertEqual((info["day"], info["settled"]), (self._day(7), True))
        self.assertEqual(info["now"], appointment._format_moment(appointment.start))

    def _others(self, hour=10, minute=30, **kwargs):
        return self.model.get_alternatives(self.kinds["inspection"].id, str(self._at(hour, minute)), **kwargs)

    def test_a_full_time_names_two_others_without_booking_anything(self):
        booked = self._book(10, 30, kind="inspection")
        found = self._others()
        self.assertIn("fully booked", found["message"])
        self.assertEqual([one["start"] for one in found["alternatives"]], [str(self._at(12, 30)), str(self._at(8, 30))])
        self.assertEqual({one["day"] for one in found["alternatives"]}, {self._day(1)})
        self.assertEqual(self.Appointment.search_count([("company_id", "=", self.dealer.id)]), len(booked))

    def test_a_free_time_needs_no_others(self):
        self.assertEqual(self._others(), {"message": "", "alternatives": []})
        appointment = self._book(10, 30, kind="inspection")
        self.assertFalse(self._others(appointment_id=appointment.id)["message"], "its own place")

    def test_where_nothing_is_free_the_waiting_list_is_named(self):
        self._close_on(*range(17))
        found = self._others()
        self.assertFalse(found["alternatives"])
        self.assertIn("waiting list", found["message"])
