"""The door of our models: what a client hands in is checked before anything else runs.

Three promises, kept in one place for every model (CONTRIBUTING.md, "The door"):

* who gives an id may read it: in values, commands, defaults and arguments of public
  methods. For anybody else's record the answer is that for an id that doesn't exist,
  and so it is when one is read;
* what our fields' own definition makes readonly (it says so, or it is computed without
  an inverse) is written by the steps of the model alone: no client writes it by RPC.
  A step checks what it has to check and then calls `_dcrc_step(vals)`;
* what can't be used is refused in words, not by an error of Python or PostgreSQL.

The door hangs in front of the whole class of a model: overrides of `create` and
`write`, Odoo's and ours, only see what has passed. The server itself (superuser)
goes through freely. Odoo's other models have a side door: who puts a customer, a
customer's car or a record of ours into an order, a meeting or a message may read it.
"""

import functools
import inspect

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.field_values import forms_around, leads, name_origin, references
from ...tools.given import is_text
from .base_door_checks import GUARDED, KEPT, OURS

CODE = "odoo.addons.dcrc_"
# Odoo's methods that look records and people up as root, on whatever model: which arguments name people.
NAMING = {
    "message_post": ("partner_ids", "author_id"),
    "signup_get_auth_param": (),
    "message_notify": ("partner_ids", "author_id"),
    "message_subscribe": ("partner_ids",),
    "message_unsubscribe": ("partner_ids",),
    "_message_update_content": ("partner_ids",),
    "add_members": ("partner_ids",),
}


class Base(models.AbstractModel):
    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        cls = type(self)
        if cls.__bases__ != cls._base_classes__:
            return
        links, body, stands = _links(self), {}, ()
        if _has_door(self):
            steps = _step_fields(self)
            once = frozenset(name for name in steps if _is_said_once(self, name) and not self._fields[name].compute)
            body = {"_dcrc_door_steps": steps, "_dcrc_door_once": once, **_guarded_methods(cls)}
            # a mixin keeps no rows; with `Door` it would hang it behind the classes that inherit it
            stands = () if self._abstract else (Door,)
        elif links and not self._abstract:
            stands = (SideDoor,)
        if not self._abstract:
            body |= {name: _guard_people(getattr(cls, name)) for name in NAMING if hasattr(cls, name)}
        if body or stands:
            body |= {"__slots__": (), "_dcrc_door_links": links, "_dcrc_door_pairs": references(self)}
            door = type("Door", stands, body)
            cls.__bases__ = (door, *cls.__bases__)

    def _unregister_hook(self):
        cls = type(self)
        if cls.__bases__ != cls._base_classes__:
            cls.__bases__ = cls._base_classes__
        return super()._unregister_hook()


class SideDoor:
    """Stands before the classes of a model through which one gets to what dealers keep.

    No model itself: `super()` is the model.
    """

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        self._dcrc_check_active()
        for vals in vals_list:
            self._dcrc_check_values(vals)
        return super(SideDoor, self._dcrc_strip_context()).create(vals_list)

    def write(self, vals):
        self._dcrc_check_values(vals)
        return super(SideDoor, self._dcrc_strip_context()).write(vals)

    def copy_data(self, default=None):
        self._dcrc_check_values(default or {})
        return super().copy_data(default)

    def web_save(self, vals, specification, next_id=None):
        self._dcrc_check_values(vals)
        return super().web_save(vals, specification, next_id=next_id)

    def onchange(self, values, field_names, fields_spec):
        # Nothing is written here: a form shows what steps have noted, a line what the form around it shows.
        if not self.env.su:
            around = forms_around(self, values)
            self._dcrc_check_ids(
                {**values, **{name: form.get("id") for name, form in around.items()}} if around else values
            )
            for name, form in around.items():
                self.env[self._fields[name].comodel_name]._dcrc_check_ids({**form, "id": False})
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        self = self._dcrc_strip_context()
        self._dcrc_check_defaults()
        self._dcrc_check_active()
        values = super().default_get(fields)
        if not self.env.su and ("active_id" in self.env.context or "active_ids" in self.env.context):
            self._dcrc_check_ids(values)
        return values


