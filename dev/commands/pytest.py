"""run pytest-odoo on a database of yours: ./dcrc pytest NAME -- [--odoo-http] [-n 2] FILE …

The add-ons must be installed and up to date in it (./dcrc newdb, or odoo -- -u).
"""

import subprocess

from ..base import ROOT
from ..workshop import Workshop, check_name


def arguments(parser):
    """The database; the rest stands after `--`."""
    parser.add_argument("name")


def run(options):
    """Run pytest; return its exit code."""
    shop = Workshop()
    command = [
        shop.python,
        "-m",
        "pytest",
        "-p",
        "dev.pytest_plugin",
        "--odoo-database",
        check_name(options.name),
        "--odoo-log-level=warn",
    ]
    return subprocess.run([*command, *options.passed], env=shop.env, cwd=ROOT, check=False).returncode
