"""Our add-ons beside Odoo's other applications: installed after them, and before them.

A form is a list of applications. Its base, with Odoo's modules alone, stays as long as Odoo does;
two databases are made of it and of the present state of our add-ons.
"""

import ast
import hashlib

from . import database
from .base import installed_addons, state_dir, timed
from .odoo_tree import addons_folders
from .source import source_key
from .templates import addons_template, made

# What a dealer's Odoo most often has, and what has stood in our way: part of `.ci/run`.
SHORT = ("crm", "sale_management", "account", "website", "hr_holidays", "mass_mailing", "event", "point_of_sale")
# Applications of Community that aren't in the full form, each with its reason.
LEFT_OUT = {}
# No applications, but what dealers of the mainland have beside accounting.
ALSO = ("event", "l10n_cn")
FORMS = ("short", "full")
SIDES = ("after", "before")
# What the short form runs.
CHOICE = (
    "dcrc_dealer/tests/test_access_matrix.py",
    "dcrc_dealer/tests/test_isolation.py",
    "dcrc_dealer/tests/test_isolation_api.py",
    "dcrc_dealer/tests/test_foundations_merge.py",
    "dcrc_dealer/tests/test_foundations_customer.py",
    "dcrc_dealer/tests/test_appointment_booking.py",
    "dcrc_dealer/tests/test_appointment_capacity.py",
    "dcrc_dealer/tests/test_appointment_visits.py",
    "dcrc_dealer/tests/test_console_tour.py",
)


def applications(library):
    """Return all applications of Odoo that can be installed, sorted."""
    found = set()
    for folder in addons_folders(library):
        for path in folder.glob("*/__manifest__.py"):
            manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
            if manifest.get("application") and manifest.get("installable", True):
                found.add(path.parent.name)
    return sorted(found - set(LEFT_OUT) - set(installed_addons()))


def modules(shop, form):
    """Return the modules of Odoo that a form installs."""
    return list(SHORT) if form == "short" else sorted({*applications(shop.library), *ALSO})


def base(shop, form):
    """Return (name, log) of the database with the form's modules, without ours."""
    plain, wanted = database.base_template(shop), modules(shop, form)
    key = hashlib.sha256(repr((plain, wanted)).encode()).hexdigest()[:10]
    return made(shop, f"odoo_{form}", key, lambda scratch: _fill(shop, plain, scratch, wanted))


def template(shop, form, side):
    """Return (name, log) of the database with ours and the form's modules, ours installed last or first."""
    start, _log = base(shop, form)
    key = source_key(start)
    if side == "after":
        wanted = installed_addons()
    else:
        (start, _log), wanted = addons_template(shop), modules(shop, form)
    return made(shop, f"beside_{form}_{side}", key, lambda scratch: _fill(shop, start, scratch, wanted))


def _fill(shop, source, target, wanted):
    database.copy(shop, source, target)
    with timed(f"installing {', '.join(wanted)} beside what {source} has"):
        return database.install(shop, target, wanted)


def output(form, side):
    """Return the file with what the tests of one side print."""
    return state_dir() / "log" / f"beside_{form}_{side}.txt"
