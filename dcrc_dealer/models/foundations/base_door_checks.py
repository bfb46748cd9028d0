"""What the door asks (`base_door.py`): may the caller read what is named, write what is given?"""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.field_values import ids_in_values, leads
from ...tools.given import MAX_INT, Malformed

OURS = "dcrc."
# Odoo's models that hold what a dealer keeps to itself, and tools that work on them.
KEPT = {"res.partner", "fleet.vehicle"}
GUARDED = KEPT | {"base.partner.merge.automatic.wizard", "base.partner.merge.line"}
# Keys of a context that only choose what is shown, and Odoo's own that our code hears.
SHOWN = {"dcrc_verdict", "dcrc_result", "dcrc_own", "dcrc_without_time", "dcrc_one_list"}
TOLD = {"cron_id", "install_mode"}
# What properties a contact may have: everybody's, and no record of anybody.
DEFINITION = "properties.base.definition"


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _dcrc_get_step_fields(self, new=False):
        """Names of the stored fields that steps alone write: what happened, who did it and when.

        :param new: a record to be created: what is said once may be said.
        """
        steps = getattr(type(self), "_dcrc_door_steps", frozenset())
        return steps - type(self)._dcrc_door_once if new and steps else steps

    def _dcrc_step(self, vals):
        """Write what a step of the model found out or did: by the user's right, with the server's hand."""
        self.check_access("write")
        return self.sudo().write(vals)

    # -- checks ----------------------------------------------------------------

    def _dcrc_check_known(self):
        """Raise unless the user may read all of these records.

        One answer, at the same cost, for another dealer's record and for an id that no record has.
        """
        if self._dcrc_find_unknown():
            raise self._dcrc_make_unknown()

    def _dcrc_check_usable(self):
        """Raise when one of these records is kept from the user, or there is none of that id.

        For values of Odoo's own models: what no dealer keeps (a supplier, a pool car) is their business.
        """
        unknown = self._dcrc_find_unknown()
        free = self._dcrc_kept_domain()
        if unknown and free is not None:
            outside = Domain("id", "in", unknown) & ~Domain(free)
            unknown -= set(self.sudo().with_context(active_test=False).search(outside).ids)
        if unknown:
            raise self._dcrc_make_unknown()

    def _dcrc_make_unknown(self):
        return AccessError(self.env._("This record does not exist, or you may not see it."))

    @api.model
    def _dcrc_kept_domain(self):
        """Which records a dealer keeps to itself, None: all of them."""
        return None

    def _dcrc_find_unknown(self):
        """Return the ids of those among these that the user can't read or that no record has."""
        ids = {record_id for record_id in self._ids if record_id}
        if self.env.su or not ids:
            return set()
        known = self._dcrc_known()
        asked = ids - known
        if asked:
            known |= self._dcrc_find_readable(asked)
        return ids - known

    @api.model
    def _dcrc_known(self):
        """The ids that were found readable in this transaction (a set to add to): nobody asks for them again."""
        companies = tuple(self.env.context.get("allowed_company_ids") or ())
        return self.env.cr.cache.setdefault(("dcrc_known", self._name, self.env.uid, companies), set())

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
        strict = self._dcrc_is_ours()
        only = None if strict else getattr(type(self), "_dcrc_door_links", frozenset())
        if only is None or not isinstance(vals, dict) or not only.isdisjoint(vals):
            self._dcrc_check_pairs(self._dcrc_in_words(ids_in_values, self, vals, only), strict)

    @api.model
    def _dcrc_is_ours(self):
        """Whether everything in values of this model is looked at, or only what leads to what a dealer keeps."""
        return self._name.startswith(OURS) or self._name in GUARDED

    def _dcrc_check_steps(self, vals):
        """Raise when a field that steps alone write is among `vals`; what is said once may be said of a new record."""
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
    def _dcrc_check_pairs(self, pairs, strict=True):
        """Check ids given as (model name, id); ``strict``: see `_dcrc_check_usable`."""
        by_model = defaultdict(set)
        for name, record_id in pairs:
            by_model[name].add(record_id)
        for name, ids in by_model.items():
            if name not in self.env or name == DEFINITION:
                continue
            records = self.env[name].browse(sorted(ids))
            if strict:
                records._dcrc_check_known()
            elif name in KEPT or name.startswith(OURS):
                records._dcrc_check_usable()

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
        if self.env.su:
            return
        names = {key[8:] for key in self.env.context if key.startswith("default_")}
        pairs = getattr(type(self), "_dcrc_door_pairs", {})
        given = {n: self.env.context[f"default_{n}"] for n in names if n in pairs or leads(self._fields.get(n))}
        if given:
            self._dcrc_check_ids(given)

    @api.model
    def _dcrc_check_active(self):
        """Check the records that a dialog about "these records" takes from a client's context."""
        name, ids = (self.env.context.get(key) for key in ("active_model", "active_ids"))
        if self.env.su or "res_ids" not in getattr(type(self), "_dcrc_door_pairs", ()):
            return
        if isinstance(name, str) and isinstance(ids, list):
            self._dcrc_check_pairs([(name, one) for one in ids if isinstance(one, int) and one], strict=False)

    def _dcrc_strip_context(self):
        """These records without what a client's context may not say.

        That is: defaults for what steps alone write, and what our code says to itself. As root
        that would be heard, and much of what follows a client's call runs as root.
        """
        if self.env.su or not self.env.context:
            return self
        told = {f"default_{name}" for name in self._dcrc_get_step_fields(new=True)}
        if self._dcrc_is_ours():
            told |= TOLD
        context = {
            key: value
            for key, value in self.env.context.items()
            if key not in told and (not key.startswith("dcrc_") or key in SHOWN)
        }
        return self if len(context) == len(self.env.context) else self.with_env(self.env(context=context))
