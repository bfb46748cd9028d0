"""The demo database: made once for each state of the add-ons, and who can log in."""

import json

from . import database
from .base import ROOT, Failure, installed_addons, state_dir, timed
from .source import source_key
from .templates import fresh_copy

NAME = "demo"
# The publisher's update check is of no use in a demo, and fails without a network.
BUILD = """
import json
cron = env.ref("mail.ir_cron_module_update_notification", raise_if_not_found=False)
if cron:
    cron.active = False
try:
    from odoo.addons.dcrc_dealer.demo import build
except ImportError as error:
    print("DCRC" + json.dumps({"missing": str(error)}))
else:
    people = build(env)
    if "dcrc.pay.month" in env:
        from odoo.addons.dcrc_dealer_reports.demo import build as build_reports

        build_reports(env)
    env.cr.commit()
    print("DCRC" + json.dumps([[str(part or "") for part in row] for row in people or []]))
"""


def _people_file(name):
    return state_dir() / f"people_{name}.json"


def ensure(shop, fresh=False):
    """Make the demo database when it is missing; return [role, login, password, dealer] rows."""
    if not fresh and _is_there(shop):
        if is_stale(shop):
            _update(shop)
            _mark().write_text(source_key(str(shop.library)))
        return people(NAME)
    key = source_key(str(shop.library))
    rows = [["administrator", "admin", "admin", ""], *_build(shop, fresh_copy(shop, f"{NAME}_new"))]
    database.drop(shop, NAME)
    database.rename(shop, f"{NAME}_new", NAME)
    _people_file(NAME).write_text(json.dumps(rows, ensure_ascii=False))
    _mark().write_text(key)
    return rows


def is_stale(shop):
    """Is there a demo, made from another state of the add-ons?"""
    return _is_there(shop) and _mark().read_text() != source_key(str(shop.library))


def _is_there(shop):
    files = _people_file(NAME).exists() and _mark().exists()
    return files and database.exists(shop, NAME)


def _mark():
    return state_dir() / "demo.key"


def _build(shop, scratch):
    """Fill a database; return who can log in."""
    with timed("filling the demo dealers (once)"):
        printed = shop.script(scratch, BUILD)
    line = next((line[4:] for line in printed.splitlines() if line.startswith("DCRC")), None)
    if line is None:
        raise Failure(f"The demo data failed.\n{printed}")
    rows = json.loads(line)
    if isinstance(rows, dict):
        if (ROOT / "dcrc_dealer" / "demo").is_dir():
            raise Failure(f"The demo data can't be loaded: {rows['missing']}")
        return []
    return rows


def _update(shop):
    with timed("the add-ons have changed: updating the demo"):
        code = shop.odoo(
            "-d", NAME, "-u", ",".join(installed_addons()), "--stop-after-init", "--no-http", "--log-level=error"
        )
    if code:
        raise Failure("The demo can't be updated; ./dcrc demo --fresh makes it anew.")


def people(name=NAME):
    """Return the rows that `ensure` has kept."""
    path = _people_file(name)
    return json.loads(path.read_text()) if path.exists() else []


def logins(shop, name=NAME):
    """Return {role: login}, the first of each role; makes the demo when it is missing."""
    if name == NAME:
        ensure(shop)
    found = {}
    for role, login, _password, _dealer in people(name):
        found.setdefault(role, login)
    return found
