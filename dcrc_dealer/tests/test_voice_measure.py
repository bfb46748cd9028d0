"""Complaints handled and in time (CMP-2, CMP-4)."""

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY
from .common_clock import ClockCase


@tagged("post_install", "-at_install")
class TestVoiceMeasure(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer.dcrc_rate_minimum = 1

    def _figure(self, code, days=0):
        measure = self.env["dcrc.measure"]._find([code])
        [figure] = measure._get_figures(self.dealer, TODAY, TODAY + timedelta(days=days))
        return figure.numerator, figure.denominator

    def test_a_time_limit_counts_once_it_is_kept_or_over(self):
        self._set_rule(2, unit="wall")
        kept, over = self._correct(), self._correct()
        self.assertEqual(self._figure("corrections_in_time"), (0, 0))
        self._clock(kept)._meet(NOW + timedelta(minutes=10))
        self.assertEqual(self._figure("corrections_in_time"), (1, 1))
        with freeze_time(NOW + timedelta(hours=9)):
            self.assertEqual(self._figure("corrections_in_time"), (1, 2))
            late = self.env["dcrc.clock"].search([("is_late", "=", True), ("company_id", "=", self.dealer.id)])
            self.assertEqual(late, self._clock(over))

    def test_complaints_are_counted_by_the_day_on_which_they_came(self):
        self._complain()
        self.assertEqual(self._figure("complaints_handled"), (0, 1))
