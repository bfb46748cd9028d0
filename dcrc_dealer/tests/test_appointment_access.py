from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY
from .common_appointment import AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointmentAccess(AppointmentCase):
    """Two dealers in one database, and who may set up what."""

    def test_the_other_dealer_sees_no_appointment_no_place_no_work(self):
        self._book(10)
        for model in (
            "dcrc.appointment",
            "dcrc.appointment.seat",
            "dcrc.appointment.kind",
            "dcrc.appointment.resource",
        ):
            rows = self._as(self.stranger, model).search([])
            with self.subTest(model):
                self.assertFalse(rows.filtered(lambda row: row.company_id != self.other_dealer))

    def test_the_other_dealer_can_neither_open_nor_move_an_appointment(self):
        appointment = self._as(self.stranger, self._book(10))
        with self.assertRaises(AccessError):
            appointment.read(["customer_name"])
        with self.assertRaises(AccessError):
            appointment.write({"start": self._at(14)})

    def test_the_other_dealers_slots_cannot_be_asked_for(self):
        model = self._as(self.stranger, "dcrc.appointment")
        with self.assertRaises(AccessError):
            model.get_free_slots(self.kinds["first"].id)
        with self.assertRaises(AccessError):
            model.get_booking(self.customer.id)
        with self.assertRaises(AccessError):
            model.get_alternatives(self.kinds["first"].id, str(self._at(10)))
        with self.assertRaises(AccessError):
            model.get_free_slots(self.kinds["first"].id, find="next")

    def test_the_other_dealer_learns_nothing_from_an_appointments_number(self):
        appointment = self._book(10)
        model = self._as(self.stranger, "dcrc.appointment")
        with self.assertRaises(AccessError):
            model.book({"appointment_id": appointment.id, "start": str(self._at(14))})
        with self.assertRaises(AccessError):
            model.invite({"appointment_id": appointment.id})
        self.assertEqual(appointment.start, self._at(10))

    def test_who_only_reads_neither_takes_nor_declines_an_offer(self):
        waiting = self.Appointment.create(
            {
                "partner_id": self.customer.id,
                "company_id": self.dealer.id,
                "kind_id": self.kinds["first"].id,
                "waiting": True,
                "wanted_from": TODAY,
                "wanted_to": TODAY,
            }
        )
        waiting._offer(self._at(15, days=0))
        for user in (self.director, self.auditor, self.workshop, self.stranger, self.outsider):
            for name in ("action_take_offer", "action_decline_offer"):
                with self.subTest(f"{user.login} {name}"), self.assertRaises(AccessError):
                    getattr(self._as(user, waiting), name)()
        self.assertTrue(waiting.offer_open)

    def test_a_department_books_nothing(self):
        model = self._as(self.workshop, "dcrc.appointment")
        for call in (
            lambda: model.book({}),
            lambda: model.get_free_slots(self.kinds["first"].id),
            lambda: model.get_alternatives(self.kinds["first"].id, str(self._at(10))),
            lambda: model.invite({}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_specialist_changes_no_capacity_but_notes_an_absence(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, self.resources["advisers"]).capacity = 5
        self._as(self.specialist, "dcrc.appointment.absence").create(
            {"resource_id": self.resources["body"].id, "start": self._at(9), "stop": self._at(10)}
        )

    def test_a_manager_changes_the_own_opening_hours_and_no_others(self):
        calendar = self._as(self.manager, self.dealer.dcrc_opening_id)
        calendar.write({"attendance_ids": [Command.update(calendar.attendance_ids[0].id, {"hour_to": 18})]})
        calendar.write(
            {"leave_ids": [Command.create({"name": "春节", "date_from": self._at(0), "date_to": self._at(20)})]}
        )
        for other in (self.other_dealer.dcrc_opening_id, self.dealer.resource_calendar_id):
            with self.subTest(other.name), self.assertRaises(AccessError):
                self._as(self.manager, other).name = "x"

    def test_the_administrator_still_changes_every_working_time(self):
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.dealer
        calendar = self._as(admin, self.dealer.resource_calendar_id)
        calendar.name = "x"
        self.assertEqual(calendar.name, "x")

    def test_opening_a_centre_twice_gives_nothing_twice(self):
        counts = [self._count(model) for model in ("dcrc.appointment.kind", "dcrc.appointment.resource")]
        calendar = self.dealer.dcrc_opening_id
        self.dealer._dcrc_open_centre()
        self.assertEqual(
            counts, [self._count(model) for model in ("dcrc.appointment.kind", "dcrc.appointment.resource")]
        )
        self.assertEqual(self.dealer.dcrc_opening_id, calendar)

    def _count(self, model):
        return self.env[model].search_count([("company_id", "=", self.dealer.id)])

    def test_the_link_of_one_dealer_shows_only_its_own_times(self):
        appointment = self.Appointment._invite(
            {"partner_id": self.customer.id, "company_id": self.dealer.id, "kind_id": self.kinds["first"].id}
        )
        self.resources["advisers"].capacity = 0
        page = appointment._get_link_page()
        self.assertFalse(page["slots"], "the other dealer's advisers have time, these have not")
