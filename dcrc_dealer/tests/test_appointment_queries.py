from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY
from .common_appointment import AppointmentCase

FEW, MANY = 5, 50


@tagged("post_install", "-at_install")
class TestAppointmentQueries(AppointmentCase):
    """However much is booked, the screens ask the database as often."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key in ("advisers", "service"):
            cls.resources[key].capacity = 99
        cls.booked = [cls._book(10 + n % 5, days=n % 3 and 1) for n in range(FEW)]

    def _count(self, func):
        """Queries of a second call, with nothing in memory but what every request has."""
        func()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        func()
        return self.env.cr.sql_log_count - before

    def _assert_same(self, func, bar):
        few = self._count(func)
        for n in range(MANY - FEW):
            self._book(10 + n % 5, days=n % 3 and 1)
        many = self._count(func)
        self.assertLessEqual(many, few)
        self.assertLessEqual(few, bar)

    def test_the_board(self):
        model = self._as(self.specialist, "dcrc.appointment").with_company(self.dealer)
        self._assert_same(model.get_board, 18)

    def test_the_booking_dialog(self):
        model = self._as(self.specialist, "dcrc.appointment")
        self._assert_same(lambda: model.get_booking(self.customer.id), 24)

    def test_the_free_times_of_a_day(self):
        model = self._as(self.specialist, "dcrc.appointment")
        day = str(TODAY + timedelta(days=1))
        self._assert_same(lambda: model.get_free_slots(self.kinds["periodic"].id, day), 17)

    def test_the_first_free_day(self):
        model = self._as(self.specialist, "dcrc.appointment")
        self._assert_same(lambda: model.get_free_slots(self.kinds["periodic"].id, find="next"), 17)

    def test_the_alternatives(self):
        model = self._as(self.specialist, "dcrc.appointment")
        start = str(self._at(20))
        self._assert_same(lambda: model.get_alternatives(self.kinds["periodic"].id, start), 16)

    def test_the_page_behind_the_customers_link(self):
        appointment = self.Appointment._invite(
            {
                "partner_id": self.customer.id,
                "company_id": self.dealer.id,
                "kind_id": self.kinds["periodic"].id,
                "vehicle_id": self.car.id,
            }
        )
        self._assert_same(lambda: appointment._get_link_page(), 23)

    def test_the_page_to_move_an_appointment(self):
        appointment = self._book(9, days=2, partner=self.customer, vehicle_id=self.car.id)
        self._assert_same(lambda: appointment._get_link_page(choose="1"), 23)

    def test_the_printed_sheet(self):
        day = self.env["dcrc.appointment.day"]._get(self.dealer, TODAY)
        self._assert_same(day._get_sheet, 20)
