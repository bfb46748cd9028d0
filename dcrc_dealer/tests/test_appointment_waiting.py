from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentWaiting(AppointmentCase):
    """A place that becomes free offers itself to those who wanted it."""

    def _wait(self, kind="inspection", partner=None, first=1, last=1, **vals):
        partner = partner or self._create_customer()
        return self.Appointment.create(
            {
                "partner_id": partner.id,
                "company_id": partner.company_id.id,
                "kind_id": self.kinds[kind].id,
                "waiting": True,
                "wanted_from": TODAY + timedelta(days=first),
                "wanted_to": TODAY + timedelta(days=last),
                **vals,
            }
        )

    def _fill_lane(self):
        """Take the inspection lane for tomorrow; return the appointments."""
        hours = ((8, 30), (10, 30), (12, 30), (14, 30))
        return self.Appointment.union(*(self._book(h, m, kind="inspection") for h, m in hours))

    def test_the_dialog_puts_on_the_waiting_list(self):
        answer = self._ask(start=False, kind="inspection", wanted_from="2026-10-15", wanted_to="2026-10-17")
        self.assertTrue(answer["ok"])
        self.assertIn("waiting list", answer["message"])
        appointment = self.Appointment.browse(answer["appointment_id"])
        self.assertEqual((appointment.state, appointment.waiting), ("draft", True))

    def test_waiting_needs_days(self):
        with self.assertRaisesRegex(UserError, "from which day"):
            self._wait(wanted_to=False)

    def test_a_cancelled_place_is_offered_with_a_call(self):
        booked = self._fill_lane()
        waiting = self._wait()
        booked[1].action_cancel()
        self.assertEqual(waiting.offered_start, self._at(10, 30))
        followup = self._followups("appointment_offer", waiting)
        self.assertEqual((followup.state, followup.priority), ("open", "2"))
        self.assertIn("10:30", followup.rule_id.script_id._render("opening", followup))

    def test_a_moved_appointment_frees_its_place_too(self):
        booked = self._fill_lane()
        waiting = self._wait()
        booked[1].start = self._at(10, days=4)
        self.assertEqual(waiting.offered_start, self._at(10, 30))

    def test_who_waits_longest_is_asked_first_and_alone(self):
        booked = self._fill_lane()
        first, second = self._wait(), self._wait()
        booked[0].action_cancel()
        self.assertTrue(first.offered_start)
        self.assertFalse(second.offered_start)

    def test_only_who_could_come_on_that_day_is_asked(self):
        booked = self._fill_lane()
        other_day = self._wait(first=3, last=5)
        booked[0].action_cancel()
        self.assertFalse(other_day.offered_start)

    def test_work_that_does_not_fit_the_gap_is_not_offered(self):
        booked = self._fill_lane()
        self.resources["repair"].capacity = 0
        waiting = self._wait(kind="repair")
        booked[0].action_cancel()
        self.assertFalse(waiting.offered_start)

    def test_taking_the_offer_books_and_ends_the_call(self):
        booked = self._fill_lane()
        waiting = self._wait()
        booked[0].action_cancel()
        answer = self._ask(8, 30, kind="inspection", appointment_id=waiting.id)
        self.assertTrue(answer["ok"], answer)
        self.assertEqual((waiting.state, waiting.waiting), ("booked", False))
        self.assertEqual(self._followups("appointment_offer", waiting).state, "cancelled")

    def test_an_offer_that_ran_out_goes_to_the_next(self):
        booked = self._fill_lane()
        first, second = self._wait(), self._wait()
        self.dealer.dcrc_offer_hours = 4
        booked[3].action_cancel()
        with freeze_time(NOW + timedelta(hours=5)):
            self.Appointment._renew_offers()
        self.assertEqual(second.offered_start, self._at(14, 30))
        self.assertEqual(self._followups("appointment_offer", first).state, "cancelled")
        self.assertFalse(first.offered_until)

    def test_whose_days_are_over_waits_no_longer(self):
        waiting = self._wait()
        with freeze_time(NOW + timedelta(days=2)):
            self.Appointment._renew_offers()
        self.assertEqual((waiting.state, waiting.waiting), ("cancelled", False))
        self.assertTrue(waiting.cancel_note)

    def test_another_dealers_waiting_customer_is_never_asked(self):
        booked = self._fill_lane()
        kind = self.env.ref("dcrc_dealer.appointment_kind_inspection")._dcrc_copy_for(self.other_dealer)
        partner = self._create_customer(company=self.other_dealer)
        theirs = self._wait(partner=partner, kind_id=kind.id)
        booked[0].action_cancel()
        self.assertFalse(theirs.offered_start)

    def test_a_cancelled_past_place_is_no_offer(self):
        appointment = self._book(10, days=0, kind="advice")
        waiting = self._wait(kind="advice", first=0, last=0)
        with freeze_time(NOW + timedelta(hours=1)):
            appointment.action_cancel()
        self.assertFalse(waiting.offered_start)
