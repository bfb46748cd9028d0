"""run the tests: ./dcrc test [-- pytest options and files], beside other applications, or Odoo's own

The add-ons are installed, on a copy of a base database, whenever they have changed; a warning in
Odoo's log fails. Then pytest runs everything on two copies side by side, browser tours included.
  ./dcrc test -- dcrc_dealer/tests/test_x.py -k name      only these
  ./dcrc test -- -m "not slow"                            without what takes minutes
  ./dcrc test --beside        everything beside all applications of Community, ours installed last and first
  ./dcrc test --beside short  a choice of tests beside those that a dealer most often has
  ./dcrc test --odoo          Odoo's own suites beside all applications, with and without ours, compared
  ./dcrc test --odoo -- crm/tests -k lead
  ./dcrc test --upgrade       the add-ons as dealers have them, with their demo, updated to these
"""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from .. import beside, odoo_suites, upgrade
from ..base import ROOT, installed_addons, say
from ..templates import complaints, tests_template
from ..workshop import Workshop

WORKERS = 2
NO_TESTS = 5  # pytest's exit code


def arguments(parser):
    """Ours or Odoo's, and how many at a time."""
    parser.add_argument("--odoo", action="store_true", help="Odoo's own suites, compared")
    parser.add_argument("--upgrade", action="store_true", help="an update from the state handed over last")
    parser.add_argument(
        "--beside",
        nargs="?",
        const="full",
        choices=beside.FORMS,
        metavar="FORM",
        help="beside Odoo's other applications: full, or short",
    )
    parser.add_argument(
        "-j", "--jobs", type=int, default=WORKERS, help=f"processes side by side ({WORKERS}; 0 is none, to debug)"
    )


def run(options):
    """Run the tests; return pytest's exit code, or 1 for complaints in the log."""
    shop = Workshop()
    if options.odoo:
        return odoo_suites.compare(shop, options.passed)
    if options.beside:
        return _beside(shop, options)
    if options.upgrade:
        return upgrade.check(shop)
    template, log = tests_template(shop)
    wrong = _tell(complaints(log.read_text()), log)
    code = _pytest(shop, template, options, ["tests", *installed_addons()])
    return code or wrong


def _tell(lines, log):
    """Print what Odoo complained of while installing; return 1 when it did."""
    for line in lines:
        say(f"while installing: {line}")
    if lines:
        say(f"Odoo complained {len(lines)} times while installing: see above, and {log}.")
    return int(bool(lines))


def _beside(shop, options):
    """Both orders of installing at once, each with half of the processes; their output one after the other."""
    with ThreadPoolExecutor(len(beside.SIDES)) as pool:
        runs = [(side, pool.submit(_beside_side, shop, options, side)) for side in beside.SIDES]
        codes = []
        for side, run in runs:
            codes.append(run.result())
            say(f"{options.beside}, ours installed {side}: {'failed' if codes[-1] else 'passed'}; the output:")
            print(beside.output(options.beside, side).read_text(), flush=True)
    return max(codes)


def _beside_side(shop, options, side):
    template, log = beside.template(shop, options.beside, side)
    known = beside.base(shop, options.beside)[1].read_text()
    wrong = _tell(complaints(log.read_text(), known), log)
    files = ["tests", *installed_addons()] if options.beside == "full" else beside.CHOICE
    with beside.output(options.beside, side).open("w") as handle:
        code = _pytest(shop, template, options, files, jobs=max(1, options.jobs // 2), stdout=handle, stderr=handle)
    return code or wrong


def _pytest(shop, template, options, files, jobs=None, **streams):
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
        *([] if chosen else files),
    ]
    jobs = options.jobs if jobs is None else jobs
    if jobs:
        command += ["-n", str(jobs), "--dist", "loadscope"]
    env = {**shop.env, "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}
    code = subprocess.run(
        [str(part) for part in command], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, check=False, **streams
    ).returncode
    if code == NO_TESTS and not options.passed and not installed_addons():
        return 0
    return code
