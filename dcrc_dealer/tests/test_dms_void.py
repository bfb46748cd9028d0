from odoo.tests import tagged

from .common_dms import SALES, SERVICE, DmsCase, csv_file, make_vin, sales_row, service_row

STATUS = {**SERVICE, "status": "工单状态", "amount_total": "总金额"}


@tagged("post_install", "-at_install")
class TestDmsVoid(DmsCase):
    """FUP-12: orders that the DMS cancelled, reversed or put on another car."""

    def _service(self, *rows, **options):
        return self._import("service", csv_file("service", rows, STATUS), **options)

    def _visit(self, number):
        return self.env["dcrc.service.visit"].search([("order_no", "=", f"WX{number:06d}")])

    def test_an_order_that_is_void_from_the_start_makes_no_visit(self):
        self._import("sales", [sales_row(1), sales_row(2)])
        record = self._service(service_row(1, status="作废"), service_row(2, status="已结算"))
        self.assertFalse(self._visit(1))
        self.assertTrue(self._visit(2))
        self.assertIn("作废", record.row_ids.sorted("line")[0].reason_text)

    def test_an_order_cancelled_later_makes_its_visit_void(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, status="已结算"))
        self._service(service_row(1, status="已取消"))
        visit = self._visit(1)
        self.assertEqual((visit.void, visit.void_cause, visit.void_reason), (True, "status", "已取消"))
        self.assertFalse(self._car(1).dcrc_last_visit_date)

    def test_an_order_that_is_settled_after_all_counts_again(self):
        self._import("sales", [sales_row(1)])
        for status in ("已结算", "作废", "已结算"):
            self._service(service_row(1, status=status))
        self.assertFalse(self._visit(1).void)
        self.assertTrue(self._car(1).dcrc_last_visit_date)

    def test_what_a_manager_made_void_no_list_brings_back(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, status="已结算"))
        self._as(self.manager, self._visit(1))._ask_void("重复录入")
        self._as(self.director, self._visit(1)).action_confirm_void()
        self._service(service_row(1, status="已完工"))
        self.assertTrue(self._visit(1).void)

    def test_the_dealer_says_which_words_make_an_order_void(self):
        self.env["dcrc.dms.word"].create({"name": "已终止", "use": "void", "company_id": self.dealer.id})
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, status="已结算"))
        self._service(service_row(1, status=" 已终止 "))
        self.assertTrue(self._visit(1).void)

    def test_a_red_order_of_the_same_number_makes_it_void(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, amount_total="580.00"))
        self._service(service_row(1, amount_total="-580.00"))
        self.assertEqual((self._visit(1).void, self._visit(1).void_cause), (True, "red"))

    def test_a_red_twin_finds_the_order_it_takes_back(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, amount_total="580"), service_row(2, vin=make_vin(1), amount_total="99"))
        self._service(service_row(3, vin=make_vin(1), plate="渝B00001", amount_total="-580"))
        self.assertEqual([self._visit(n).void for n in (1, 2)], [True, False])
        self.assertFalse(self._visit(3))

    def test_of_two_orders_like_its_twin_the_newest_is_taken_back(self):
        self._import("sales", [sales_row(1)])
        earlier = service_row(1, amount_total="580", date_in="2026-09-01 09:00", date_out="2026-09-01 11:00")
        self._service(earlier, service_row(2, vin=make_vin(1), plate="渝B00001", amount_total="580"))
        self._service(service_row(3, vin=make_vin(1), plate="渝B00001", amount_total="-580"))
        self.assertEqual([self._visit(number).void for number in (1, 2)], [False, True])

    def test_an_order_and_its_red_twin_in_one_list_count_for_nothing(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, amount_total="580"), service_row(3, vin=make_vin(1), amount_total="-580"))
        self.assertTrue(self._visit(1).void)
        self.assertFalse(self._car(1).dcrc_last_visit_date)

    def test_an_order_and_its_red_lines_of_the_same_number_are_no_visit(self):
        self._import("sales", [sales_row(1)])
        self._service(service_row(1, amount_total="580"), service_row(1, amount_total="-580", work="冲红"))
        self.assertFalse(self._visit(1))

    def test_of_a_contract_with_two_cars_the_returned_one_is_void(self):
        headers = {**SALES, "status": "订单状态"}
        one, two = sales_row(1, order_no="HT1"), sales_row(2, order_no="HT1")
        self._import("sales", csv_file("sales", [one, two], headers))
        self._import("sales", csv_file("sales", [{**one, "status": "已退车"}, two], headers))
        papers = self.env["dcrc.delivery"].search([("order_no", "=", "HT1")])
        self.assertEqual({p.vehicle_id: p.void for p in papers}, {self._car(1): True, self._car(2): False})

    def test_a_returned_car_leaves_its_buyer(self):
        headers = {**SALES, "status": "订单状态"}
        self._import("sales", csv_file("sales", [sales_row(1, status="已交车")], headers))
        self._import("sales", csv_file("sales", [sales_row(1, status="已退车")], headers))
        car = self._car(1)
        self.assertFalse(car.dcrc_owner_id or car.dcrc_delivery_date)
        self.assertIn("XS000001", car.dcrc_link_ids.note)

    def test_a_swapped_car_leaves_its_wrong_owner(self):
        self._import("sales", [sales_row(1)])
        self._import("sales", [sales_row(1, vin=make_vin(2), plate="渝B00002")])
        wrong, right = self._car(1), self._car(2)
        self.assertEqual(right.dcrc_owner_id.name, "客户1")
        self.assertFalse(wrong.dcrc_owner_id or wrong.dcrc_delivery_date)
        self.assertIn("XS000001", wrong.dcrc_link_ids.note)

    def test_two_orders_that_swap_their_cars_swap_their_owners(self):
        self._import("sales", [sales_row(1), sales_row(2)])
        one, two = {"vin": make_vin(1), "plate": "渝B00001"}, {"vin": make_vin(2), "plate": "渝B00002"}
        self._import("sales", [sales_row(1, **two), sales_row(2, **one)])
        self.assertEqual([self._car(n).dcrc_owner_id.name for n in (1, 2)], ["客户2", "客户1"])

    def test_cases_d01_i05_of_the_field(self):
        """A void order makes no visit; an order on the wrong car is another car's."""
        self._import("sales", [sales_row(1), sales_row(2)])
        self._service(service_row(1))
        self._service(service_row(1, vin=make_vin(2), plate="渝B00002", name="客户2", phone="13900000002"))
        self.assertEqual(self._visit(1).vehicle_id, self._car(2))
        self.assertFalse(self._car(1).dcrc_visit_ids or self._car(1).dcrc_last_visit_date)