class Door(SideDoor):
    """Stands before the classes of a model of ours, too, and of Odoo's that our code touches."""

    __slots__ = ()

    def write(self, vals):
        self._dcrc_check_known()
        return super().write(vals)

    def unlink(self):
        self._dcrc_check_known()
        return super(Door, self._dcrc_strip_context()).unlink()

    def copy_data(self, default=None):
        self._dcrc_check_known()
        steps = set() if self.env.su else self._dcrc_get_step_fields(new=True)
        return [
            {name: value for name, value in data.items() if name not in steps} for data in super().copy_data(default)
        ]

    def web_save(self, vals, specification, next_id=None):
        self._dcrc_check_known()
        return super().web_save(vals, specification, next_id=next_id)

    def onchange(self, values, field_names, fields_spec):
        self._dcrc_check_known()
        return super().onchange(values, field_names, fields_spec)

    # -- reading: one answer for what is not there and for what is another's --------

    def _check_access(self, operation):
        if operation != "create" and any(self._ids) and self._dcrc_is_ours() and self.browse().has_access("read"):
            unknown = self._dcrc_find_unknown()
            if unknown:
                return self.browse(unknown), self._dcrc_make_unknown
        return super()._check_access(operation)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        # of no rows in particular, see `_fetch_query`
        found = super(Door, self.browse()).search_fetch(domain, field_names, offset, limit, order)
        if not self.env.su:
            self._dcrc_known().update(found._ids)
        return found

    def _fetch_query(self, query, fields):
        fetched = super()._fetch_query(query, fields)
        if not self.env.su and self._dcrc_is_ours() and not set(self._ids) <= set(fetched._ids):
            raise self._dcrc_make_unknown()
        return fetched


def _has_door(model):
    """Whether clients reach our code or our customers through a model."""
    if model._abstract and not model._name.startswith(OURS):
        return False
    return model._name in GUARDED or any(part.__module__.startswith(CODE) for part in type(model)._base_classes__)


def _links(model):
    """Names of fields by which values of Odoo's models lead to what a dealer keeps, or may lead there."""
    found = set()
    for name, field in model._fields.items():
        comodel = field.relational and field.comodel_name or ""
        if name.startswith("dcrc_") or comodel in KEPT or comodel.startswith(OURS) or leads(field) and not comodel:
            found.add(name)
    for name, other in references(model).items():
        found |= {name, other, *name_origin(model, other)}
    return frozenset(found)


def _step_fields(model):
    """Our stored fields that their definition makes readonly, or that are said once."""
    ours = model._name.startswith(OURS)
    return frozenset(
        name
        for name, field in model._fields.items()
        if (ours or name.startswith("dcrc_"))
        and name not in models.MAGIC_COLUMNS
        and (field.store and field.readonly or _is_said_once(model, name))
    )


def _is_said_once(model, name):
    """Whether a field is said when a record is made: whose dealer it is, and what is marked so."""
    ours = model._name.startswith(OURS) and not model._transient
    return ours and name == "company_id" or getattr(model._fields[name], "dcrc_once", False)


def _guarded_methods(cls):
    """The public methods that our code adds to a model, each behind a check of what it is given."""
    methods = {}
    for name, function in inspect.getmembers(cls, inspect.isfunction):
        private = name.startswith("_") or getattr(function, "_api_private", False)
        if not private and not hasattr(Door, name) and function.__module__.startswith(CODE):
            methods[name] = _guard(function)
    return methods


def _guard(function):
    shapes = getattr(function, "_dcrc_given", {})
    signature = inspect.signature(function)

    @functools.wraps(function)
    def guarded(self, *args, **kwargs):
        if not self.env.su:
            if not getattr(function, "_api_model", False):
                self._dcrc_check_known()
            if shapes:
                given = self._dcrc_bind(signature, args, kwargs)
                for name, shape in shapes.items():
                    self._dcrc_check_pairs(self._dcrc_in_words(shape.ids, given.get(name), name))
                self._dcrc_check_needed(signature, given)
            self = self._dcrc_strip_context()
        return function(self, *args, **kwargs)

    return guarded


def _guard_people(function):
    """Who is named in a message, or made a follower, is somebody whom the caller may read; texts are texts."""
    signature = inspect.signature(function)

    @functools.wraps(function)
    def guarded(self, *args, **kwargs):
        for name, value in kwargs.items():
            if isinstance(value, str) and not is_text(value):
                raise UserError(self.env._("“%(name)s” is given in a form that can't be used.", name=name))
        if not self.env.su:
            if self._dcrc_is_ours():
                self._dcrc_check_known()
            given = {**self._dcrc_bind(signature, args, kwargs), **kwargs}  # some take all as `**kwargs`
            named = [given.get(name) or () for name in NAMING[function.__name__]]
            people = [one for each in named for one in (each if isinstance(each, (list, tuple, set)) else [each])]
            self._dcrc_check_pairs([("res.partner", one) for one in people if isinstance(one, int)], strict=False)
        return function(self, *args, **kwargs)

    return guarded
