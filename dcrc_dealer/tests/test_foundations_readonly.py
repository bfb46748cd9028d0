from odoo.api import Environment

from .common import DcrcCase


class TestFoundationsReadonly(DcrcCase):
    """What only reads may be answered by a replica: it must work where nothing can be written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.calls = {
            ("dcrc.article", "find_articles"): ["三包"],
            ("dcrc.hotline.ring", "get_ringing"): [],
            ("dcrc.console", "find_caller"): [cls.customer.name],
            ("dcrc.console", "get_overview"): [],
            ("dcrc.console", "get_timeline"): [cls.customer.id],
            ("dcrc.measure", "get_figures"): [["success", "return_published"], "2026-09-01", "2026-10-31"],
            ("dcrc.measure", "get_rows_action"): ["success", "denominator", "2026-09-01", "2026-09-30"],
            ("dcrc.return.report", "get_return_figures"): [],
            ("dcrc.appointment", "get_board"): [],
            ("dcrc.appointment", "get_unusual_days"): ["2026-10-14", "2026-10-20"],
        }

    def _on_replica(self, user, work):
        """Return what ``work(env)`` returns on a cursor that refuses to write."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor(readonly=True) as cr:
            context = {"allowed_company_ids": self.dealer.ids, "lang": "zh_CN"}
            return work(Environment(cr, user.id, context))

    def _readonly_methods(self):
        """Of our own code, as (model, method)."""
        found = set()
        for model in self.env.values():
            for name in dir(type(model)):
                method = getattr(type(model), name, None)
                if getattr(method, "_readonly", False) and method.__module__.startswith("odoo.addons.dcrc_"):
                    found.add((model._name, name))
        return found

    def test_board_timeline_and_calendar_say_that_they_only_read(self):
        self.assertEqual(self._readonly_methods(), set(self.calls), "each is tried below")

    def test_what_says_so_writes_nothing(self):
        for (model, method), args in self.calls.items():
            with self.subTest(model=model, method=method):
                self._on_replica(self.manager, lambda env, m=model, n=method, a=args: getattr(env[m], n)(*a))

    def test_lists_are_read_where_nothing_can_be_written(self):
        for name in sorted(model._name for model in self.env.values() if model._name.startswith("dcrc.")):
            model = self.env[name].with_user(self.manager)
            if model._abstract or model._transient or not model.has_access("read"):
                continue
            with self.subTest(model=name):
                fields = {field: {} for field in model.fields_get() if field != "display_name"}
                self._on_replica(self.manager, lambda env, n=name, f=fields: env[n].web_search_read([], f, limit=5))

    def test_figures_are_summed_where_nothing_can_be_written(self):
        reports = [model._name for model in self.env.values() if model._name.startswith("dcrc.") and not model._auto]
        for name in reports:
            if not self.env[name]._abstract:
                with self.subTest(model=name):
                    self._on_replica(self.manager, lambda env, n=name: env[n].formatted_read_group([], [], ["__count"]))

    def test_what_follows_the_own_change_reads_where_it_was_written(self):
        followed = {
            "dcrc.console": ("get_today", "claim_next", "open_contact", "finish_call", "explain_empty"),
            "dcrc.appointment": ("move_on_board", "get_free_slots", "get_alternatives"),
        }
        for model, methods in followed.items():
            for method in methods:
                self.assertFalse(getattr(getattr(self.registry[model], method), "_readonly", False), method)
