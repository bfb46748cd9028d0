"""CUS-7 in corrections: who had any part in the value that waits does not confirm it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_voice import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionFourEyes(CorrectionCase):
    def _refused(self, correction, user=None):
        with self.assertRaisesRegex(UserError, "colleague"):
            self._as(user or self.specialist, correction).action_verify()
        self.assertIn(correction.state, ("open", "proposed"))

    def _proposed(self, user=None, **vals):
        """A correction that a colleague has found the value for."""
        return self._open(user=user or self.colleague, **{"new_value": "13900139000", **vals})

    def test_who_changed_a_proposed_value_has_proposed_anew(self):
        other = self._create_customer("李强", phone="13700137000")
        changes = (
            {"new_value": "13600136000"},
            {"phone_id": other.dcrc_phone_ids.id, "partner_id": other.id},
            {"item": "name", "new_value": "王方"},
        )
        correction = self._proposed()
        for vals in changes:
            with self.subTest(vals=vals), self.env.cr.savepoint() as savepoint:
                self._as(self.specialist, correction).write(vals)
                self._refused(correction)
                self.assertEqual(correction.proposed_by, self.specialist)
                savepoint.rollback()

    def test_the_first_finder_stays_one_when_another_changed_it(self):
        correction = self._proposed(user=self.specialist)
        self._as(self.colleague, correction).new_value = "13600136000"
        for user in (self.specialist, self.colleague):
            self._refused(correction, user)

    def test_a_colleague_who_hands_the_value_in_does_not_make_it_theirs(self):
        correction = self._open()
        self._as(self.specialist, correction).new_value = "13900139000"
        self._as(self.colleague, correction).action_propose()
        self._refused(correction)

    def test_saving_the_same_value_again_is_no_proposal(self):
        correction = self._proposed()
        self._as(self.specialist, correction).write({"new_value": "13900139000", "note": "问过了"})
        self._as(self.specialist, correction).action_verify()
        self.assertEqual(correction.state, "verified")

    def test_sent_back_the_next_finder_starts_anew(self):
        correction = self._proposed(user=self.specialist)
        self._as(self.colleague, correction).action_send_back()
        self._as(self.colleague, correction).new_value = "13600136000"
        self._as(self.colleague, correction).action_propose()
        self._as(self.specialist, correction).action_verify()
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613600136000")

    def test_no_field_and_no_default_says_that_somebody_else_found_it(self):
        fields = {"proposed_by": self.colleague.id, "state": "proposed", "proposer_ids": [(5,)]}
        vals = {"partner_id": self.customer.id, "item": "name", "new_value": "王方"}
        for name, value in fields.items():
            with self.subTest(field=name):
                with self.assertRaises(UserError):
                    self._proposed(user=self.specialist, item="phone").write({name: value})
                with self.assertRaises(UserError):
                    self._as(self.specialist, "dcrc.correction").create({**vals, name: value})
        model = self._as(self.specialist, "dcrc.correction").with_context(
            **{f"default_{name}": value for name, value in fields.items()}
        )
        try:
            correction = model.create(vals)
        except UserError:
            return  # refused is as good
        self._refused(correction)
