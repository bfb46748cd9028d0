"""The door of our models: every id, step and value that a client hands in, found by introspection.

No list of models, fields or methods: a new one is tried by itself; a new public method without `given` fails.
"""

import contextlib
import inspect

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.foundations.base_door import CODE, Door
from .filled import FilledCase

NOBODY = 2_000_000_000  # an id that no record has
REFUSED = "does not exist, or you may not see it"
MALFORMED = [[[]], {"a": [1]}, "a\x00b", "\ud800", 10**30, -1]


class DoorCase(FilledCase):
    """Rows of everything at two dealers; `self.stranger` manages the other one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls._fill(cls.dealer, "欧阳秘密")
        cls.mine = cls._fill(cls.other_dealer, "自己的客户")
        cls.theirs["res.users"] = cls.specialist
        cls.mine["res.users"] = cls.stranger
        cls.env.flush_all()

    def _foreign_id(self, comodel):
        """The id of a row that the stranger can't read; None where nothing is hidden."""
        rows = self.theirs.get(comodel)
        if not rows or self._as(self.stranger, rows[:1]).has_access("read"):
            return None
        return rows[0].id

    def _answer(self, function):
        """(kind of error, its words, queries) of a call with a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        try:
            with mute_logger("odoo.sql_db", "odoo.addons", "odoo.models"):
                function()
        except Exception as error:  # the comparison says what is wrong about it
            return type(error), str(error), self.cr.sql_log_count - start
        return None, "", self.cr.sql_log_count - start

    def _assert_same_answer(self, ask, foreign):
        """`ask(id)` says of another dealer's id what it says of no id at all, and that is: no."""
        self._answer(lambda: ask(NOBODY))  # warm what is kept of models and rights
        theirs, nobody = self._answer(lambda: ask(foreign)), self._answer(lambda: ask(NOBODY))
        self.assertEqual(theirs, nobody)
        self.assertIs(theirs[0], AccessError)
        self.assertIn(REFUSED, theirs[1])

    def _door_models(self):
        """Every model of ours, and Odoo's that hold customers, as the stranger sees it."""
        for name, model in sorted(self.env.items()):
            if isinstance(model, Door):
                yield self._as(self.stranger, name)

    def _writable_models(self):
        for model in self._door_models():
            if model._name.startswith("dcrc.") or model._name in ("res.partner", "fleet.vehicle"):
                if model.has_access("write") or model.has_access("create"):
                    yield model


