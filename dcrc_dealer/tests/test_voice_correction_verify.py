"""COR-1: the right value goes into the file once another person has confirmed it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionVerify(CorrectionCase):
    # -- confirming -----------------------------------------------------------------

    def test_a_confirmed_number_is_dialled_and_the_wrong_one_stays_on_record(self):
        correction = self._open()
        self._verify(correction, "139 0013 9000")
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613900139000")
        self.assertEqual(self.customer.dcrc_best_number.replace(" ", ""), "+8613900139000")
        self.assertEqual(self.phone.state, "wrong")
        self.assertRecordValues(correction, [{"state": "verified", "closed_by": self.specialist.id}])

    def _push(self, number, list_date):
        """A service list of that day names the customer with this number."""
        row = {
            "工单号": f"WX{number[-4:]}",
            "车架号": self.car.vin_sn,
            "车牌号": self.car.license_plate,
            "送修人": self.customer.name,
            "手机": number,
            "维修类型": "保养",
            "进厂时间": "2026-10-13 09:10",
            "出厂时间": "2026-10-13 11:40",
        }
        model = self._as(self.specialist, "dcrc.dms.import")
        return model.push_list("service", rows=[row], list_date=list_date)

    def test_an_older_list_does_not_undo_a_confirmed_number(self):
        self._verify(self._open(), "13900139000")
        for number in ("13800138000", "13700137000"):
            self._push(number, "2026-10-14")
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613900139000")
        self.assertEqual(self.phone.state, "wrong")
        differences = self.env["dcrc.dms.difference"].search([("partner_id", "=", self.customer.id)])
        self.assertIn("+8613700137000", differences.mapped("list_value"))

    def test_the_old_number_may_prove_right(self):
        self._verify(self._open(), "13800138000")
        self.assertEqual(self.phone.state, "ok")
        self.assertEqual(len(self.customer.dcrc_phone_ids), 1)

    def test_name_and_plate_are_written_into_the_file(self):
        self._verify(self._open(item="name", wrong_value="王芳"), "王方")
        self._verify(self._open(item="plate", vehicle_id=self.car.id), "渝B54321")
        self.assertEqual(self.customer.name, "王方")
        self.assertEqual(self.car.license_plate, "渝B54321")
        self.assertFalse(self.env["dcrc.change.proposal"].search([]))

    def test_a_car_goes_to_its_new_owner(self):
        buyer = self._create_customer("李强")
        correction = self._open(item="owner", vehicle_id=self.car.id)
        correction.write({"new_value": "李强", "new_partner_id": buyer.id})
        correction.action_propose()
        self._as(self.manager, correction).action_verify()
        self.assertEqual(self.car.dcrc_owner_id, buyer)
        self.assertEqual(self.car.dcrc_link_ids.filtered("current").source, "call")

    def test_an_older_sales_list_does_not_give_the_car_back(self):
        buyer = self._create_customer("李强")
        correction = self._open(item="owner", vehicle_id=self.car.id)
        correction.new_partner_id = buyer
        correction.action_propose()
        self._as(self.manager, correction).action_verify()
        row = {
            "订单号": "XS1",
            "客户名称": self.customer.name,
            "手机": "13800138000",
            "车架号": self.car.vin_sn,
            "车型": self.model.name,
            "交车日期": "2026-09-01",
        }
        model = self._as(self.specialist, "dcrc.dms.import")
        answer = model.push_list("sales", rows=[row], list_date="2026-10-13")
        self.assertEqual(answer["state"], "done", answer)
        self.assertEqual(self.car.dcrc_owner_id, buyer)

    def test_a_new_owner_known_by_name_only_is_asked_for(self):
        correction = self._open(item="owner", vehicle_id=self.car.id, new_value="李强")
        with self.assertRaisesRegex(UserError, "new owner"):
            self._as(self.manager, correction).action_verify()

    def test_a_car_sold_to_nobody_knows_whom_has_no_owner(self):
        correction = self._open(item="owner", vehicle_id=self.car.id)
        self._as(self.colleague, correction).action_close_unresolved()
        self.assertFalse(self.car.dcrc_owner_id)

    def test_nobody_takes_an_owner_off_alone(self):
        correction = self._open(item="owner", vehicle_id=self.car.id)
        correction.sudo().user_id = self.colleague
        with self.assertRaisesRegex(UserError, "opened this yourself"):
            correction.action_close_unresolved()
        self.assertEqual(self.car.dcrc_owner_id, self.customer)

    def test_nobody_below_manager_confirms_the_own_finding(self):
        correction = self._open(new_value="13900139000")
        with self.assertRaisesRegex(UserError, "colleague"):
            correction.action_verify()
        self._as(self.colleague, correction).action_verify()
        self.assertEqual(correction.state, "verified")

    def test_the_manager_confirms_the_own_finding(self):
        correction = self._open(user=self.manager, new_value="13900139000")
        correction.action_verify()
        self.assertEqual(correction.state, "verified")

    def test_the_department_does_not_confirm(self):
        correction = self._open(new_value="13900139000")
        for action in ("action_verify", "action_send_back", "action_close_unresolved"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(self._as(self.workshop, correction), action)()

    def test_wrong_with_no_new_value_leaves_the_number_wrong(self):
        correction = self._open()
        correction.action_close_unresolved()
        self.assertEqual(correction.state, "closed_unresolved")
        self.assertEqual(self.phone.state, "wrong")

    def test_what_is_settled_stays_settled(self):
        correction = self._open()
        correction.action_close_unresolved()
        with self.assertRaisesRegex(UserError, correction.name):
            self._as(self.manager, correction).action_verify()

    def test_a_settled_item_may_be_found_wrong_again(self):
        first = self._open()
        first.action_close_unresolved()
        self.assertNotEqual(first, self._open())

    def test_many_are_confirmed_in_one_go(self):
        corrections = self.env["dcrc.correction"]
        for _number in range(3):
            customer = self._create_customer()
            corrections += self._open(
                partner_id=customer.id, phone_id=customer.dcrc_phone_ids.id, new_value="13900139000"
            )
        self._as(self.manager, corrections).action_verify()
        self.assertEqual(set(corrections.mapped("state")), {"verified"})

    def test_state_can_not_be_written_past_the_buttons(self):
        with self.assertRaises(UserError):
            self._open().write({"state": "verified"})
