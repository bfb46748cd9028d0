"""The door of our models: what a client hands in is checked before anything else runs.

Three promises, kept in one place for every model (CONTRIBUTING.md, "The door"):

* who gives an id may read it: in values, commands, defaults and arguments of public
  methods. For anybody else's record the answer is that for an id that doesn't exist;
* what our fields' own definition makes readonly (it says so, or it is computed without
  an inverse) is written by the steps of the model alone: no client writes it by RPC.
  A step checks what it has to check and then calls `_dcrc_step(vals)`;
* what can't be used is refused in words, not by an error of Python or PostgreSQL.

The door hangs in front of the whole class of a model: overrides of `create` and
`write`, Odoo's and ours, only see what has passed. The server itself (superuser)
goes through freely.
"""

import functools
import inspect
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.field_values import forms_around, ids_in_values
from ...tools.given import MAX_INT, Malformed

OURS = "dcrc."
# Odoo's models that hold what a dealer keeps to itself, and tools that work on them.
KEPT = {"res.partner", "fleet.vehicle"}
GUARDED = KEPT | {"base.partner.merge.automatic.wizard", "base.partner.merge.line"}
CODE = "odoo.addons.dcrc_"
# Keys of a context that only choose what is shown, and Odoo's own that our code hears.
SHOWN = {"dcrc_verdict", "dcrc_result", "dcrc_own", "dcrc_without_time", "dcrc_one_list"}
TOLD = {"cron_id", "install_mode"}
# What properties a contact may have: everybody's, and no record of anybody.
DEFINITION = "properties.base.definition"


class Base(models.AbstractModel):
    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        cls = type(self)
        if _has_door(self) and cls.__bases__ == cls._base_classes__:
            body = {"__slots__": (), "_dcrc_door_steps": _step_fields(self), **_guarded_methods(cls)}
            # a mixin keeps no rows; with `Door` it would hang it behind the classes that inherit it
            door = type("Door", () if self._abstract else (Door,), body)
            cls.__bases__ = (door, *cls.__bases__)

    def _unregister_hook(self):
        cls = type(self)
        if cls.__bases__ != cls._base_classes__:
            cls.__bases__ = cls._base_classes__
        return super()._unregister_hook()

    @api.model
    def _dcrc_get_step_fields(self, new=False):
        """Names of the stored fields that steps alone write: what happened, who did it and when.

        :param new: a record to be created: whose dealer it is may be said.
        """
        steps = getattr(type(self), "_dcrc_door_steps", frozenset())
        if new and "company_id" in steps and not self._fields["company_id"].compute:
            return steps - {"company_id"}
        return steps

    def _dcrc_step(self, vals):
        """Write what a step of the model found out or did: by the user's right, with the server's hand."""
        self.check_access("write")
        return self.sudo().write(vals)

    # -- checks ----------------------------------------------------------------

    def _dcrc_check_known(self):
        """Raise unless the user may read all of these records.

        One answer, at the same cost, for another dealer's record and for an id that no record has.
        """
        ids = {record_id for record_id in self._ids if record_id}
        if self.env.su or not ids:
            return
        # what was found readable is not asked for again in this transaction
        known = self.env.cr.cache.setdefault(
            ("dcrc_known", self._name, self.env.uid, tuple(self.env.context.get("allowed_company_ids") or ())), set()
        )
        asked = ids - known
        if asked:
            known |= self._dcrc_find_readable(asked)
        if not ids <= known:
            raise AccessError(self.env._("This record does not exist, or you may not see it."))

    @api.model
    def _dcrc_find_readable(self, ids):
        """Return those of `ids` that the user may read; it takes one query, whatever they are."""
        ids = {record_id for record_id in ids if 0 < record_id <= MAX_INT}
        if not self.browse().has_access("read"):
            return set()
        if not self.env["ir.rule"]._compute_domain(self._name, "read"):
            return ids  # hidden from nobody
        return set(self.with_context(active_test=False).search([("id", "in", list(ids))], order="id").ids)

    def _dcrc_check_values(self, vals):
        """Check values for `create` or `write`: shapes, steps, and every id in them."""
        if not self.env.su:
            self._dcrc_check_ids(vals)
            self._dcrc_check_steps(vals)

    @api.model
    def _dcrc_check_ids(self, vals):
        """Raise unless the user may read every record that values point at."""
        if not self._name.startswith(OURS) and self._name not in GUARDED and isinstance(vals, dict):
            vals = {name: value for name, value in vals.items() if _is_kept(self._fields.get(name))}
        self._dcrc_check_pairs(self._dcrc_in_words(ids_in_values, self, vals))

    def _dcrc_check_steps(self, vals):
        """Raise when a field that steps alone write is among `vals`; a new record's dealer may be said."""
        steps = sorted(self._dcrc_get_step_fields(new=not self).intersection(vals))
        if steps:
            label = self._fields[steps[0]]._description_string(self.env)
            raise AccessError(
                self.env._(
                    "“%(field)s” is noted by the steps themselves. Use the buttons: they note who did what and when.",
                    field=label,
                )
            )

    @api.model
    def _dcrc_check_pairs(self, pairs):
        """Check ids given as (model name, id)."""
        by_model = defaultdict(set)
        for name, record_id in pairs:
            by_model[name].add(record_id)
        for name, ids in by_model.items():
            if name in self.env and name != DEFINITION:
                self.env[name].browse(sorted(ids))._dcrc_check_known()

    @api.model
    def _dcrc_in_words(self, function, *args):
        """Return the ids that `function` finds; say in words what can't be used."""
        try:
            return list(function(*args))
        except Malformed as problem:
            raise UserError(self.env._("“%(name)s” is given in a form that can't be used.", name=problem)) from None

    @api.model
    def _dcrc_check_needed(self, signature, given):
        """Raise when an argument without a default is empty."""
        for name, parameter in signature.parameters.items():
            if parameter.default is parameter.empty and name != "self" and given.get(name) in (None, False, ""):
                raise UserError(self.env._("“%(name)s” is needed.", name=name))

    def _dcrc_told(self, key):
        """Return what our code says to itself in a context key: from a client it counts for nothing."""
        return self.env.su and self.env.context.get(key)

    @api.model
    def _dcrc_bind(self, signature, args, kwargs):
        """Return the arguments of a call by name."""
        try:
            return signature.bind(self, *args, **kwargs).arguments
        except TypeError as problem:
            raise UserError(self.env._("This can't be called that way: %(problem)s", problem=problem)) from None

    @api.model
    def _dcrc_check_defaults(self):
        """Check the records that a client's context names as defaults, before anything reads them."""
        names = [key[8:] for key in self.env.context if key.startswith("default_") and key[8:] in self._fields]
        given = {name: self.env.context[f"default_{name}"] for name in names if self._fields[name].relational}
        if given and not self.env.su:
            self._dcrc_check_ids(given)

    def _dcrc_strip_context(self):
        """These records without what a client's context may not say.

        That is: defaults for what steps alone write, and what our code says to itself. As root
        that would be heard, and much of what follows a client's call runs as root.
        """
        if self.env.su or not self.env.context:
            return self
        told = {f"default_{name}" for name in self._dcrc_get_step_fields(new=True)} | TOLD
        context = {
            key: value
            for key, value in self.env.context.items()
            if key not in told and (not key.startswith("dcrc_") or key in SHOWN)
        }
        return self if len(context) == len(self.env.context) else self.with_env(self.env(context=context))


