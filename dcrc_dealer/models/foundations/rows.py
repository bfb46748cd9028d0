"""From Python to a table: rows go over as one JSON text, column types come from the model's fields.

`given` is the source of any statement (``INSERT … SELECT … FROM``, ``UPDATE … FROM``); `update_rows`
and `insert_rows` are the two usual ones. Values are plain Python: None or False is NULL, dates are dates,
a JSON field takes lists and dicts. Nothing is checked or computed: for engines that know their columns.
"""

import json
from datetime import date, datetime

from odoo.tools import SQL


def given(model, rows, names, alias="r"):
    """Return ``jsonb_to_recordset(…) AS alias(…)`` of `rows` (dicts with `names`) with the fields' types."""
    columns = [SQL("%s %s", SQL.identifier(name), SQL(_column_type(model, name))) for name in names]
    data = [{name: _plain(model, name, row.get(name)) for name in names} for row in rows]
    data = [{name: value for name, value in row.items() if value is not None} for row in data]  # absent is NULL
    text = json.dumps(data, ensure_ascii=False)
    return SQL("jsonb_to_recordset(%s::jsonb) AS %s(%s)", text, SQL.identifier(alias), SQL(", ").join(columns))


def update_rows(model, rows, names, also=None):
    """Write `names` of rows (dicts with ``id``) to their records, by one statement.

    :param also: ``{column: SQL}`` set besides; alias ``t`` is the record, ``r`` the row given.
    """
    sets = {name: SQL.identifier("r", name) for name in names}
    sets.update(write_uid=SQL("%s", model.env.uid), write_date=SQL("%s", model.env.cr.now()))
    sets.update(also or {})
    model.env.cr.execute(
        SQL(
            "UPDATE %s AS t SET %s FROM %s WHERE t.id = r.id",
            SQL.identifier(model._table),
            SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in sets.items()),
            given(model, rows, ["id", *names]),
        )
    )


def insert_rows(model, rows, names, also=None):
    """Insert rows with `names`, by one statement.

    :param also: ``{column: value or SQL}``, the same for every row.
    """
    now, uid = model.env.cr.now(), model.env.uid
    same = {"create_uid": uid, "create_date": now, "write_uid": uid, "write_date": now, **(also or {})}
    model.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, [*names, *same])),
            SQL(", ").join(
                [*(SQL.identifier("r", name) for name in names), *(SQL("%s", value) for value in same.values())]
            ),
            given(model, rows, names),
        )
    )


def _column_type(model, name):
    return model._fields[name].column_type[0]


def _plain(model, name, value):
    """A value as JSON and PostgreSQL both take it; False of any field but a boolean is no value."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if value is False and model._fields[name].type != "boolean":
        return None
    return value
