"""Odoo's own tests, beside all applications: the same results with our add-ons as without."""

import subprocess
import xml.etree.ElementTree as ElementTree

from . import beside
from .base import ROOT, say, state_dir, timed
from .odoo_tree import addons_folders

# Relative to Odoo's add-ons folder.
SUITES = (
    "contacts/tests",
    "fleet/tests",
    "survey/tests",
    "sms/tests",
    "phone_validation/tests",
    "mail/tests",
    "resource/tests",
    "calendar/tests",
    "crm/tests",
    "sale/tests",
    "account/tests",
    "base/tests/test_res_partner.py",
    "base/tests/test_res_partner_merge.py",
)
FAILED = ("failure", "error")


def compare(shop, passed):
    """Run the suites without and with our add-ons; return 1 when a test's result differs.

    :param passed: options of pytest, and suites (`crm/tests`) to run instead of all.
    """
    places = addons_folders(shop.library)
    chosen = [part for part in passed if any((place / part).exists() for place in places)]
    passed = [part for part in passed if part not in chosen]
    suites = [place / suite for suite in chosen or SUITES for place in places if (place / suite).exists()]
    plain, _log = beside.base(shop, "full")
    ours, _log = beside.with_ours(shop, "full")
    before = _results(shop, plain, suites, passed, "without")
    after = _results(shop, ours, suites, passed, "with")
    changed = _changed(before, after)
    if changed:
        say(f"{len(changed)} differ: running them once more, to leave out what is unsteady")
        again = ["-k", " or ".join(sorted({name.split("::")[-1].split(" ")[0] for name in changed}))]
        before.update(_results(shop, plain, suites, [*passed, *again], "without, again,"))
        after.update(_results(shop, ours, suites, [*passed, *again], "with, again,"))
        changed = [name for name in changed if name in _changed(before, after)]
    for name in changed:
        print(f"CHANGED {name}: {before.get(name, 'absent')} -> {after.get(name, 'absent')}")
    good = sum(result == "passed" for result in before.values())
    print(
        f"Odoo's own: {len(before)} tests, {good} pass without our add-ons, "
        f"{len(changed)} have another result with them"
    )
    print(f"{len(before) - len(changed)} passed, {len(changed)} failed")
    return 1 if changed or not before else 0


def _changed(before, after):
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _results(shop, source, suites, passed, what):
    """Return {test: passed|failed|skipped} of a run on two copies of a database."""
    report = state_dir() / "log" / f"odoo_{what.replace(' ', '_').replace(',', '')}.xml"
    with timed(f"Odoo's suites {what} our add-ons"):
        command = [
            shop.python,
            "-m",
            "pytest",
            "-q",
            "-p",
            "dev.pytest_plugin",
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            "--rootdir",
            suites[0].parents[1],
            "-n",
            "2",
            "--dist",
            "loadscope",
            "--odoo-database",
            source,
            "--odoo-http",
            f"--junitxml={report}",
            *passed,
            *suites,
        ]
        subprocess.run(
            [str(part) for part in command],
            env=shop.env,
            cwd=ROOT,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        found = {}
        for case in ElementTree.parse(report).iter("testcase"):
            kinds = {child.tag for child in case}
            result = "failed" if kinds & set(FAILED) else "skipped" if "skipped" in kinds else "passed"
            found[f"{case.get('classname')}::{case.get('name')}"] = result
    return found
