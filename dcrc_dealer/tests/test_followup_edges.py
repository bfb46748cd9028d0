"""Filters, tiles and figures find the same at every edge: midnight, the month's end, other time zones."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time, tagged

from .common_followup import FollowupCase

ZONES = ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu")
LAST = date(2026, 10, 31)  # a month's last day
SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
class TestFollowupEdges(FollowupCase):
    def setUp(self):
        super().setUp()
        self.followup = self._open_first()
        self.followup.write({"date_due": LAST, "date_expiry": date(2026, 11, 8)})
        self.followup.contact_id.date_due = LAST

    def _at_midnight(self):
        """(zone, a second before and after, the moment) around the midnight that ends the month, as naive UTC."""
        for zone in ZONES:
            self.dealer.dcrc_tz = zone
            midnight = datetime(2026, 11, 1, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            for moment, over in ((midnight - SECOND, False), (midnight, True), (midnight + SECOND, True)):
                yield zone, moment, over

    def _found(self, model, name):
        """Whether the filter `name` finds the row, whatever zone its reader sits in."""
        row = self.followup if model == "dcrc.followup" else self.followup.contact_id
        for reader in ("Asia/Shanghai", "Europe/Berlin"):
            found = self._as(self.manager, model).with_context(tz=reader).search([("listed", "=", name)])
            yield row in found

    def _tile(self, key):
        tiles = {tile["key"]: tile for tile in self._as(self.manager, "dcrc.console").get_today(True)["tiles"]}
        listed = self._as(self.manager, "dcrc.contact").search(tiles[key]["action"]["domain"])
        self.assertEqual(tiles[key]["count"], len(listed))
        return self.followup.contact_id in listed

    def test_overdue_begins_at_the_dealers_midnight_in_filter_and_tile(self):
        for zone, moment, over in self._at_midnight():
            with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                self.env.invalidate_all()
                for name, expected in (("late", over), ("due", not over)):
                    answers = {*self._found("dcrc.contact", name), self._tile(name)}
                    self.assertEqual(answers, {expected}, name)

    def test_today_of_a_followup_is_the_dealers(self):
        for zone, moment, over in self._at_midnight():
            with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual({*self._found("dcrc.followup", "today")}, {not over})
                self.assertEqual({*self._found("dcrc.followup", "late")}, {over})

    def test_what_was_missed_yesterday_is_of_the_dealers_day(self):
        for zone, moment, over in self._at_midnight():
            with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                ended = datetime(2026, 10, 31, 23, 59, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
                self.followup.write({"state": "missed", "done_on": ended.replace(tzinfo=None)})
                self.assertEqual({*self._found("dcrc.followup", "missed_yesterday")}, {over})

    def test_success_counts_a_call_in_the_month_in_which_it_was_due(self):
        success = self.env["dcrc.measure"]._find(["success"])
        for zone, moment, _over in self._at_midnight():
            with self.subTest(zone=zone, moment=moment), freeze_time(moment + timedelta(days=5)):
                self.env.invalidate_all()
                months = ((date(2026, 10, 1), LAST), (date(2026, 11, 1), date(2026, 11, 30)))
                counted = [success._get_figures(self.dealer, *month)[0].denominator or 0 for month in months]
                self.assertEqual(counted, [1, 0])

    def test_two_dealers_of_a_group_have_a_day_each(self):
        self.other_dealer.dcrc_tz = "America/Los_Angeles"
        model = self.env["dcrc.contact"].with_user(self.auditor)
        both = model.with_context(allowed_company_ids=(self.dealer | self.other_dealer).ids)
        with freeze_time(datetime(2026, 10, 31, 16, 0, 1)):  # November in Shanghai, October in Los Angeles
            self.assertIn(self.followup.contact_id, both.search([("listed", "=", "late")]))
            theirs = both.with_context(allowed_company_ids=(self.other_dealer | self.dealer).ids)
            self.assertIn(self.followup.contact_id, theirs.search([("listed", "=", "late")]))
