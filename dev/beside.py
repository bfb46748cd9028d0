"""Our add-ons beside Odoo's other applications: installed after them, and before them.

A form is a list of applications. Its base, with Odoo's modules alone, stays as long as Odoo does;
two databases are made of it and of the present state of our add-ons.
"""

import ast
import hashlib

from . import database, shelf
from .base import installed_addons, state_dir, timed
from .odoo_tree import addons_folders
from .source import source_key
from .templates import MAKE_PAGES, MAKE_WORLD, made, tests_template

# What a dealer's Odoo most often has, and what has stood in our way.
SHORT = ("crm", "sale_management", "account", "website", "hr_holidays", "mass_mailing", "event", "point_of_sale")
# Applications of Community that aren't in the full form, each with its reason.
LEFT_OUT = {}
# No applications, but what dealers of the mainland have beside accounting.
ALSO = ("event", "l10n_cn")
FORMS = ("short", "full")
SIDES = ("after", "before")
# What the short form runs.
CHOICE = (
    "dcrc_dealer/tests/test_beside.py",
    "dcrc_dealer/tests/test_access_matrix.py",
    "dcrc_dealer/tests/test_isolation.py",
    "dcrc_dealer/tests/test_isolation_api.py",
    "dcrc_dealer/tests/test_foundations_merge.py",
    "dcrc_dealer/tests/test_foundations_customer.py",
    "dcrc_dealer/tests/test_appointment_booking.py",
    "dcrc_dealer/tests/test_appointment_capacity.py",
    "dcrc_dealer/tests/test_appointment_visits.py",
    "dcrc_dealer/tests/test_console_tour.py::TestConsoleTour",
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
    kind, key = f"odoo_{form}", _key(plain, wanted)

    def fill(scratch):
        database.drop(shop, scratch)
        if not shelf.fetch(shop, f"{kind}_{key}", scratch, database.log_file(scratch)):
            shelf.keep(shop, scratch, f"{kind}_{key}", _fill(shop, plain, scratch, wanted))
        return database.log_file(scratch)

    return made(shop, kind, key, fill)


def with_ours(shop, form):
    """Return (name, log) of the base with our add-ons installed last."""
    start, _log = base(shop, form)
    return made(
        shop, f"beside_{form}", source_key(start), lambda scratch: _fill(shop, start, scratch, installed_addons())
    )


def template(shop, form, side):
    """Return (name, log) of the database that a side's tests run on copies of.

    `after`: the form's modules, then ours, then the dealers and personas of the tests.
    `before`: ours with dealers and personas at work, then the form's modules.
    """
    ours = tests_template(shop)[0]
    if side == "before":
        return made(
            shop, f"beside_{form}_before", _key(base(shop, form), ours), lambda new: _fill_before(shop, ours, new, form)
        )
    start, log = with_ours(shop, form)
    return made(shop, f"beside_{form}_after", _key(start, ours), lambda new: _people(shop, start, new))[0], log


def _people(shop, source, target):
    with timed("making the dealers, personas and pages of the tests"):
        database.copy(shop, source, target)
        shop.script(target, MAKE_WORLD + MAKE_PAGES)


def _fill_before(shop, source, target, form):
    log = _fill(shop, source, target, modules(shop, form))
    with timed("making the pages of the tests"):
        shop.script(target, MAKE_PAGES)
    return log


def _key(*parts):
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def _fill(shop, source, target, wanted):
    database.copy(shop, source, target)
    with timed(f"installing {', '.join(wanted)} beside what {source} has"):
        return database.install(shop, target, wanted)


def output(form, side):
    """Return the file with what the tests of one side print."""
    return state_dir() / "log" / f"beside_{form}_{side}.txt"
