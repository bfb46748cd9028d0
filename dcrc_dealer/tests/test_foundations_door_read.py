"""Reading another dealer's id tells no more than reading one that no record has."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_foundations_door import NOBODY, REFUSED, DoorCase


@tagged("post_install", "-at_install")
class TestDoorRead(DoorCase):
    def _kept(self):
        """(model as the stranger sees it, id of a row that is kept from it)."""
        for name in sorted(self.theirs):
            model, foreign = self._as(self.stranger, name), self._foreign_id(name)
            if foreign and model._dcrc_is_ours() and model.has_access("read"):
                yield model, foreign

    def _assert_alike(self, ask, foreign):
        """`ask(id)` answers the same for both ids, whatever that is."""
        self._answer(lambda: ask(NOBODY))
        self.assertEqual(self._answer(lambda: ask(foreign)), self._answer(lambda: ask(NOBODY)))

    def test_every_way_of_reading_refuses_both_alike(self):
        tried = 0
        for model, foreign in self._kept():
            stored = next(n for n, field in model._fields.items() if field.store and field.column_type and n != "id")
            lines = [name for name, f in model._fields.items() if f.type == "one2many" and f.store and not f.groups]
            ways = {
                "read": lambda rows: rows.read(["display_name"]),
                "everything": lambda rows: rows.read(),
                "web_read": lambda rows: rows.web_read({"display_name": {}}),
                "field": lambda rows, name=stored: rows[name],
                "lines": lambda rows, names=lines: rows.read(names[:1] or ["display_name"]),
                "access": lambda rows: rows.check_access("read"),
            }
            for way, read in ways.items():
                tried += 1
                with self.subTest(model=model._name, way=way):
                    self._assert_same_answer(lambda one, read=read, model=model: read(model.browse(one)), foreign)
        self.assertGreater(tried, 100)

    def test_one_among_own_rows_is_refused_too(self):
        for model, foreign in self._kept():
            own = self.mine.get(model._name, model)[:1].id
            with self.subTest(model=model._name):
                self._assert_same_answer(lambda one, m=model, own=own: m.browse([own, one]).read(["id"]), foreign)

    def test_every_public_method_of_odoo_answers_both_alike(self):
        tried = 0
        for model, foreign in self._kept():
            for name, function in inspect.getmembers(type(model), inspect.isfunction):
                private = name.startswith("_") or getattr(function, "_api_private", False)
                needed = [p for p in list(inspect.signature(function).parameters.values())[1:] if p.default is p.empty]
                if private or getattr(function, "_api_model", False) or needed and needed[0].kind < 2:
                    continue
                tried += 1
                with self.subTest(method=f"{model._name}.{name}"):
                    self._assert_alike(lambda one, m=model, name=name: getattr(m.browse(one), name)(), foreign)
        self.assertGreater(tried, 300)

    def test_messages_and_activities_of_a_row_answer_both_alike(self):
        for model, foreign in self._kept():
            if not hasattr(model, "message_post"):
                continue
            ways = {
                "message_post": lambda rows: rows.message_post(body="?"),
                "message_subscribe": lambda rows: rows.message_subscribe(self.stranger.partner_id.ids),
                "message_unsubscribe": lambda rows: rows.message_unsubscribe(self.stranger.partner_id.ids),
                "message_get_followers": lambda rows: rows.message_get_followers(),
            }
            for way, ask in ways.items():
                with self.subTest(model=model._name, way=way):
                    self._assert_alike(lambda one, m=model, ask=ask: ask(m.browse(one)), foreign)

    def test_what_is_the_own_is_read(self):
        for name, rows in self.mine.items():
            mine = self._as(self.stranger, rows[:1])
            if mine.has_access("read") and name in self.theirs:
                with self.subTest(model=name):
                    self.assertTrue(mine.read(["display_name"]))

    def test_every_model_is_looked_for_by_name(self):
        for model in self._door_models():
            if model.has_access("read") and not model._abstract and model._original_module == "dcrc_dealer":
                with self.subTest(model=model._name), mute_logger("odoo.models"):  # many have no name
                    model.name_search("王", limit=3)

    def test_what_no_question_can_hold_is_refused_in_words(self):
        partners = self._as(self.stranger, "res.partner")
        for ask in (
            lambda: partners.search([("name", "=", "a\x00b")]),
            lambda: partners.search([("name", "in", ["\ud800"])]),
            lambda: partners.browse(["x"]).read(["name"]),
            lambda: self._as(self.stranger, self.mine["res.partner"]).message_post(body="\ud800"),
            lambda: self._as(self.stranger, self.mine["fleet.vehicle"]).write({"dcrc_owner_id": "0001-01-01"}),
        ):
            with self.assertRaises(UserError):
                ask()

    def test_a_model_that_one_may_not_read_at_all_says_so(self):
        with self.assertRaises(AccessError) as caught:
            self._as(self.outsider, self.mine["dcrc.phone"]).read(["number"])
        self.assertNotIn(REFUSED, str(caught.exception))