@tagged("post_install", "-at_install")
class TestDoorValues(DoorCase):
    def _links(self, model):
        """(field, value of an id) for every relational field that is hung on a hidden model."""
        for name, field in model._fields.items():
            if not field.relational or name in MAGIC_COLUMNS:
                continue
            foreign = self._foreign_id(field.comodel_name)
            if foreign and field.type == "many2one":
                yield name, foreign, [lambda one: one]
            elif foreign:
                yield (
                    name,
                    foreign,
                    [
                        lambda one: [Command.link(one)],
                        lambda one: [Command.set([one])],
                        lambda one: [Command.update(one, {}), Command.delete(one)],
                    ],
                )

    def _ways(self, model, name):
        """{way of handing over a value of a field: function}, as far as the stranger may go."""
        own = self._as(self.stranger, self.mine.get(model._name, model))[:1]
        ways = {"default": lambda value: model.with_context(**{f"default_{name}": value}).default_get([name])}
        if model.has_access("create"):
            ways["create"] = lambda value: model.create({name: value})
            ways["onchange"] = lambda value: model.onchange({name: value}, [name], {name: {}})
        if own and model.has_access("write"):
            ways["write"] = lambda value: own.write({name: value})
            ways["copy"] = lambda value: own.copy_data({name: value})
        return ways

    def _assert_closed(self, model, name, foreign, shape, first):
        for way, function in self._ways(model, name).items():
            if not first and way not in ("create", "write"):
                continue
            if way == "default" and name in model._dcrc_get_step_fields(new=True):
                continue  # counts for nothing, whatever it is
            with self.subTest(model=model._name, field=name, way=way):
                self._assert_same_answer(lambda one, function=function: function(shape(one)), foreign)

    def test_every_id_in_values_must_be_readable(self):
        tried = 0
        for model in self._writable_models():
            for name, foreign, shapes in self._links(model):
                tried += 1
                for shape in shapes:
                    self._assert_closed(model, name, foreign, shape, shape is shapes[0])
        self.assertGreater(tried, 80)

    def test_lines_of_lines_are_looked_at(self):
        customer = self._as(self.stranger, self.mine["res.partner"])
        phone = self.theirs["dcrc.phone"][:1].id
        self._assert_same_answer(
            lambda one: customer.write({"dcrc_phone_ids": [Command.update(one, {"note": "?"})]}), phone
        )
        self._assert_same_answer(
            lambda one: customer.write({"child_ids": [Command.create({"name": "?", "parent_id": one})]}),
            self.theirs["res.partner"].id,
        )

    def test_no_address_is_copied_from_another_dealers_customer(self):
        self.theirs["res.partner"].write({"street": "秘密路1号", "city": "重庆"})
        clerk = self._create_user("clerk", "base.group_partner_manager", self.other_dealer)
        for user in (self.stranger, clerk):
            partners = self._as(user, "res.partner")
            with self.subTest(user=user.login):
                self._assert_same_answer(
                    lambda one, partners=partners: partners.create({"name": "?", "parent_id": one}),
                    self.theirs["res.partner"].id,
                )

    def test_a_file_in_odoos_import_brings_no_id_of_another_dealer(self):
        phones = self._as(self.stranger, "dcrc.phone")
        with mute_logger("odoo.sql_db"):
            found = [
                phones.load(["partner_id/.id", "number"], [[str(one), "13812345678"]])["messages"]
                for one in (self.theirs["res.partner"].id, NOBODY)
            ]
        self.assertTrue(found[0])
        self.assertEqual([m["message"] for m in found[0]], [m["message"] for m in found[1]])

    def test_rows_of_the_own_dealer_pass(self):
        partner = self.mine["res.partner"]
        phone = self._as(self.stranger, "dcrc.phone").create({"partner_id": partner.id, "number": "13812345678"})
        self.assertEqual(phone.partner_id, partner)

    def test_what_a_field_can_not_hold_is_refused_in_words(self):
        for model in self._writable_models():
            own = self._as(self.stranger, self.mine.get(model._name, model))[:1]
            for name, field in model._fields.items():
                plain = own and field.store and not field.readonly and not field.company_dependent
                if (
                    not plain
                    or name in MAGIC_COLUMNS
                    or not (name.startswith("dcrc_") or own._name.startswith("dcrc."))
                ):
                    continue
                for value in MALFORMED:
                    with self.subTest(model=model._name, field=name, value=value):
                        self.assertWords(lambda own=own, name=name, value=value: own.write({name: value}))

    def assertWords(self, function):
        """The call works, or says in words why not: never an error of Python or PostgreSQL."""
        # Odoo makes words of a broken constraint, on its way to the client
        words = contextlib.suppress(UserError, psycopg2.IntegrityError)
        with words, mute_logger("odoo.sql_db", "odoo.models"), self.env.cr.savepoint():
            function()
            self.env.flush_all()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestDoorMethods(DoorCase):
    assertWords = TestDoorValues.assertWords

    def _methods(self):
        """(model, name, function) of each public method of ours with arguments, once each."""
        for name, model in sorted(self.env.items()):
            if not hasattr(model, "_dcrc_door_steps"):
                continue
            for method, function in inspect.getmembers(type(model), inspect.isfunction):
                ours = function.__module__.startswith(CODE) and not hasattr(Door, method)
                if ours and not method.startswith("_") and not getattr(function, "_api_private", False):
                    yield self._as(self.stranger, name), method, function

    def _arguments(self, function):
        return list(inspect.signature(function).parameters)[1:]

    def test_every_argument_of_a_public_method_has_its_shape(self):
        loose = [
            f"{model._name}.{name}({argument})"
            for model, name, function in self._methods()
            for argument in self._arguments(function)
            if argument not in getattr(function, "_dcrc_given", {})
        ]
        self.assertFalse(loose, "say what they take: tools/given.py")

    def test_every_id_given_to_a_public_method_must_be_readable(self):
        tried = 0
        for model, name, function in self._methods():
            for argument, shape in getattr(function, "_dcrc_given", {}).items():
                for number, (comodel, _value) in enumerate(shape.with_ids(lambda _model: 1)):
                    foreign = self._foreign_id(comodel)
                    if not foreign:
                        continue
                    tried += 1

                    def ask(one, model=model, name=name, argument=argument, shape=shape, number=number, hidden=comodel):
                        places = list(shape.with_ids(lambda asked: one if asked == hidden else self._own_id(asked)))
                        getattr(model, name)(**{**self._needed(model, name, argument), argument: places[number][1]})

                    with self.subTest(method=f"{model._name}.{name}", argument=argument, place=number):
                        self._assert_same_answer(ask, foreign)
        self.assertGreater(tried, 20)

    def _own_id(self, comodel):
        return self.mine[comodel][:1].id if comodel in self.mine else 1

    def _needed(self, model, name, argument):
        parameters = list(inspect.signature(getattr(type(model), name)).parameters.values())[1:]
        return {p.name: None for p in parameters if p.default is p.empty and p.name != argument}

    def test_every_method_of_a_row_is_closed_for_another_dealers_row(self):
        tried = 0
        for model, name, function in self._methods():
            foreign = self._foreign_id(model._name)
            if getattr(function, "_api_model", False) or not foreign or self._arguments(function):
                continue
            tried += 1
            with self.subTest(method=f"{model._name}.{name}"):
                self._assert_same_answer(
                    lambda one, model=model, name=name: getattr(model.browse(one), name)(), foreign
                )
        self.assertGreater(tried, 40)

    def test_malformed_arguments_are_refused_in_words(self):
        for model, name, function in self._methods():
            if name == "send":  # of texts: calls the provider
                continue
            for argument in self._arguments(function):
                for value in [None, *MALFORMED]:
                    call, given = getattr(model, name), {**self._needed(model, name, argument), argument: value}
                    with self.subTest(method=f"{model._name}.{name}", argument=argument, value=value):
                        self.assertWords(lambda call=call, given=given: call(**given))
