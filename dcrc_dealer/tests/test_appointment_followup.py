from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentFollowup(AppointmentCase):
    """Calls about appointments stand in the one queue (APT-3, APT-5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.env["dcrc.followup.rule"]
        cls.customer.dcrc_specialist_id = cls.specialist
        cls.customer.dcrc_assigned_on = False  # no welcome call beside the ones meant here

    def _plan(self):
        self.env.flush_all()
        return self.Rule._plan(self.dealer)[self.dealer]

    def _mine(self, hour=10, days=3, **vals):
        return self._book(hour, days=days, partner=self.customer, vehicle_id=self.car.id, **vals)

    def _rule(self):
        return self.Rule.search([("trigger", "=", "appointment_confirm"), ("company_id", "=", self.dealer.id)])

    def _confirm(self):
        return self._followups("appointment_confirm")

    def _call(self, followup, code="answered"):
        """Call the customer of an open follow-up once, as the specialist."""
        contact = self._as(self.specialist, followup.contact_id)
        contact._claim()
        call = contact._start_call()
        outcome = self.env.ref(f"dcrc_dealer.call_outcome_{code}")
        return call._finish({"outcome_id": outcome.id, "phone_id": call.phone_id.id})

    def test_the_confirmation_is_called_one_day_before(self):
        appointment = self._mine(days=3)
        self._plan()
        followup = self._confirm()
        self.assertEqual(followup.source_id, appointment.id)
        self.assertEqual((followup.date_start, followup.date_due), (TODAY + timedelta(days=2),) * 2)
        self.assertEqual(followup.date_expiry, TODAY + timedelta(days=3))
        self.assertEqual(followup.state, "planned")

    def test_planning_twice_changes_nothing(self):
        self._mine()
        self._plan()
        self._plan()
        self.assertEqual(len(self._confirm()), 1)

    def test_on_the_day_before_it_stands_in_the_queue(self):
        self._mine(days=3)
        with freeze_time(NOW + timedelta(days=2)):
            self._plan()
            followup = self._confirm()
            self.assertEqual(followup.state, "open")
            self.assertEqual(followup.contact_id.user_id, self.specialist)

    def test_who_agreed_the_time_only_yesterday_is_called_some_hours_before(self):
        self._mine(15, days=1)
        self._plan()
        self.assertEqual(self._confirm().date_start, TODAY + timedelta(days=1))
        with freeze_time(NOW + timedelta(days=1)):
            self._plan()
            self.assertEqual(self._confirm().contact_id.call_after, self._at(12))

    def test_who_agreed_the_time_today_for_today_is_called_some_hours_before(self):
        self._mine(15, days=0)
        followup = self._confirm()
        self.assertEqual((followup.state, followup.contact_id.call_after), ("open", self._at(12, days=0)))

    def test_who_was_just_spoken_to_is_not_called_again(self):
        self._mine(12, days=0)
        self.assertFalse(self._confirm())

    def test_reached_means_confirmed(self):
        appointment = self._mine(days=3)
        with freeze_time(NOW + timedelta(days=2)):
            self._plan()
            self._call(self._confirm())
        self.assertEqual(appointment.state, "confirmed")
        self.assertEqual(self._confirm().state, "done")

    def test_not_reached_leaves_it_booked(self):
        appointment = self._mine(days=3)
        with freeze_time(NOW + timedelta(days=2)):
            self._plan()
            self._call(self._confirm(), "no_answer")
        self.assertEqual(appointment.state, "booked")

    def test_the_script_names_time_work_and_papers(self):
        appointment = self._mine(days=3)
        self._plan()
        followup = self._confirm().with_user(self.specialist)
        parts = followup.rule_id.script_id._render_all(followup)
        self.assertIn("10:00", parts["opening"])
        self.assertIn("Periodic service", parts["opening"])
        self.assertIn(appointment.kind_id.papers, parts["reminder"])
        self.assertIn("Periodic service", followup._get_source_label())

    def test_a_confirmed_moved_or_cancelled_appointment_needs_no_such_call(self):
        for change in ("action_confirm", "action_cancel", "action_arrive"):
            with self.subTest(change):
                appointment = self._mine(days=3)
                self._plan()
                followup = self._followups("appointment_confirm", appointment)
                getattr(appointment, change)()
                self.assertEqual(followup.state, "cancelled")
                self.assertTrue(followup.cancel_reason_id)

    def test_a_moved_appointment_is_confirmed_before_its_new_day(self):
        appointment = self._mine(days=3)
        self._plan()
        old = self._confirm()
        appointment.start = self._at(10, days=5)
        self._plan()
        self.assertEqual(old.state, "cancelled")
        new = self._confirm() - old
        self.assertEqual(new.date_start, TODAY + timedelta(days=4))

    def test_moving_it_during_the_call_leaves_the_call_its_follow_up(self):
        appointment = self._mine(days=3)
        with freeze_time(NOW + timedelta(days=2)):
            self._plan()
            followup = self._confirm()
            contact = self._as(self.specialist, followup.contact_id)
            contact._claim()
            answer = self._ask(14, days=3, appointment_id=appointment.id, followup_id=followup.id)
            self.assertTrue(answer["ok"], answer)
            self.assertEqual(followup.state, "open")
            self._call(followup)
        self.assertEqual((followup.state, appointment.state), ("done", "confirmed"))
        self.assertEqual(appointment.followup_id, followup)

    def test_the_dialog_opened_from_such_a_call_moves_that_appointment(self):
        appointment = self._mine(days=3)
        self._plan()
        model = self._as(self.specialist, "dcrc.appointment")
        self.assertEqual(model.get_booking(followup_id=self._confirm().id)["appointment_id"], appointment.id)
        appointment.action_serve()
        self.assertFalse(model.get_booking(followup_id=self._confirm().id)["appointment_id"])

    def test_a_reminder_that_led_to_a_booking_says_so(self):
        rule = self.Rule.search([("trigger", "=", "periodic_service"), ("company_id", "=", self.dealer.id)], limit=1)
        followup = self.env["dcrc.followup"].create(
            {
                "rule_id": rule.id,
                "company_id": self.dealer.id,
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "source_model": "fleet.vehicle",
                "source_id": self.car.id,
                "purpose": "care",
                "channel": "phone",
                "anchor_date": TODAY,
                "date_start": TODAY,
                "date_due": TODAY,
                "date_expiry": TODAY,
                "state": "open",
            }
        )
        answer = self._ask(10, followup_id=followup.id)
        self.assertEqual(followup.result, "booked")
        self.assertEqual(self.Appointment.browse(answer["appointment_id"]).followup_id, followup)

    def test_a_dealer_calls_three_hours_before_instead(self):
        rule = self._rule()
        rule.lead_days = 0
        appointment = self._mine(15, days=1)
        with freeze_time(NOW + timedelta(days=1)):
            self._plan()
            followup = self._confirm()
            self.assertEqual((followup.date_start, followup.state), (appointment.day, "open"))
            self.assertEqual(followup.contact_id.call_after, self._at(12))

    def test_the_rules_form_says_how_many_it_would_plan(self):
        self._mine(days=3)
        rule = self._rule()
        self.assertRegex(rule.preview, r"\b1 ")

    def _miss(self):
        """An appointment at ten of today to which nobody came."""
        appointment = self._mine(10, days=0)
        appointment.action_no_show()
        return appointment

    def test_who_did_not_come_is_called_at_once(self):
        appointment = self._miss()
        followup = self._followups("appointment_no_show")
        self.assertEqual((followup.source_id, followup.state), (appointment.id, "open"))
        self.assertIn("missed you", followup.rule_id.script_id._render("opening", followup))

    def test_who_came_after_all_is_not_asked_why_not(self):
        appointment = self._miss()
        appointment.action_arrive()
        self.assertEqual(self._followups("appointment_no_show").state, "cancelled")

    def test_who_came_without_the_appointment_is_not_asked_why_not(self):
        self._miss()
        self._create_visit(self.car, date_in=NOW)
        followup = self._followups("appointment_no_show")
        self.assertEqual((followup.state, followup.cancel_reason_id.code), ("cancelled", "appointment_came"))

    def test_who_came_by_another_appointment_is_not_asked_why_not(self):
        self._miss()
        self._mine(14, days=0).action_arrive()
        self.assertEqual(self._followups("appointment_no_show").state, "cancelled")

    def test_who_is_on_the_line_is_left_to_the_call_and_ends_after_it(self):
        self._miss()
        followup = self._followups("appointment_no_show")
        self._as(self.specialist, followup.contact_id)._claim()
        self._create_visit(self.car, date_in=NOW)
        self.assertEqual(followup.state, "open")
        with freeze_time(NOW + timedelta(hours=2)):
            self.Appointment._end_no_show_calls()
        self.assertEqual(followup.state, "cancelled")

    def test_somebody_elses_visit_ends_nothing(self):
        self._miss()
        self._create_visit(date_in=NOW)
        self.assertEqual(self._followups("appointment_no_show").state, "open")

    def test_a_no_show_by_mistake_calls_nobody_and_a_real_one_does(self):
        appointment = self._miss()
        appointment.action_undo()
        followup = self._followups("appointment_no_show")
        self.assertEqual((appointment.state, followup.cancel_reason_id.code), ("booked", "appointment_undone"))
        appointment.action_no_show()
        self.assertEqual(followup.state, "open")

    def test_a_customer_who_wants_no_calls_gets_none(self):
        self.env["dcrc.do.not.contact"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.dealer.id,
                "channel": "phone",
                "purpose": "all",
                "reason_id": self.env["dcrc.reason"].search([("kind", "=", "do_not_contact")], limit=1).id,
                "date": TODAY,
            }
        )
        self._miss()
        self.assertEqual(self._followups("appointment_no_show").block_reason, "do_not_contact")

    def test_lead_times_make_sense(self):
        rule = self._rule()
        with self.assertLogs("odoo.sql_db", "ERROR"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
            rule.lead_days = -1
            self.env.flush_all()

    def test_the_call_stands_on_the_timeline(self):
        self._mine(days=3)
        line = self.env["dcrc.timeline"].search([("partner_id", "=", self.customer.id), ("kind", "=", "appointment")])
        self.assertEqual((line.title, line.date), ("Periodic service", self._at(10, days=3)))
