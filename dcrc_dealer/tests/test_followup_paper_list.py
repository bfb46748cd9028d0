from datetime import timedelta

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_dms import SERVICE, DmsCase, csv_file, make_vin, sales_row, service_row
from .common_followup import FollowupCase


class TestFollowupPaperList(FollowupCase, DmsCase):
    """FUP-12 end to end: the next list tells another story, and the calls follow it."""

    def _deliver(self, *numbers, **changes):
        rows = [sales_row(number, date=str(TODAY - timedelta(days=60)), **changes) for number in numbers]
        self._import("sales", rows)

    def _serve(self, number, days=-2, **changes):
        moment = f"{TODAY + timedelta(days=days)}"
        times = {"date_in": f"{moment} 09:00", "date_out": f"{moment} 11:00"}
        return self._import("service", [service_row(number, **{**times, **changes})])

    def _third(self):
        visit = self.env["dcrc.service.visit"].search([("order_no", "=", "WX000001")])
        return self._of("third", visit_id=visit.id)

    def test_case_d04_an_order_settled_again_is_one_call(self):
        self._deliver(1)
        self._serve(1)
        self._plan()
        third = self._third()
        self._finish(third, "answered", answers=self._answers(third))
        self._serve(1, date_out=f"{TODAY} 09:30")
        with freeze_time(NOW + timedelta(days=1)):
            self._plan()
        self.assertEqual((self._third(), third.state), (third, "done"))

    def test_case_i05_the_order_of_another_car_calls_its_customer(self):
        self._deliver(1, 2)
        self._serve(1)
        self._plan()
        third, wrong = self._third(), self._third().partner_id
        self._serve(1, vin=make_vin(2), plate="渝B00002", name="客户2", phone="13900000002")
        self._plan()
        self.assertEqual(third.partner_id.name, "客户2")
        self.assertFalse(self.Contact.search([("partner_id", "=", wrong.id), ("state", "=", "open")]))

    def test_case_d01_a_cancelled_order_calls_nobody(self):
        self._deliver(1)
        self._serve(1)
        self._plan()
        third = self._third()
        self._import("service", self._with_status("作废"))
        self._plan()
        self.assertEqual((third.state, third.cancel_reason_id.code), ("cancelled", "paper_void"))
        self.assertEqual((third.base_state, third.exit_source), ("out", "list"))

    def _with_status(self, status):
        return csv_file("service", [service_row(1, status=status)], {**SERVICE, "status": "结算状态"})

    def test_a_corrected_buyer_is_called_and_the_wrong_one_left_in_peace(self):
        self._import("sales", [sales_row(1, date=str(TODAY - timedelta(days=2)))])
        self._plan()
        first = self._of("first")
        wrong = first.partner_id
        self._import("sales", [sales_row(1, date=str(TODAY - timedelta(days=2)), name="赵敏", phone="13900000077")])
        self._plan()
        self.assertEqual((first.partner_id.name, first.state), ("赵敏", "open"))
        self.assertFalse(self.Contact.search([("partner_id", "=", wrong.id), ("state", "=", "open")]))

    def test_a_corrected_buyer_is_asked_about_the_visit_since(self):
        self._deliver(1)
        self._serve(1)
        self._plan()
        day = str(TODAY - timedelta(days=60))
        self._import("sales", [sales_row(1, date=day, name="赵敏", phone="13900000077")])
        self._plan()
        self.assertEqual((self._third().partner_id.name, self._third().state), ("赵敏", "open"))

    def test_a_car_sold_after_the_visit_is_not_asked_of_its_new_owner(self):
        self._deliver(1)
        self._serve(1)
        self._plan()
        third = self._third()
        self._import("sales", [sales_row(9, vin=make_vin(1), plate="渝B00001", date=str(TODAY))])
        self._plan()
        self.assertEqual((third.partner_id.name, third.state), ("客户1", "cancelled"))
        self.assertEqual(third.cancel_reason_id.code, "owner_changed")
