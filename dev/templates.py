"""The templates: with our add-ons for benchmarks and the demo, with personas as well for tests."""

import hashlib
import re

from . import database
from .base import ROOT, installed_addons, locked, state_dir, timed
from .source import source_key

# Lines of Odoo's log that are known, each with its reason. Anything else at WARNING or above that is
# written while our add-ons are installed or tested is a failure.
ALLOWED = {
    # Debian's wkhtmltopdf prints no header or footer; ours are printed by the pages themselves.
    "unpatched wkhtmltopdf": r"(?s)wkhtmltopdf: (?!.*Exit with code).*unpatched qt"
}
MAKE_WORLD = """
from contextlib import ExitStack
from odoo.addons.dcrc_dealer.tests.common import frozen_clocks, make_world
with ExitStack() as stack:
    for clock in frozen_clocks():
        stack.enter_context(clock)
    make_world(env)
    env.cr.commit()
"""
# What pages are made of lies in the database before a test opens one: a browser test rolls back what it
# has built, so that the next would build it again, and its steps have seconds. (Hoot's is built once.)
MAKE_PAGES = """
import re
for kind, names in zip(("js", "css"), env["ir.qweb"]._get_bundles_to_pregenarate()):
    for name in filter(re.compile(r"web[.](__)?assets_(web(_print)?|frontend.*|tests.*)$").match, sorted(names)):
        getattr(env["ir.qweb"]._get_asset_bundle(name, js=kind == "js", css=kind == "css"), kind)()
env.cr.commit()
"""
LINE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) \S+ ")  # up to the logger's name


def addons_template(shop):
    """Return (name, log) of the database with our add-ons, made when they have changed."""
    base = database.base_template(shop)
    return made(shop, "addons", source_key(base), lambda scratch: database.create(shop, scratch))


def made(shop, kind, key, fill):
    """Return (name, log) of the template `kind_key`; one that stands is used again.

    :param fill: called with the name of a database to make; returns the log of the installation.
    """
    name = f"{kind}_{key}"
    log = database.log_file(name)
    with locked(state_dir() / f"{kind}.lock", f"making the database {kind}"):
        if not database.exists(shop, name) or not log.exists():
            _prune(shop, kind)
            scratch = f"{name}_new"
            fresh = fill(scratch)
            if fresh:
                fresh.replace(log)
            else:
                log.touch()
            database.rename(shop, scratch, name)
    return name, log


def tests_template(shop):
    """Return (name, log) of the database that tests run on copies of: our add-ons, dealers and personas.

    The log is that of the installation of our add-ons.
    """
    source, log = addons_template(shop)
    makers = [ROOT / addon / "tests" / "common.py" for addon in installed_addons()]
    recipe = [path.read_text() for path in makers if path.exists()] + [MAKE_WORLD, MAKE_PAGES]
    key = source.removeprefix("addons_") + hashlib.sha256("".join(recipe).encode()).hexdigest()[:6]

    def fill(scratch):
        with timed("making the dealers, personas and pages of the tests"):
            database.copy(shop, source, scratch)
            shop.script(scratch, (MAKE_WORLD if makers and makers[0].exists() else "") + MAKE_PAGES)

    name, _log = made(shop, "tests", key, fill)
    return name, log


def _prune(shop, kind):
    """Drop the templates of earlier states, but for those that tests are running on."""
    for (old,) in shop.sql(
        f"SELECT datname FROM pg_database d WHERE datname ~ '^{kind}_[0-9a-f]*(_new)?$' AND NOT "
        "EXISTS (SELECT 1 FROM pg_database w WHERE w.datname LIKE d.datname || '-gw%')"
    ):
        database.drop(shop, old)


def complaints(text, known=""):
    """Return the lines of a log at WARNING or above that nothing allows.

    :param known: a log whose lines are no fault of ours: of the same work without our add-ons.
    """
    allowed = {LINE.sub("", line) for line in known.splitlines()}
    return [
        line
        for line in text.splitlines()
        if LINE.match(line)
        and LINE.sub("", line) not in allowed
        and not any(re.search(pattern, line) for pattern in ALLOWED.values())
    ]


def fresh_copy(shop, target):
    """Make `target` a copy of the template with our add-ons; return its name."""
    source, _log = addons_template(shop)
    with timed(f"copying {source} to {target}"):
        database.copy(shop, source, target)
    return target
