"""check style: flake8, isort, pylint-odoo, XML and translation files

Their settings are in setup.cfg.
"""
import subprocess

from .. import lint_files
from ..base import ROOT, installed_addons, say, state_dir
from ..venv import ensure_venv


def arguments(parser):
    """Check only, or mend what can be mended."""
    parser.add_argument("--fix", action="store_true", help="let isort sort the imports")


def run(options):
    """Run every check; return 1 when one of them finds something."""
    python = ensure_venv()
    state_dir()
    addons = installed_addons()
    ours = ["dcrc", "dev", "tests", *addons]
    checks = {
        "flake8": ["flake8", *ours],
        "isort": ["isort", *([] if options.fix else ["--check-only", "--diff"]), "-q", *ours],
        "pylint-odoo": ["pylint", "--rcfile=setup.cfg", "-j", "2", *addons] if addons else None,
    }
    found = [name for name, command in checks.items()
             if command and subprocess.run([str(python), "-m", *command], cwd=ROOT, check=False,
                                           stdin=subprocess.DEVNULL).returncode]
    for problem in lint_files.problems(ROOT, addons):
        print(problem)
        found.append("files")
    if found:
        say(f"to mend: {', '.join(dict.fromkeys(found))}")
        return 1
    say("lint: nothing to mend")
    return 0
