"""run the tests: ./dcrc test [-- pytest options and files], or Odoo's own with --odoo

The add-ons are installed, on a copy of a base database, whenever they have changed; a warning in
Odoo's log fails. Then pytest runs everything on two copies side by side, browser tours included.
  ./dcrc test -- dcrc_dealer/tests/test_x.py -k name      only these
  ./dcrc test -- -m "not slow"                            without what takes minutes
  ./dcrc test --odoo     Odoo's suites for what we extend, with and without our add-ons, compared
"""

import os
import subprocess

from .. import odoo_suites
from ..base import ROOT, Failure, installed_addons, say
from ..templates import addons_template, complaints
from ..workshop import Workshop

WORKERS = 2
NO_TESTS = 5  # pytest's exit code


def arguments(parser):
    """Ours or Odoo's, and how many at a time."""
    parser.add_argument("--odoo", action="store_true", help="Odoo's own suites, compared")
    parser.add_argument(
        "-j", "--jobs", type=int, default=WORKERS, help=f"processes side by side ({WORKERS}; 0 is none, to debug)"
    )


def run(options):
    """Run the tests; return pytest's exit code, or 1 for complaints in the log."""
    shop = Workshop()
    if options.odoo:
        return odoo_suites.compare(shop, options.passed)
    template, log = addons_template(shop)
    wrong = complaints(log.read_text())
    for line in wrong:
        say(f"while installing: {line}")
    code = _pytest(shop, template, options)
    if wrong:
        raise Failure(f"Odoo complained {len(wrong)} times while our add-ons were installed: see above, and {log}.")
    return code


def _pytest(shop, template, options):
    everything = ["tests", *installed_addons()]
    chosen = [part for part in options.passed if (ROOT / part.split("::")[0]).exists()]
    command = [
        shop.python,
        "-m",
        "pytest",
        "-p",
        "dev.pytest_plugin",
        "--odoo-database",
        template,
        "--odoo-http",
        "--odoo-log-level=warn",
        *options.passed,
        *([] if chosen else everything),
    ]
    if options.jobs:
        command += ["-n", str(options.jobs), "--dist", "loadscope"]
    env = {**shop.env, "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}
    code = subprocess.run(
        [str(part) for part in command], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, check=False
    ).returncode
    if code == NO_TESTS and not options.passed and not installed_addons():
        return 0
    return code
