"""Masked numbers: seen by departments, revealed on the record, logged for good."""

from odoo.exceptions import AccessError, UserError

from ..tools.mask import mask_phone
from .common import DcrcCase


class TestReveal(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.complaint = cls.env["dcrc.complaint"].create(
            {"partner_id": cls.customer.id, "text": "空调异响", "department_id": cls.service.id}
        )

    def _log(self):
        return self.env["dcrc.reveal"].search([])

    def test_numbers_are_masked_as_people_write_them(self):
        self.assertEqual(mask_phone("+8613800138000"), "138****8000")
        self.assertEqual(mask_phone("+862367881234"), "023****1234")
        self.assertEqual(mask_phone("12345"), "*****")
        self.assertEqual(mask_phone(None), "")

    def test_a_department_contact_sees_the_masked_number_only(self):
        complaint = self._as(self.workshop, self.complaint)
        self.assertEqual(complaint.phone_masked, "138****8000")
        with self.assertRaises(AccessError):
            complaint.partner_id.read(["phone"])
        with self.assertRaises(AccessError):
            self._as(self.workshop, self.customer.dcrc_phone_ids).read(["number"])

    def test_revealing_shows_the_number_and_writes_down_who_looked(self):
        action = self._as(self.workshop, self.complaint).action_reveal_phone()
        self.assertIn("+8613800138000", action["params"]["message"])
        self.assertRecordValues(
            self._log(),
            [
                {
                    "user_id": self.workshop.id,
                    "partner_id": self.customer.id,
                    "company_id": self.dealer.id,
                    "what": "138****8000",
                    "record_name": self.complaint.name,
                }
            ],
        )

    def test_what_was_not_handed_over_can_not_be_revealed(self):
        self.complaint.department_id = self.sales
        with self.assertRaises(AccessError):
            self._as(self.workshop, self.complaint).action_reveal_phone()
        self.assertFalse(self._log())

    def test_a_customer_without_number_is_said_so(self):
        self.customer.dcrc_phone_ids.unlink()
        with self.assertRaises(UserError):
            self._as(self.workshop, self.complaint).action_reveal_phone()

    def test_manager_director_and_auditor_read_the_log(self):
        self._as(self.workshop, self.complaint).action_reveal_phone()
        for user in (self.manager, self.director, self.auditor):
            with self.subTest(user=user.login):
                self.assertTrue(self._as(user, "dcrc.reveal").search_count([]))
        for user in (self.specialist, self.workshop, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, "dcrc.reveal").search_count([])

    def test_the_log_is_append_only_even_for_root(self):
        self._as(self.workshop, self.complaint).action_reveal_phone()
        with self.assertRaises(UserError):
            self._log().sudo().write({"user_id": self.specialist.id})
        with self.assertRaises(UserError):
            self._log().sudo().unlink()
