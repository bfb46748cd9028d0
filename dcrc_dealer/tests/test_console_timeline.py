"""The timeline's pages, kinds and search; and who may read it."""

from datetime import timedelta

from odoo.exceptions import AccessError

from .common import NOW
from .common_followup import FollowupCase


class TestConsoleTimeline(FollowupCase):
    """Everything of one customer, newest first (CUS-3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_customer()
        cls.car = cls._create_car(cls.partner)
        for day in range(1, 46):
            cls._create_visit(cls.car, date_in=NOW - timedelta(days=day), work=f"工单 {day}")

    def _page(self, user=None, **filters):
        return self._as(user or self.specialist, "dcrc.console").get_timeline(self.partner.id, **filters)

    def test_newest_forty_first(self):
        page = self._page()
        self.assertEqual(len(page["entries"]), 40)
        self.assertGreaterEqual(page["total"], 45)
        dates = [entry["date"] for entry in page["entries"]]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_pages_do_not_overlap(self):
        first, second = self._page(), self._page(offset=40)
        ids = [entry["id"] for page in (first, second) for entry in page["entries"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), first["total"])

    def test_one_kind(self):
        page = self._page(kind="ownership")
        self.assertEqual({entry["kind"] for entry in page["entries"]}, {"ownership"})

    def test_kinds_are_counted_whatever_is_shown(self):
        counts = {row["kind"]: row["count"] for row in self._page(kind="ownership", with_kinds=True)["kinds"]}
        self.assertEqual(counts["visit"], 45)

    def test_search_in_words(self):
        page = self._page(text="工单 45")
        self.assertEqual([entry["title"] for entry in page["entries"]], ["工单 45"])

    def test_calls_stand_there_too(self):
        self._plan()
        followup = self.Followup.search([("partner_id", "=", self.partner.id), ("state", "=", "open")])[:1]
        self._finish(followup, "no_answer")
        (call,) = self._page(kind="call")["entries"]
        self.assertEqual(call["user"], self.specialist.name)

    def test_entries_are_never_read_by_their_computed_id(self):
        self._page()
        self.env.invalidate_all()
        spent = []
        execute = type(self.env.cr).execute

        def note(cursor, query, *args, **kwargs):
            spent.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", note)
        self._page(with_kinds=True)
        views = [query for query in spent if "UNION ALL" in query]
        self.assertEqual(len(views), 3)  # page, total, kinds

    def test_a_page_has_its_limit(self):
        self.assertLessEqual(len(self._page(limit=10000)["entries"]), 200)

    def test_readers_may_departments_and_strangers_may_not(self):
        for user in (self.manager, self.director, self.auditor):
            self.assertTrue(self._page(user)["total"])
        for user in (self.workshop, self.stranger, self.outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._page(user)
