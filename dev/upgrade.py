"""An update from the state of the add-ons that dealers have: nothing may be lost, no figure may move.

That state is a commit of this clone's history. It is installed with its demo once a day; the database is
kept, with what `upgrade_facts` read from it by the old code. Each run updates a copy of it to the working
tree and reads the same again, at the same frozen moment. What differs must be named, with its reason, in
a dictionary `CHANGES` of a migration script: {"table", "table.column" or the begin of a figure: reason};
a * stands for whoever it is.
"""

import ast
import hashlib
import json
import os
import re
import subprocess
from datetime import date
from fnmatch import fnmatchcase

from . import database
from .base import ROOT, Failure, installed_addons, locked, run, say, state_dir, timed
from .templates import complaints

BEFORE = "69da2f786014"  # what was handed over last
CUSTOMERS = 60  # a dealer's in the demo that is updated: all kinds of rows, in a minute
PRINT = '\nprint("DCRC" + json.dumps(facts(env)))\n'
FACTS = ROOT / "dev" / "upgrade_facts.py"
BUILD = """
from odoo.addons.dcrc_dealer.demo import build
build(env, customers={customers})
env.cr.commit()
"""


class OldState:
    """The add-ons as they were, and a database with their demo."""

    def __init__(self, shop):
        self.shop = shop
        self.commit = _git("rev-parse", "--verify", f"{BEFORE}^{{commit}}").strip()
        key = repr((self.commit, database.base_template(shop), CUSTOMERS, f"{date.today()}"))
        self.name = f"before_{_short_hash(key.encode())}"
        self.folder = state_dir() / "upgrade" / self.commit[:12]
        self.facts_file = state_dir() / "upgrade" / f"{self.name}_{_short_hash(FACTS.read_bytes())}.json"

    def ensure(self):
        """Make the old database unless it is there; return the facts that the old code reads from it."""
        with locked(state_dir() / "upgrade.lock", "making the database of the old state"):
            if not database.exists(self.shop, self.name):
                self._make()
            if not self.facts_file.exists():
                self.facts_file.write_text(json.dumps(read_facts(self._old_shop(), self.name)))
        return json.loads(self.facts_file.read_text())

    def _make(self):
        for (old,) in self.shop.sql("SELECT datname FROM pg_database WHERE datname ~ '^before_'"):
            database.drop(self.shop, old)
        self._unpack()
        scratch, old = f"{self.name}_new", self._old_shop()
        with timed(f"installing the add-ons of {self.commit[:8]} with their demo (once)"):
            database.copy(self.shop, database.base_template(self.shop), scratch)
            database.install(old, scratch, installed_addons())
            old.script(scratch, BUILD.format(customers=CUSTOMERS))
        database.rename(self.shop, scratch, self.name)

    def _unpack(self):
        """Put the old add-ons below .dev."""
        self.folder.mkdir(parents=True, exist_ok=True)
        archive = self.folder.with_suffix(".tar")
        _git("archive", f"--output={archive}", self.commit, *installed_addons())
        run(["tar", "-xf", archive, "-C", self.folder])
        archive.unlink()

    def _old_shop(self):
        """The same workshop with the old add-ons on Odoo's path."""
        shop = type(self.shop)()
        text = (state_dir() / "odoo.conf").read_text()
        settings = self.folder.with_suffix(".conf")
        settings.write_text(re.sub(rf"(?m)^(addons_path = .*,){re.escape(str(ROOT))}$", rf"\1{self.folder}", text))
        settings.chmod(0o600)
        shop.env = {
            **shop.env,
            "ODOO_RC": str(settings),
            "PYTHONPATH": os.pathsep.join([str(shop.library), str(self.folder)]),
        }
        return shop


def _short_hash(data):
    return hashlib.sha256(data).hexdigest()[:10]


def _git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(
            f"The old state {BEFORE} isn't in this clone's history: {done.stderr.strip()}\n"
            "A shallow clone gets it by `git fetch --unshallow`."
        )
    return done.stdout


def read_facts(shop, name, limits=""):
    """Return the facts of a database, read by the code that is on Odoo's path in `shop`.

    :param limits: file with the facts of the old database: what is newer than those is left out.
    """
    printed = shop.script(name, FACTS.read_text() + PRINT, DCRC_LIMITS=str(limits))
    line = next((line for line in printed.splitlines() if line.startswith("DCRC")), None)
    if line is None:
        raise Failure(f"The figures of {name} can't be read.\n{printed}")
    return json.loads(line[4:])


def check(shop):
    """Update the old database; print what is lost or changed without a reason, return 1 if anything is."""
    old = OldState(shop)
    before = old.ensure()
    target, log = f"upgraded_{os.getpid()}", database.log_file("upgraded")
    try:
        database.copy(shop, old.name, target)
        with timed(f"updating from {old.commit[:8]}"):
            _update(shop, target, log)
        after = read_facts(shop, target, old.facts_file)
    finally:
        database.drop(shop, target)
    return _report(before, after, complaints(log.read_text()))


def _update(shop, name, log):
    log.parent.mkdir(exist_ok=True)
    options = ["-u", ",".join(installed_addons()), "--stop-after-init", "--no-http"]
    with log.open("w") as handle:
        code = shop.odoo("-d", name, *options, stdout=handle, stderr=handle)
    if code:
        tail = "\n".join(log.read_text().splitlines()[-25:])
        raise Failure(f"The update failed; the log is {log}\n{tail}")


def _report(before, after, complained):
    reasons = changes()
    found = dict(differences(before, after))
    silent = {what: text for what, text in found.items() if not _reason(what, reasons)}
    for what in sorted(set(found) - set(silent)):
        say(f"{what} has changed: {_reason(what, reasons)}")
    for line in complained:
        print(f"while updating: {line}")
    for what, text in silent.items():
        print(f"CHANGED {what}: {text}")
    counts = {kind: len(before[kind]) for kind in ("rows", "values", "figures")}
    print("update: {rows} tables, {values} columns, {figures} figures compared".format(**counts))
    failed = len(silent) + len(complained)
    print(f"{sum(counts.values()) - len(silent)} passed, {failed} failed")
    return 1 if failed else 0


def _reason(what, reasons):
    """Return the reason given for a thing, or for all that its name begins with (a table, a screen; * is anybody)."""
    parts = what.split(".")
    names = [".".join(parts[:at]) for at in range(len(parts), 0, -1)]
    return next((reasons[given] for name in names for given in reasons if fnmatchcase(name, given)), None)


def changes():
    """Return {what: reason} of all migration scripts."""
    found = {}
    for addon in installed_addons():
        for path in sorted((ROOT / addon / "migrations").rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "CHANGES":
                    found.update(ast.literal_eval(node.value))
    return found


def differences(before, after):
    """Yield (what, text) of each table, column and figure that isn't as it was."""
    for table, was in before["rows"].items():
        lost = _numbers(was) - _numbers(after["rows"].get(table, []))
        if lost:
            yield table, f"{len(lost)} of {len(_numbers(was))} rows are gone, such as {min(lost)}"
    for kind in ("values", "figures"):
        for name, was in before[kind].items():
            now = after[kind].get(name, "gone")
            if now != was:
                yield name, f"{was} -> {now}" if kind == "figures" else "gone" if now == "gone" else "other values"


def _numbers(ranges):
    return {number for first, last in ranges for number in range(first, last + 1)}
