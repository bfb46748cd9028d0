"""COR-1 and COR-2: a wrong item is mended once, and nobody dials it meanwhile."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import TODAY, DcrcCase


class TestCorrection(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.phone = cls.customer.dcrc_phone_ids
        cls.car = cls._create_car(cls.customer, license_plate="渝A12345")
        cls.service.responsible_id = cls.workshop
        cls.sales.responsible_id = cls.workshop

    def _open(self, user=None, **vals):
        values = {"partner_id": self.customer.id, "item": "phone", "source": "call"}
        if vals.get("item", "phone") == "phone":
            values["phone_id"] = self.phone.id
        model = self._as(user or self.specialist, "res.partner")
        return model._dcrc_open_correction([{**values, **vals}])

    def _verify(self, correction, value, proposer=None, verifier=None):
        proposed = self._as(proposer or self.workshop, correction)
        proposed.new_value = value
        proposed.action_propose()
        self._as(verifier or self.specialist, correction).action_verify()

    # -- opening ----------------------------------------------------------------

    def test_a_wrong_number_is_not_dialled_while_it_is_being_corrected(self):
        self._open()
        self.assertEqual(self.phone.state, "wrong")
        self.assertEqual(self.phone.last_check, TODAY)
        self.assertFalse(self.customer._dcrc_best_phone())

    def test_what_the_call_found_about_the_number_stays(self):
        self.phone.state = "transferred"
        self._open()
        self.assertEqual(self.phone.state, "transferred")

    def test_it_goes_to_the_department_that_knows_better(self):
        self.assertEqual(self._open().department_id, self.sales)
        correction = self._open(item="plate", vehicle_id=self.car.id, department_kind="service")
        self.assertEqual(correction.department_id, self.service)

    def test_the_same_item_is_opened_once(self):
        first = self._open()
        again = self._open(user=self.colleague)
        self.assertEqual(first, again)
        both = self._as(self.specialist, "res.partner")._dcrc_open_correction(
            [{"partner_id": self.customer.id, "item": "name", "source": "call"}] * 2
        )
        self.assertEqual(both[0], both[1])

    def test_two_cars_are_two_plates(self):
        other = self._create_car(self.customer)
        first = self._open(item="plate", vehicle_id=self.car.id)
        self.assertNotEqual(first, self._open(item="plate", vehicle_id=other.id))

    def test_a_number_known_only_by_its_digits_finds_its_line(self):
        correction = self._open(phone_id=False, wrong_value="138 0013 8000", source="dms")
        self.assertEqual(correction.phone_id, self.phone)
        self.assertEqual(self.phone.state, "wrong")

    def test_a_list_with_a_hundred_wrong_numbers_disturbs_nobody(self):
        correction = self._open(source="dms")
        self.assertFalse(correction.message_ids.filtered("notified_partner_ids"))
        self.assertTrue(self._open(item="name", source="call").message_ids.notified_partner_ids)

    def test_a_customer_found_wrong_twice_is_flagged(self):
        self._verify(self._open(), "13900139000")
        self.assertFalse(self._open(item="name", partner_id=self._create_customer().id).repeat)
        again = self._open(item="name")
        self.assertTrue(again.repeat)
        codes = [warning["code"] for warning in self.customer._dcrc_warnings()]
        self.assertIn("correction_repeat", codes)

    def test_the_only_car_is_meant_where_none_is_named(self):
        self.assertEqual(self._open(item="plate").vehicle_id, self.car)

    def test_one_of_several_cars_is_named_before_its_plate_is_written(self):
        self._create_car(self.customer)
        correction = self._open(item="plate", new_value="渝B54321")
        with self.assertRaisesRegex(UserError, "which car"):
            self._as(self.manager, correction).action_verify()

    def test_a_number_of_somebody_else_is_refused(self):
        for dealer in (self.dealer, self.other_dealer):
            phone = self._create_customer(company=dealer).dcrc_phone_ids
            vals = {"partner_id": self.customer.id, "phone_id": phone.id}
            with self.assertRaises(UserError):
                self._as(self.specialist, "dcrc.correction").create(vals)
            self.assertEqual(phone.state, "unverified")

    def test_the_file_says_that_the_number_is_being_corrected(self):
        self._open()
        warning = [w for w in self.customer._dcrc_warnings() if w["code"] == "correction_open"]
        self.assertEqual(len(warning), 1)

    # -- finding the right value ---------------------------------------------------

    def test_the_department_sees_the_number_masked_and_writes_only_its_finding(self):
        correction = self._as(self.workshop, self._open())
        self.assertEqual(correction.wrong_shown, "138****8000")
        with self.assertRaises(AccessError):
            correction.read(["wrong_value"])
        with self.assertRaises(AccessError):
            correction.note = "…"
        correction.write({"new_value": "13900139000", "answer": "问过配偶"})
        correction.action_propose()
        self.assertRecordValues(correction, [{"state": "proposed", "proposed_by": self.workshop.id}])

    def test_nothing_is_no_proposal(self):
        with self.assertRaises(UserError):
            self._as(self.workshop, self._open()).action_propose()

    def test_a_value_that_is_no_number_or_plate_is_refused(self):
        with self.assertRaises(ValidationError):
            self._open().new_value = "1390013"
        with self.assertRaises(ValidationError):
            self._open(item="plate", vehicle_id=self.car.id).new_value = "OOO"

    def test_a_value_given_in_the_call_is_proposed_at_once(self):
        self.assertEqual(self._open(new_value="13900139000").state, "proposed")

    def test_a_value_that_proves_wrong_goes_back_to_the_department(self):
        correction = self._open(new_value="13900139000")
        correction.action_send_back()
        self.assertRecordValues(correction, [{"state": "open", "new_value": False}])

    # -- confirming -----------------------------------------------------------------

    def test_a_confirmed_number_is_dialled_and_the_wrong_one_stays_on_record(self):
        correction = self._open()
        self._verify(correction, "139 0013 9000")
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613900139000")
        self.assertEqual(self.customer.phone.replace(" ", ""), "+8613900139000")
        self.assertEqual(self.phone.state, "wrong")
        self.assertRecordValues(
            correction, [{"state": "verified", "closed_by": self.specialist.id}]
        )

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
        self._open(item="owner", vehicle_id=self.car.id).action_close_unresolved()
        self.assertFalse(self.car.dcrc_owner_id)

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

    def test_a_correction_is_written_down_in_the_form(self):
        model = self._as(self.specialist, "dcrc.correction")
        with Form(model, view="dcrc_dealer.correction_view_form") as form:
            form.partner_id = self.customer
            form.phone_id = self.phone
        self.assertRecordValues(
            form.record, [{"state": "open", "source": "manual", "wrong_value": "+8613800138000"}]
        )

    def test_a_list_of_corrections_costs_the_same_for_ten_and_for_forty(self):
        def count(number):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            spec = {name: {} for name in ("name", "wrong_shown", "age_days", "customer_name")}
            self._as(self.manager, "dcrc.correction").web_search_read([], spec, limit=number)
            return self.env.cr.sql_log_count - before

        for _number in range(40):
            self._open(item="name", partner_id=self._create_customer().id)
        count(10)
        self.assertEqual(count(10), count(40))

    def test_a_number_that_is_in_no_file_yet_can_be_revealed_too(self):
        correction = self._open(phone_id=False, wrong_value="1390013", source="dms")
        action = self._as(self.workshop, correction).action_reveal_phone()
        self.assertEqual(action["params"]["message"], "1390013")
        self.assertEqual(self.env["dcrc.reveal"].search([]).partner_id, self.customer)
