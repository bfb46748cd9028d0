"""Creating many records of one kind at the price of a few.

Odoo's `create` works out defaults and computed values record by record; a list makes
hundreds of customers and cars that differ in a few fields only. So one record is made
by Odoo, with everything that any add-on has to say to it, and the others are copied
from its row in the table, with their own values in the fields that differ. What is
computed from those fields is computed by Odoo, and its checks are run on them.

Not for models whose `create` does something for each record: only for customers, cars,
their numbers and the ledger of owners. Where a module that isn't named in `KNOWN` has its
own `create` of the model, Odoo makes every record: nobody knows what it does for each.
"""

from odoo.tools import SQL

from ...foundations.rows import given

KNOWN = {"base", "mail", "fleet", "dcrc_dealer"}  # whose `create` leaves nothing that a copy lacks
LEAST = 8  # fewer are not worth a copy


def create_alike(model, vals_list):
    """Create records from ``vals_list`` (fields with a column only); return their ids in order."""
    if len(vals_list) < LEAST or not creates_alike(model):
        return model.create(vals_list).ids
    first = model.create(vals_list[0])
    model.flush_model()
    names = {name for vals in vals_list for name in vals}
    differing = sorted(name for name in names if _differs(name, vals_list))
    ids = _copy_rows(first, vals_list[1:], differing)
    copies = model.browse(ids)
    given = [model._fields[name] for name in names]
    with model.env.protecting(given, copies):
        copies.modified(differing, create=True)
    copies._validate_fields(differing)
    return [first.id, *ids]


def creates_alike(model):
    """Whether every `create` of the model is of a module that is known to do nothing for each record."""
    makers = {cls.__module__ for cls in type(model).mro() if "create" in vars(cls)}
    return KNOWN.issuperset(name.split(".")[2] for name in makers if name.startswith("odoo.addons."))


def _differs(name, vals_list):
    value = vals_list[0].get(name) or None
    return any((vals.get(name) or None) != value for vals in vals_list)


def _copy_rows(first, vals_list, differing):
    """Insert one row for each of ``vals_list``, the rest as in the row of ``first``."""
    table, fields = SQL.identifier(first._table), first._fields
    columns = [name for name, field in fields.items() if field.store and field.column_type and name != "id"]
    cr = first.env.cr
    cr.execute(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", first._table, len(vals_list)
        )
    )
    ids = [new_id for (new_id,) in cr.fetchall()]
    rows = [{"id": new_id, **vals} for new_id, vals in zip(ids, vals_list, strict=True)]
    own = _references_to_itself(first)
    sources = [_source(name, differing, own) for name in columns]
    cr.execute(
        SQL(
            "INSERT INTO %s (id, %s) SELECT r.id, %s FROM %s CROSS JOIN %s AS p WHERE p.id = %s",
            table,
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(sources),
            given(first, rows, ["id", *differing]),
            table,
            first.id,
        )
    )
    return ids


def _references_to_itself(first):
    """Columns in which the pattern names itself (its commercial entity): so will each copy."""
    return {
        name
        for name, field in first._fields.items()
        if field.type == "many2one" and field.store and field.comodel_name == first._name and first[name].id == first.id
    }


def _source(name, differing, own):
    if name in own:
        return SQL("r.id")
    return SQL.identifier("r" if name in differing else "p", name)
