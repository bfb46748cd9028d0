"""COR-1 and COR-2: a wrong item is opened once, and nobody dials it meanwhile."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TODAY
from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrection(CorrectionCase):
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

    def test_many_at_a_time_come_in_one_message(self):
        customers = [self._create_customer() for _number in range(7)]
        vals = {"item": "name", "source": "manual", "department_kind": "sales"}
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        corrections = self._as(self.specialist, "res.partner")._dcrc_open_correction(
            [{**vals, "partner_id": customer.id} for customer in customers]
        )
        told = self.env["mail.message"].search(
            [("id", ">", before), ("partner_ids", "in", self.workshop.partner_id.ids)]
        )
        self.assertEqual(len(told), 1)
        self.assertIn(corrections[3].name, told.body)

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

    def test_a_correction_is_written_down_in_the_form(self):
        model = self._as(self.specialist, "dcrc.correction")
        with Form(model, view="dcrc_dealer.correction_view_form") as form:
            form.partner_id = self.customer
            form.phone_id = self.phone
        self.assertRecordValues(form.record, [{"state": "open", "source": "manual", "wrong_value": "+8613800138000"}])

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
        action = self._as(self.workshop, correction)._dcrc_reveal("check")
        self.assertEqual(action["params"]["message"], "1390013")
        self.assertEqual(self.env["dcrc.reveal"].search([]).partner_id, self.customer)
