"""Masked numbers: seen by departments, revealed on the record, logged for good."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.mask import mask_phone
from .common import NOW, DcrcCase


class TestReveal(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.complaint = cls.env["dcrc.complaint"].create(
            {"partner_id": cls.customer.id, "text": "空调异响", "department_id": cls.service.id}
        )

    def _reveal(self, why="call", note=None, user=None):
        """Show the number as people do: the button asks why, the dialog shows it."""
        action = self._as(user or self.workshop, self.complaint).action_reveal_phone()
        dialog = self._as(user or self.workshop, action["res_model"]).with_context(**action["context"])
        return dialog.create({"why": why, "note": note}).action_show()

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
        action = self._reveal("other", "上门取车")
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
                    "why": "other",
                    "note": "上门取车",
                }
            ],
        )

    def test_what_was_not_handed_over_can_not_be_revealed(self):
        self.complaint.department_id = self.sales
        with self.assertRaises(AccessError):
            self._reveal()
        self.assertFalse(self._log())

    def test_a_customer_without_number_is_said_so(self):
        self.customer.dcrc_phone_ids.unlink()
        with self.assertRaises(UserError):
            self._reveal()

    def test_nobody_looks_without_saying_why(self):
        for note in (None, "", " . "):
            with self.subTest(note=note), self.assertRaisesRegex(UserError, "few words"):
                self._reveal("other", note)
        self.assertFalse(self._log())

    def test_a_dialog_opened_on_another_record_shows_nothing(self):
        self.complaint.department_id = self.sales
        dialog = self._as(self.workshop, "dcrc.reveal.ask")
        for model in ("dcrc.complaint", "res.partner", "dcrc.nothing"):
            vals = {"res_model": model, "res_id": self.complaint.id, "why": "call"}
            with self.subTest(model=model), self.assertRaises(UserError):
                dialog.create(vals).action_show()
        self.assertFalse(self._log())

    def test_the_manager_is_told_once_of_many_looks_within_an_hour(self):
        self.dealer.dcrc_reveal_alarm = 3
        told = Domain("model", "=", False) & Domain("partner_ids", "in", self.manager.partner_id.ids)
        before = self.env["mail.message"].search_count(told)
        for count in range(5):
            self._reveal()
            messages = self.env["mail.message"].search_count(told) - before
            self.assertEqual(messages, int(count >= 2), count)
        self.assertEqual(self._log().mapped("alarm"), [False, False, True, False, False])

    def test_looks_of_other_hours_and_people_do_not_count(self):
        self.dealer.dcrc_reveal_alarm = 2
        self.service.member_ids += self.outsider
        self.outsider.group_ids += self.env.ref("dcrc_dealer.group_dcrc_department")
        self._reveal()
        self._reveal(user=self.outsider)
        with freeze_time(NOW + timedelta(minutes=61)):
            self._reveal()
        self.assertFalse(any(self._log().mapped("alarm")))

    def test_manager_director_and_auditor_read_the_log(self):
        self._reveal()
        for user in (self.manager, self.director, self.auditor):
            with self.subTest(user=user.login):
                self.assertTrue(self._as(user, "dcrc.reveal").search_count([]))
        for user in (self.specialist, self.workshop, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, "dcrc.reveal").search_count([])

    def test_the_log_is_append_only_even_for_root(self):
        self._reveal()
        with self.assertRaises(UserError):
            self._log().sudo().write({"user_id": self.specialist.id})
        with self.assertRaises(UserError):
            self._log().sudo().unlink()
