"""Texts and the dealer's calendar: marketing keeps to open days, care to the customer's (SMS-1)."""

from datetime import timedelta

from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_texting import TextingCase

DAY = timedelta(days=1)


class TestTextingClosed(TextingCase):
    """The house is closed today and tomorrow."""

    def setUp(self):
        super().setUp()
        start, stop = (self.dealer._dcrc_day_bounds(day)[n] for n, day in enumerate((TODAY, TODAY + DAY)))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "春节",
                "calendar_id": self.dealer.dcrc_opening_id.id,
                "company_id": self.dealer.id,
                "date_from": start,
                "date_to": stop - timedelta(seconds=1),
            }
        )

    def test_marketing_waits_for_an_open_day(self):
        text = self._queue()
        for days in (0, 1):
            with freeze_time(NOW + days * DAY):
                self._run()
            self.assertEqual(text.state, "dcrc_waiting")
        with freeze_time(NOW + 2 * DAY):
            self._run()
        self.assertEqual(text.state, "pending")

    def test_care_and_greetings_go_on_closed_days(self):
        text = self._queue(purpose="care")
        greeting = self._queue(purpose="care", dcrc_last_day=TODAY)
        self._run()
        self.assertEqual({text.state, greeting.state}, {"pending"})

    def test_care_does_not_wait_behind_marketing(self):
        self.account.daily_cap = 1
        self._queue()
        text = self._queue(purpose="care")
        self._run()
        self.assertEqual(text.state, "pending")

    def test_a_campaign_says_that_the_house_is_closed_and_until_when(self):
        campaign = self._create_campaign(purpose="marketing")
        self.assertIn("The house is closed: marketing waits until 10-16 09:00", campaign.sending_note)
        self.assertEqual(self.account.status, "Sending.")

    def test_a_campaign_of_care_does_not_wait(self):
        self.assertEqual(self._create_campaign(purpose="care").sending_note, "Sending.")

    def test_a_dealer_without_calendar_is_always_open(self):
        self.dealer.dcrc_opening_id = False
        self.assertFalse(self.account._next_opening("marketing"))
