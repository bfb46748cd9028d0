import re
from datetime import datetime

from lxml import etree

from odoo.tests import freeze_time
from odoo.tools.safe_eval import safe_eval

from .common_followup import FollowupCase


class TestFollowupFilters(FollowupCase):
    """Filters on dates mean the user's days, at midnight and at the end of the month, too."""

    def _domains(self):
        """(view, model, filter, domain) of every filter of ours that can be read without a client."""
        views = self.env["ir.ui.view"].search([("type", "=", "search"), ("model", "like", "dcrc.%")])
        for view in views:
            for node in etree.fromstring(view.arch).iter("filter"):
                if node.get("domain") and "context_today" not in node.get("domain"):
                    yield view, self.env[view.model], node.get("name"), node.get("domain")

    def test_no_filter_takes_a_day_of_another_zone(self):
        for view, model, name, text in self._domains():
            for field, _operator, value in re.findall(r"\('(\w+)', '([^']+)', '([^']*)'\)", text):
                kind = model._fields[field].type if field in model._fields else ""
                with self.subTest(view=view.name, filter=name):
                    if kind == "date":
                        self.assertFalse(value.startswith(("=", "now")), "a day begins with today")
                    elif kind == "datetime":
                        self.assertFalse(value.startswith("today"), "a moment begins with =0H")

    def test_last_month_is_the_users_from_its_first_day_to_its_last(self):
        arch = etree.fromstring(self.env.ref("dcrc_dealer.return_report_view_search").arch)
        domain = safe_eval(arch.find(".//filter[@name='last_month']").get("domain"))
        partner = self.env["res.partner"]
        days = ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"]
        partners = [self._create_customer(dcrc_birth_date=day) for day in days]
        domain = [("dcrc_birth_date", operator, value) for _field, operator, value in domain]
        for moment in (datetime(2026, 10, 31, 16, 1), datetime(2026, 11, 30, 15, 59), datetime(2026, 11, 15, 4)):
            with self.subTest(moment=moment), freeze_time(moment):
                found = partner.with_context(tz="Asia/Shanghai").search(domain)
                self.assertEqual(found, partners[1] | partners[2])

    def test_today_is_the_users_at_midnight(self):
        first = self._open_first()
        for hour, minute, late in ((15, 59, False), (16, 1, True)):
            with self.subTest(hour=hour), freeze_time(datetime(2026, 10, 15, hour, minute)):
                manager = self._as(self.manager, "dcrc.followup")
                self.assertEqual(first in manager.search([("listed", "=", "late")]), late)
                self.assertEqual(first in manager.search([("listed", "=", "today")]), not late)
