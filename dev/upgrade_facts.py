"""What must survive an update, read from a database; runs in an Odoo shell of the old and the new code.

Uses only what both have. `DCRC_LIMITS` names a JSON file {table: highest id} of the old database: rows
that came with the update are left out.
"""

import json
import os
from contextlib import ExitStack
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

# Odoo's own administration: rewritten by every update.
TECHNICAL = ("ir_", "base_", "bus_", "res_groups", "res_lang", "mail_alias", "wkf", "discuss_", "web_")
REWRITTEN = {"write_date", "write_uid", "create_uid"}
SCREENS = (  # the group of those who see it, model, method
    ("user", "dcrc.console", "get_today"),
    ("department", "dcrc.appointment", "get_board"),
)
SYSTEM_USERS = (1, 2)
MADE = "dcrc_dealer.demo_built"  # the moment at which the demo stands


def facts(env):
    """Return {"limits": {table: id}, "rows": {table: [[first id, last id]]}, "values", "figures": {name: …}}."""
    moment = datetime.fromisoformat(env["ir.config_parameter"].get_param(MADE))
    with ExitStack() as stack:
        stack.enter_context(freeze_time(moment))
        stack.enter_context(patch.object(BaseCursor, "now", lambda cursor: datetime.now()))
        tables = _tables(env)
        limits = _limits(env, tables)
        return {
            "limits": limits,
            "rows": {table: _ids(env, table, limits[table]) for table in tables if limits.get(table)},
            "values": dict(_values(env, tables, limits)),
            "figures": {name: value for part in (_screens(env), _reports(env)) for name, value in _flat("", part)},
        }


def _tables(env):
    """Tables of models that keep something, sorted."""
    kept = (model for model in env.values() if model._auto and not (model._abstract or model._transient))
    return sorted({model._table for model in kept if not model._table.startswith(TECHNICAL)})


def _limits(env, tables):
    if os.environ.get("DCRC_LIMITS"):
        with open(os.environ["DCRC_LIMITS"], encoding="utf-8") as handle:
            return json.load(handle)["limits"]
    highest = {table: env.execute_query(SQL("SELECT MAX(id) FROM %s", SQL.identifier(table))) for table in tables}
    return {table: rows[0][0] for table, rows in highest.items() if rows[0][0]}


def _ids(env, table, limit):
    ranges = []
    query = SQL("SELECT id FROM %s WHERE id <= %s ORDER BY id", SQL.identifier(table), limit)
    for (number,) in env.execute_query(query):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _values(env, tables, limits):
    """Yield ("table.column" or "relation", digest) of all that our add-ons have defined but translated texts."""
    for model in env.values():
        if model._table not in limits or model._table not in tables or not model._auto or model._abstract:
            continue
        table, limit = SQL.identifier(model._table), limits[model._table]
        for name, field in model._fields.items():
            if not field.store or field.translate or name in REWRITTEN or not _is_ours(field):
                continue
            if field.column_type:
                text = SQL("id || ':' || COALESCE(%s::text, '-')", SQL.identifier(name))
                yield f"{model._table}.{name}", _digest(env, text, SQL("%s WHERE id <= %s", table, limit))
            elif field.type == "many2many" and not field.inherited:
                one, other = SQL.identifier(field.column1), SQL.identifier(field.column2)
                highest = limits.get(env[field.comodel_name]._table, 0)
                rows = SQL("%s WHERE %s <= %s AND %s <= %s", SQL.identifier(field.relation), one, limit, other, highest)
                yield field.relation, _digest(env, SQL("%s || ':' || %s", one, other), rows)


def _is_ours(field):
    return any(module.startswith("dcrc_") for module in field._modules)


def _digest(env, text, rows):
    query = SQL("SELECT md5(string_agg(%s, ',' ORDER BY %s)) FROM %s", text, text, rows)
    return env.execute_query(query)[0][0]


def _screens(env):
    """What each role sees first."""
    found = {}
    for group, model, method in SCREENS:
        people = env["res.users"].search(
            [("all_group_ids", "in", env.ref(f"dcrc_dealer.group_dcrc_{group}").ids), ("id", "not in", SYSTEM_USERS)],
            order="id",
        )
        for user in people:
            seen = env[model].with_user(user).with_context(allowed_company_ids=user.company_id.ids, lang="en_US")
            found[f"{method} of {user.login}"] = getattr(seen, method)()
    return found


def _reports(env):
    """The sums of every report that is a query."""
    found = {}
    for name, model in sorted(env.items()):
        if not name.startswith("dcrc.") or model._auto or model._abstract:
            continue
        numbers = [
            field.name
            for field in model._fields.values()
            if field.type in ("integer", "float") and field.store and field.name != "id"
        ]
        row = model.sudo()._read_group([], [], ["__count", *(f"{number}:sum" for number in numbers)])[0]
        found[name] = dict(zip(["count", *numbers], row))
    return found


def _flat(name, value):
    """Yield (path, number) of each number in a payload; entries of a list go by their key where they have one."""
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, (list, tuple)):
        entries = ((entry.get("key", at) if isinstance(entry, dict) else at, entry) for at, entry in enumerate(value))
    else:
        entries = ()
        if isinstance(value, (bool, int, float)) or value is None:
            yield name, value
    for key, entry in entries:
        if key != "action":
            yield from _flat(f"{name}.{key}" if name else str(key), entry)
