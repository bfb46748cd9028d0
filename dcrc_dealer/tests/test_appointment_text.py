"""The customer's own link goes out as a text, from the booking (APT-6)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentText(AppointmentCase):
    def _texts(self):
        return self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])

    def _mine(self, **vals):
        appointment = self._book(10, partner=self.customer, vehicle_id=self.car.id, **vals)
        return self._as(self.specialist, appointment)

    def test_the_link_waits_in_the_queue_with_the_number_of_the_day(self):
        appointment = self._mine(phone="+8613900001111")
        answer = self._as(self.specialist, "dcrc.appointment").text_link(appointment.id)
        text = self._texts()
        self.assertEqual((answer["ok"], text.number, text.dcrc_purpose), (True, "+8613900001111", "care"))
        self.assertIn(appointment.link_url, text.body)

    def test_who_wants_no_texts_gets_none_and_the_staff_is_told(self):
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        self.env["dcrc.do.not.contact"].create(
            {"partner_id": self.customer.id, "channel": "sms", "reason_id": reason.id}
        )
        answer = self._as(self.specialist, "dcrc.appointment").text_link(self._mine().id)
        self.assertFalse(answer["ok"])
        self.assertIn("Copy the link instead", answer["message"])
        self.assertFalse(self._texts())

    def test_a_link_that_is_over_is_not_sent(self):
        appointment = self._mine()
        appointment.action_cancel()
        with self.assertRaisesRegex(UserError, "is over"):
            appointment.action_text_link()

    def test_who_only_reads_sends_nothing(self):
        answer = self._as(self.auditor, "dcrc.appointment").text_link(self._mine().id)
        self.assertFalse(answer["ok"])
        self.assertFalse(self._texts())
