"""Fields that name a person or tell about one, and what may be asked of them."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import OrderedSet

from ...tools.given import is_text


class Base(models.AbstractModel):
    """``dcrc_personal`` marks a field as personal, and says what becomes of it on anonymising.

    "name" (replaced by a word), "empty" (emptied; what is required says so in a word), "keep"
    (needed for figures, names nobody by itself). Marked once, found by introspection: by the
    test of masking, by the export of one person's data, by anonymising.

    ``dcrc_once`` marks what is said when a record is made, and by no client after that (when a matter
    was received, whose day it is).

    A field that a user may not read answers no question either: Odoo checks that for columns,
    not for related fields and fields with a search of their own.
    """

    _inherit = "base"

    def _valid_field_parameter(self, field, name):
        return name in ("dcrc_personal", "dcrc_once") or super()._valid_field_parameter(field, name)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Check the field itself before its relation is followed as root (grouping, ordering)."""
        field = self._fields.get(field_expr.partition(".")[0])
        if field is not None and field.related and not field.store:
            self._check_field_access(field, "read")
        return super()._field_to_sql(alias, field_expr, query)

    def _search(self, domain, *args, **kwargs):
        """Refuse conditions on fields that the user may not read, also those with a search method."""
        if not self.env.su:
            for condition in Domain(domain).iter_conditions():
                field = self._fields.get(condition.field_expr.partition(".")[0])
                if field is not None and field.groups and not field.store:
                    self._check_field_access(field, "read")
                self._dcrc_check_condition(condition)
        return super()._search(domain, *args, **kwargs)

    def _dcrc_check_condition(self, condition):
        """Say in words what PostgreSQL would stumble over: NUL, half a character, a text as an id."""
        value = condition.value
        many = isinstance(value, (list, tuple, set, frozenset, OrderedSet))
        for one in value if many else (value,):
            if isinstance(one, str) and (condition.field_expr == "id" or not is_text(one)):
                name = condition.field_expr
                raise UserError(self.env._("“%(name)s” is given in a form that can't be used.", name=name))
