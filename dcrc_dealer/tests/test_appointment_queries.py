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
        cls.screens = cls._prepare_screens()
        cls._fill(FEW)
        cls.few = {name: cls._count(func) for name, func in cls.screens.items()}
        cls._fill(MANY - FEW)

    @classmethod
    def _prepare_screens(cls):
        """{name: what a screen asks for}"""
        model = cls.Appointment.with_user(cls.specialist).with_context(allowed_company_ids=cls.dealer.ids)
        kind, car = cls.kinds["periodic"].id, {"partner_id": cls.customer.id, "vehicle_id": cls.car.id}
        invited = cls.Appointment._invite({**car, "company_id": cls.dealer.id, "kind_id": kind})
        booked = cls._book(9, days=2, partner=cls.customer, vehicle_id=cls.car.id)
        day = cls.env["dcrc.appointment.day"]._get(cls.dealer, TODAY)
        return {
            "board": model.with_company(cls.dealer).get_board,
            "dialog": lambda: model.get_booking(cls.customer.id),
            "day": lambda: model.get_free_slots(kind, str(TODAY + timedelta(days=1))),
            "first": lambda: model.get_free_slots(kind, find="next"),
            "alternatives": lambda: model.get_alternatives(kind, str(cls._at(20))),
            "link": lambda: invited._get_link_page(),
            "move": lambda: booked._get_link_page(choose="1"),
            "sheet": day._get_sheet,
        }

    @classmethod
    def _fill(cls, count):
        for n in range(count):
            cls._book(10 + n % 5, days=n % 3 and 1)

    @classmethod
    def _count(cls, func):
        """Queries of a second call, with nothing in memory but what every request has."""
        func()
        cls.env.flush_all()
        cls.env.invalidate_all()
        before = cls.env.cr.sql_log_count
        func()
        return cls.env.cr.sql_log_count - before

    def _assert_same(self, name, bar):
        self.assertLessEqual(self._count(self.screens[name]), self.few[name])
        self.assertLessEqual(self.few[name], bar)

    def test_the_board(self):
        self._assert_same("board", 18)

    def test_the_booking_dialog(self):
        self._assert_same("dialog", 24)

    def test_the_free_times_of_a_day(self):
        self._assert_same("day", 17)

    def test_the_first_free_day(self):
        self._assert_same("first", 17)

    def test_the_alternatives(self):
        self._assert_same("alternatives", 16)

    def test_the_page_behind_the_customers_link(self):
        self._assert_same("link", 23)

    def test_the_page_to_move_an_appointment(self):
        self._assert_same("move", 23)

    def test_the_printed_sheet(self):
        self._assert_same("sheet", 20)
