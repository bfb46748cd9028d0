"""What a car is judged by: a year of calls, two years of money, its own alone (RET-1, RET-2)."""

from datetime import timedelta

from odoo.tests import tagged

from .common import NOW, TODAY
from .test_retention_lifecycle import RetentionCase


@tagged("post_install", "-at_install")
class TestRetentionFacts(RetentionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car, cls.other = cls._due_car("2024-01-10"), cls._due_car("2024-01-10")

    def _ended(self, car=None, days=10, outcome=None, **vals):
        """A follow-up about a car that ended so many days ago."""
        car, day = car or self.car, TODAY - timedelta(days=days)
        dates = dict.fromkeys(("anchor_date", "date_start", "date_due", "date_expiry"), day)
        return self.env["dcrc.followup"].create(
            {
                "rule_id": self.rules_by_key["third"].id,
                "company_id": self.dealer.id,
                "partner_id": car.dcrc_contact_id.id,
                "vehicle_id": car.id,
                "source_model": "dcrc.service.visit",
                "source_id": self._next(),
                "purpose": "care",
                "channel": "phone",
                "state": "done",
                "done_on": NOW - timedelta(days=days),
                "outcome_id": outcome and self._get_outcome(outcome).id,
                **dates,
                **vals,
            }
        )

    def _facts(self, car=None):
        self.env.flush_all()
        (facts,) = self.env["fleet.vehicle"]._dcrc_get_life(self.dealer, (car or self.car).ids, TODAY)
        return facts

    def test_calls_in_vain_and_bad_answers_are_counted(self):
        self._ended(state="failed")
        self._ended(dissatisfied=True)
        self._ended(result="elsewhere")
        facts = self._facts()
        self.assertEqual((facts["failed_calls"], facts["dissatisfied"], facts["elsewhere"]), (1, 1, 1))

    def test_a_refusal_is_one_by_result_or_by_outcome(self):
        self._ended(result="refused")
        self._ended(outcome="refused")
        for _number in range(3):
            self._ended(outcome="answered")
        self.assertEqual(self._facts()["refused"], 2)

    def test_what_is_longer_ago_than_a_year_is_forgotten(self):
        self._ended(days=366, state="failed")
        self._ended(days=364, state="failed")
        facts = self._facts()
        self.assertEqual((facts["failed_calls"], facts["oldest"]), (1, TODAY - timedelta(days=364)))

    def test_good_calls_do_not_make_the_oldest_bad_one_older(self):
        self._ended(days=50, outcome="answered")
        self._ended(days=20, result="refused")
        self.assertEqual(self._facts()["oldest"], TODAY - timedelta(days=20))

    def test_another_cars_calls_are_not_this_ones(self):
        self._ended(self.other, state="failed")
        self.assertIsNone(self._facts()["failed_calls"])

    def test_money_of_two_years_counts_and_void_orders_do_not(self):
        for days, amount in ((10, 100), (729, 20), (731, 3)):
            self._create_visit(self.car, NOW - timedelta(days=days), amount_total=amount)
        void = self._create_visit(self.car, NOW - timedelta(days=5), amount_total=4000)
        void.void = True
        self.assertEqual(self._facts()["spent"], 120)

    def test_one_case_opens_as_a_form_and_several_as_a_list(self):
        action = self.car._dcrc_win_back({})
        self.assertEqual((action["view_mode"], action["res_id"]), ("form", self.car.dcrc_case_id.id))
        several = (self.other | self._due_car("2024-02-10"))._dcrc_win_back({})
        self.assertNotIn("res_id", {key: value for key, value in several.items() if value})
