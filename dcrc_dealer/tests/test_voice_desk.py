"""COR-3: sales and service tell of a change; they see no file, and the center decides."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import NOW
from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionDesk(CorrectionCase):
    def _desk(self, text="2345", user=None, **vals):
        desk = self._as(user or self.workshop, "dcrc.correction.desk").create({"text": text})
        desk.action_find()
        if vals:
            desk.write(vals)
        return desk

    def _correction(self):
        return self.env["dcrc.correction"].search([("partner_id", "=", self.customer.id)])

    # -- finding ------------------------------------------------------------------

    def test_the_end_of_the_plate_or_of_the_number_finds_the_customer(self):
        for text in ("2345", "渝A·12345", "8000", "13800138000"):
            with self.subTest(text=text):
                self.assertTrue(self._desk(text).line_id)

    def test_what_is_found_is_masked(self):
        desk = self._desk()
        self.assertEqual((desk.chosen, desk.numbers), ("王* 渝A***45", "138****8000"))
        with self.assertRaises(AccessError):
            desk.line_id.read(["partner_id"])
        self.assertNotIn("partner_id", desk.line_id.fields_get())

    def test_a_name_or_three_signs_find_nobody(self):
        for text in ("王芳", "345", "", "  "):
            desk = self._desk(text)
            with self.subTest(text=text):
                self.assertFalse(desk.line_ids)
                self.assertTrue(desk.hint)

    def test_several_are_chosen_from(self):
        self._create_car(self.customer, license_plate="渝B22345")
        desk = self._desk("13800138000")
        self.assertFalse(desk.line_id)
        desk.line_ids[1].action_choose()
        self.assertEqual(desk.line_id.sudo().vehicle_id.license_plate, "渝B22345")

    def test_seven_customers_are_too_many(self):
        for number in range(7):
            self._create_customer(phone=f"+86139000{number}9999")
        desk = self._desk("9999")
        self.assertFalse(desk.line_ids)
        self.assertIn("more", desk.hint)

    def test_another_dealers_customer_is_not_found(self):
        theirs = self._create_customer(company=self.other_dealer, phone="+8613911117777")
        self._create_car(theirs, license_plate="渝C77777")
        for text in ("7777", "渝C77777"):
            self.assertFalse(self._desk(text).line_ids)

    def test_who_tries_number_after_number_is_stopped_for_an_hour(self):
        desk = self._desk()
        desk.sudo().tries = 60
        with self.assertRaisesRegex(UserError, "hour"):
            self._desk()
        self.assertTrue(self._desk(user=self.specialist).line_id)
        with freeze_time(NOW + timedelta(minutes=61)):
            self.assertTrue(self._desk().line_id)

    def test_nobody_reads_what_a_colleague_has_found(self):
        desk = self._desk()
        with self.assertRaises(AccessError):
            self._as(self.specialist, desk).read(["chosen"])
        with self.assertRaises(AccessError):
            self._as(self.specialist, desk.line_id).action_choose()

    # -- telling ------------------------------------------------------------------

    def test_a_new_number_waits_for_the_centers_word(self):
        self.sales.responsible_id = False
        self._desk(new_value="13900139000", note="上月换号").action_send()
        correction = self._correction()
        self.assertRecordValues(
            correction,
            [
                {
                    "item": "phone",
                    "source": "desk",
                    "state": "proposed",
                    "phone_id": self.phone.id,
                    "user_id": self.workshop.id,
                }
            ],
        )
        self.assertEqual(correction.department_id, self.service)
        self.assertEqual(self.phone.state, "wrong")
        self.assertEqual(self.customer.dcrc_phone_ids, self.phone)

    def test_who_told_it_is_not_who_confirms_it(self):
        self._desk(user=self.specialist, new_value="13900139000").action_send()
        with self.assertRaises(UserError):
            self._as(self.specialist, self._correction()).action_verify()
        self._as(self.colleague, self._correction()).action_verify()
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613900139000")

    def test_words_alone_leave_the_value_to_be_found(self):
        self._desk(item="name", note="姓名写错").action_send()
        self.assertRecordValues(self._correction(), [{"state": "open", "wrong_value": "王芳", "note": "姓名写错"}])

    def test_nothing_said_is_nothing_to_send(self):
        with self.assertRaises(UserError):
            self._desk(new_value="  ").action_send()
        with self.assertRaises(UserError):
            self._desk("nobody1").action_send()

    def test_a_number_that_is_none_is_refused_before_anything_is_opened(self):
        with self.assertRaises(UserError):
            self._desk(new_value="12345").action_send()
        self.assertFalse(self._correction())

    def test_the_wrong_number_is_named_by_its_end(self):
        self.customer.dcrc_phone_ids.create(
            {"partner_id": self.customer.id, "number": "+8613911112222", "sequence": 20}
        )
        self._desk("8000", wrong_tail="2222", note="停机").action_send()
        self.assertEqual(self._correction().phone_id.number, "+8613911112222")
        with self.assertRaises(UserError):
            self._desk("8000", wrong_tail="1234", note="停机").action_send()

    def test_a_number_that_is_missing_is_no_wrong_number(self):
        self._desk(wrong_tail=False, new_value="13900139000").action_send()
        self.assertFalse(self._correction().phone_id)
        self.assertEqual(self.phone.state, "unverified")

    def test_told_again_is_one_correction(self):
        self._open()
        self._desk(new_value="13900139000").action_send()
        correction = self._correction()
        self.assertRecordValues(correction, [{"new_value": "13900139000", "state": "proposed"}])
        self._desk(new_value="13900139999").action_send()
        self.assertEqual(correction.new_value, "13900139000")
        self.assertIn("13900139999", str(correction.message_ids.mapped("body")))

    def test_the_page_has_few_fields(self):
        with Form(
            self._as(self.workshop, "dcrc.correction.desk"), view="dcrc_dealer.correction_desk_view_form"
        ) as form:
            form.text = "2345"
        form.record.action_find()
        with Form(form.record, view="dcrc_dealer.correction_desk_view_form") as form:
            form.new_value = "13900139000"
        form.record.action_send()
        self.assertEqual(self._correction().new_value, "13900139000")

    def test_no_client_chooses_a_customer_by_id(self):
        desk = self._desk("nobody1")
        line = self._desk().line_id
        for vals in ({"line_id": line.id}, {"tries": 0}, {"line_ids": [(0, 0, {"partner_id": self.customer.id})]}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                desk.write(vals)