class Door:
    """Stands before the classes of a model of ours (no model itself: `super()` is the model)."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dcrc_check_values(vals)
        return super(Door, self._dcrc_strip_context()).create(vals_list)

    def write(self, vals):
        self._dcrc_check_known()
        self._dcrc_check_values(vals)
        return super(Door, self._dcrc_strip_context()).write(vals)

    def unlink(self):
        self._dcrc_check_known()
        return super(Door, self._dcrc_strip_context()).unlink()

    def copy_data(self, default=None):
        self._dcrc_check_known()
        self._dcrc_check_values(default or {})
        steps = set() if self.env.su else self._dcrc_get_step_fields(new=True)
        return [
            {name: value for name, value in data.items() if name not in steps} for data in super().copy_data(default)
        ]

    def web_save(self, vals, specification, next_id=None):
        self._dcrc_check_known()
        self._dcrc_check_values(vals)
        return super().web_save(vals, specification, next_id=next_id)

    def onchange(self, values, field_names, fields_spec):
        self._dcrc_check_known()
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
        values = super().default_get(fields)
        if not self.env.su and ("active_id" in self.env.context or "active_ids" in self.env.context):
            self._dcrc_check_ids(values)
        return values


def _has_door(model):
    """Whether clients reach our code or our customers through a model."""
    if model._abstract and not model._name.startswith(OURS):
        return False
    return model._name in GUARDED or any(
        part.__module__.startswith(CODE) and part is not Base for part in type(model)._base_classes__
    )


def _is_kept(field):
    """Whether a field of Odoo's models points at what a dealer keeps to itself."""
    comodel = field is not None and field.relational and field.comodel_name or ""
    return field is not None and field.name.startswith("dcrc_") or comodel in KEPT or comodel.startswith(OURS)


def _step_fields(model):
    """Our stored fields that their definition makes readonly."""
    ours = model._name.startswith(OURS)
    steps = {
        name
        for name, field in model._fields.items()
        if field.store and field.readonly and name not in models.MAGIC_COLUMNS and (ours or name.startswith("dcrc_"))
    }
    # whose record it is, is said once
    keeps_dealer = ours and not model._transient and "company_id" in model._fields
    return frozenset(steps | {"company_id"} if keeps_dealer else steps)


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
