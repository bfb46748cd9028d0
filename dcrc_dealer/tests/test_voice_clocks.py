"""Time limits of complaints side by side (CMP-2, CMP-5, CMP-7): who is told when, and what stands still."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from .common import NOW
from .common_voice import ComplaintCase


class TestComplaintClocks(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Clock = cls.env["dcrc.clock"]

    def _clock(self, complaint, kind):
        domain = self.Clock._domain_of(complaint) & fields.Domain("kind", "=", kind)
        return self.Clock.search(domain, order="id desc", limit=1)

    def _local(self, *moment):
        return self.dealer._dcrc_to_utc(datetime(*moment))

    def _climb_at(self, moment):
        with freeze_time(moment):
            while self.Clock._climb_batch(self.dealer):
                pass
            self.env["dcrc.clock.climb"]._tell(self.dealer)

    def _told(self, complaint, kind):
        clock = self._clock(complaint, kind)
        climbs = self.env["dcrc.clock.climb"].search([("clock_id", "=", clock.id), ("warning", "=", False)])
        return climbs.filtered("told_on").mapped(lambda line: line.user_id.login or line.email)

    # -- three side by side -------------------------------------------------------

    def test_contact_and_solution_run_from_the_beginning(self):
        complaint = self._complain()
        self.assertEqual(self._clock(complaint, "complaint_contact").due_on, NOW + timedelta(hours=2))
        self.assertEqual(self._clock(complaint, "complaint_solution").due_on, self._local(2026, 10, 17, 17, 30))
        self.assertFalse(self._clock(complaint, "complaint_callback"))

    def test_what_comes_at_a_minute_to_closing_goes_on_next_morning(self):
        with freeze_time(self._local(2026, 10, 14, 17, 29)):
            complaint = self._complain()
        self.assertEqual(self._clock(complaint, "complaint_contact").due_on, self._local(2026, 10, 15, 10, 29))

    def test_contact_meets_the_first_and_done_the_second(self):
        complaint = self._complain()
        self._settle(complaint)
        states = {
            kind: self._clock(complaint, f"complaint_{kind}").state for kind in ("contact", "solution", "callback")
        }
        self.assertEqual(states, {"contact": "met", "solution": "met", "callback": "running"})
        self.assertEqual(complaint.callback_due, self._local(2026, 10, 17, 17, 30))

    def test_the_level_sets_the_time_for_the_solution(self):
        complaint = self._complain()
        for level, day in (("2", 16), ("3", 15)):
            complaint.severity = level
            with self.subTest(level=level):
                self.assertEqual(
                    self._clock(complaint, "complaint_solution").due_on, self._local(2026, 10, day, 17, 30)
                )

    def test_a_new_round_has_clocks_of_its_own(self):
        complaint = self._complain()
        self._settle(complaint)
        self._call_back(complaint, 1)
        self.assertRecordValues(self._clock(complaint, "complaint_contact"), [{"run": 2, "state": "running"}])
        self.assertRecordValues(self._clock(complaint, "complaint_solution"), [{"run": 2, "state": "running"}])
        self.assertEqual(self._clock(complaint, "complaint_callback").state, "met")

    def test_the_general_managers_signature_stops_all(self):
        complaint = self._complain(manufacturer_due=NOW + timedelta(days=2))
        self._sign(complaint)
        self.assertFalse(complaint.clock_ids.filtered(lambda clock: clock.state in ("running", "paused")))

    # -- standing still -------------------------------------------------------------

    def test_the_solution_stands_still_for_a_reason_only(self):
        complaint = self._complain()
        for vals in ({"words": " ", "waits_for": "parts"}, {"words": "等配件"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._take(complaint, "wait", **vals)
        self._take(complaint, "wait", words="等变速箱总成", waits_for="parts")
        self.assertEqual(self._clock(complaint, "complaint_solution").state, "paused")
        self.assertEqual(self._clock(complaint, "complaint_contact").state, "running")

    def test_what_has_run_is_kept_over_a_pause(self):
        complaint = self._complain()
        self._take(complaint, "wait", words="等配件", waits_for="parts")
        with freeze_time(NOW + timedelta(days=2)):
            self._as(self.specialist, complaint).action_go_on()
        self.assertEqual(self._clock(complaint, "complaint_solution").due_on, self._local(2026, 10, 19, 17, 30))

    def test_no_edit_lets_a_clock_stand_still(self):
        with self.assertRaises(UserError):
            self._complain().waits_for = "parts"

    # -- ladder ---------------------------------------------------------------------

    def test_nobody_called_climbs_from_head_to_manager_to_general_manager(self):
        complaint = self._complain(department_id=self.service.id)
        told = []
        for minutes in (121, 181, 361):
            self._climb_at(NOW + timedelta(minutes=minutes))
            told.append(self._told(complaint, "complaint_contact")[-1])
        self.assertEqual(told, ["dcrc_workshop", "dcrc_manager", "dcrc_director"])

    def test_a_major_one_climbs_to_the_manufacturer_by_mail(self):
        self.dealer.write({"dcrc_region_email": "region@example.com", "dcrc_headquarters_email": "hq@example.com"})
        complaint = self._complain(severity="3")
        self._climb_at(NOW + timedelta(minutes=121))
        self._climb_at(NOW + timedelta(minutes=301))
        self.assertIn("region@example.com", self._told(complaint, "complaint_contact"))
        mail = self.env["mail.mail"].search([("email_to", "=", "region@example.com")])
        self.assertIn(complaint.name, mail.body_html)

    def test_a_step_without_an_address_says_so_and_the_next_goes_on(self):
        rule = self.env["dcrc.clock.rule"].search(
            [("company_id", "=", self.dealer.id), ("kind", "=", "complaint_contact"), ("level", "=", "3")]
        )
        step = rule.step_ids.filtered(lambda step: step.target == "maker_region")
        self.assertTrue(step.tells_nobody)
        self.dealer.dcrc_headquarters_email = "hq@example.com"
        complaint = self._complain(severity="3")
        for minutes in (121, 300, 560, 900, 1300, 1900, 2600, 3300, 4000):
            self._climb_at(NOW + timedelta(minutes=minutes))
        self.assertIn("hq@example.com", self._told(complaint, "complaint_contact"))

    def test_a_department_without_a_head_is_the_managers(self):
        self.service.responsible_id = False
        complaint = self._complain(department_id=self.service.id)
        self._climb_at(NOW + timedelta(minutes=121))
        self.assertEqual(self._told(complaint, "complaint_contact"), ["dcrc_manager"])

    def test_who_has_left_is_passed_over(self):
        complaint = self._complain(department_id=self.service.id, handler_id=self.colleague.id)
        self.colleague.active = False
        self.assertEqual(complaint._get_in_charge(complaint._get_managers()), self.workshop)
        self.workshop.active = False
        self.assertEqual(complaint._get_head(complaint._get_managers()), self.manager)

    def test_a_ladder_with_the_same_person_twice_tells_once_a_step(self):
        rule = self.env["dcrc.clock.rule"].search(
            [("company_id", "=", self.dealer.id), ("kind", "=", "complaint_contact"), ("level", "=", False)]
        )
        steps = [
            {"after_minutes": 0, "target": "manager"},
            {"after_minutes": 60, "target": "user", "user_id": self.manager.id},
        ]
        rule.step_ids = [Command.clear(), *map(Command.create, steps)]
        complaint = self._complain()
        for minutes in (121, 125, 185, 190):
            self._climb_at(NOW + timedelta(minutes=minutes))
        self.assertEqual(self._told(complaint, "complaint_contact"), ["dcrc_manager"] * 2)

    # -- deadlines of others ----------------------------------------------------------

    def test_the_manufacturers_deadline_is_its_own_clock(self):
        due = NOW + timedelta(days=2, hours=3)
        complaint = self._complain(source="manufacturer", manufacturer_due=due)
        clock = self._clock(complaint, "complaint_manufacturer")
        self.assertRecordValues(clock, [{"due_on": due, "warn_on": due - timedelta(days=1)}])
        complaint.manufacturer_due = due + timedelta(days=1)
        self.assertEqual(self._clock(complaint, "complaint_manufacturer").due_on, due + timedelta(days=1))
        self.assertEqual(len(complaint.clock_ids.filtered(lambda c: c.kind == "complaint_manufacturer")), 1)

    def test_the_authority_has_seven_working_days(self):
        complaint = self._complain(source="authority")
        # Wednesday 14 October; weekends don't count
        self.assertEqual(self._clock(complaint, "authority_accept").due_on, self._local(2026, 10, 23, 17, 30))
        complaint.authority_accepted_on = NOW
        self.assertEqual(self._clock(complaint, "authority_accept").state, "met")
        self.assertEqual(self._clock(complaint, "authority_mediation").due_on, self._local(2026, 12, 16, 17, 30))

    def test_a_worked_sunday_counts_for_the_authority_and_a_holiday_does_not(self):
        calendar = self.dealer.dcrc_opening_id
        self.env["dcrc.opening.day"].create({"calendar_id": calendar.id, "date": "2026-10-18"})
        day = (self._local(2026, 10, 20), self._local(2026, 10, 21))
        vals = {"name": "假日", "calendar_id": calendar.id, "company_id": self.dealer.id, "time_type": "leave"}
        self.env["resource.calendar.leaves"].create({**vals, "date_from": day[0], "date_to": day[1]})
        complaint = self._complain(source="authority")
        self.assertEqual(self._clock(complaint, "authority_accept").due_on, self._local(2026, 10, 23, 17, 30))

    def test_two_hours_over_the_spring_festival_are_two_hours_of_the_house(self):
        calendar = self.dealer.dcrc_opening_id
        vals = {"name": "春节", "calendar_id": calendar.id, "company_id": self.dealer.id, "time_type": "leave"}
        festival = {"date_from": self._local(2027, 2, 5), "date_to": self._local(2027, 2, 12)}
        self.env["resource.calendar.leaves"].create({**vals, **festival})
        with freeze_time(self._local(2027, 2, 4, 17, 0)):
            complaint = self._complain()
        self.assertEqual(self._clock(complaint, "complaint_contact").due_on, self._local(2027, 2, 12, 10, 0))

    # -- whose turn --------------------------------------------------------------------

    def test_the_form_says_whose_turn_it_is(self):
        complaint = self._complain()
        self.assertEqual((complaint.turn_user_id, complaint.turn), (self.specialist, "Call the customer"))
        self._investigate(complaint)
        self.assertEqual((complaint.turn_user_id, complaint.turn), (self.workshop, "Find the cause"))
        self._propose(complaint, 2500)
        self.assertEqual(complaint.turn, "General manager approves")

    def test_the_list_of_the_uncalled_is_those_whose_two_hours_are_over(self):
        late, called = self._complain(), self._complain()
        self._take(called, "contact")
        with freeze_time(NOW + timedelta(hours=3)):
            fresh = self._complain()
            self.assertEqual(self.env["dcrc.complaint"].search([("listed", "in", ["uncalled"])]), late)
        self.assertEqual(fresh.state, "received")
