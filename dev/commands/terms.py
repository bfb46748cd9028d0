"""export the terms of our add-ons and carry the translations along: ./dcrc terms NAME

NAME is a fresh database (./dcrc newdb NAME): one that was updated keeps the old words of what is
its dealers' to change. New terms stand untranslated in i18n/zh_CN.po; `./dcrc lint` names
them. What is no longer used goes.
"""

import subprocess

from ..base import ROOT, installed_addons, say
from ..venv import ensure_venv
from ..workshop import Workshop, check_name


def arguments(parser):
    """The database whose terms are exported."""
    parser.add_argument("name")


def run(options):
    """Write i18n/*.pot and i18n/*.po of all add-ons; return the exit code."""
    addons = installed_addons()
    code = Workshop().odoo("i18n", "export", "-d", check_name(options.name), "-l", "pot", "--", *addons)
    if code:
        return code
    subprocess.run([str(ensure_venv()), "-m", "dev.terms", *addons], cwd=ROOT, check=True)
    say("to translate: see ./dcrc lint")
    return 0
