"""Consent, samples and the regional analysis (CUS-1, CUS-8, CUS-9)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, DcrcCase


@tagged("post_install", "-at_install")
class TestConsent(DcrcCase):
    def _create_consent(self, **vals):
        return self._as(self.specialist, "dcrc.consent").create(
            {"partner_id": self._create_customer().id, "purpose": "marketing", "evidence": "购车合同第8条", **vals}
        )

    def test_withdrawing_is_a_wish_not_to_be_contacted(self):
        consent = self._create_consent()
        consent.action_withdraw()
        wish = consent.partner_id.dcrc_do_not_contact_ids
        self.assertEqual((wish.purpose, wish.date), ("marketing", TODAY))

    def test_withdrawing_twice_is_one_wish(self):
        consent = self._create_consent()
        consent.action_withdraw()
        consent.action_withdraw()
        self.assertEqual(len(consent.partner_id.dcrc_do_not_contact_ids), 1)

    def test_a_consent_stays_on_record(self):
        with self.assertRaisesRegex(UserError, "withdraw it instead"):
            self._create_consent().sudo().unlink()


@tagged("post_install", "-at_install")
class TestSample(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _i in range(5):
            cls._create_customer()
        cls._create_customer(company=cls.other_dealer)

    def _draw(self, user=None, **vals):
        sample = self._as(user or self.auditor, "dcrc.sample").create({"company_id": self.dealer.id, "size": 3, **vals})
        sample.action_draw()
        return sample

    def test_headquarters_draws_by_chance_from_one_dealer(self):
        sample = self._draw()
        self.assertEqual(len(sample.line_ids), 3)
        self.assertEqual(sample.line_ids.partner_id.company_id, self.dealer)

    def test_a_sample_is_drawn_once(self):
        with self.assertRaisesRegex(UserError, "drawn already"):
            self._draw().action_draw()

    def test_a_sample_larger_than_the_dealer_takes_everybody(self):
        self.assertEqual(len(self._draw(size=100).line_ids), 5)

    def test_headquarters_sees_numbers_masked(self):
        self.assertRegex(self._draw().line_ids[0].phone_masked, r"^138\*{4}\d{4}$")

    def test_accuracy_is_right_by_verified(self):
        lines = self._draw().line_ids
        lines[0].verdict = "right"
        lines[1].verdict = "wrong"
        self.assertEqual(lines.sample_id.accuracy, 0.5)

    def test_without_a_verified_file_there_is_no_accuracy(self):
        sample = self._draw()
        self.assertEqual((sample.verified_count, sample.accuracy), (0, 0))

    def test_a_specialist_does_not_judge_the_own_files(self):
        with self.assertRaises(AccessError):
            self._as(self.specialist, self._draw()).line_ids[0].verdict = "right"

    def test_the_dealers_manager_neither_draws_nor_judges_headquarters_sample(self):
        sample = self._as(self.manager, self._draw())
        for work in (sample.action_draw, lambda: sample.write({"size": 5})):
            with self.assertRaisesRegex(AccessError, "headquarters"):
                work()
        with self.assertRaisesRegex(AccessError, "headquarters"):
            sample.line_ids[0].verdict = "right"

    def test_a_dealer_draws_a_sample_of_its_own_named_so(self):
        with self.assertRaisesRegex(UserError, "noted by the steps"):
            self._draw(self.manager, drawn_for="headquarters")
        sample = self._draw(self.manager)
        sample.line_ids[0].verdict = "right"
        self.assertEqual((sample.drawn_for, sample.verified_count), ("dealer", 1))

    def test_headquarters_changes_no_file_of_the_dealer(self):
        with self.assertRaises(AccessError):
            self._draw().line_ids[0].partner_id.street = "1"


@tagged("post_install", "-at_install")
class TestAnalysis(DcrcCase):
    def test_cars_are_counted_by_activity(self):
        self._create_car(self._create_customer())
        self._create_visit()
        groups = self._as(self.director, "dcrc.customer.analysis")._read_group([], ["activity"], ["__count"])
        self.assertEqual(dict(groups), {"never": 1, "active": 1})
