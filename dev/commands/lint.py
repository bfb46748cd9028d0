"""check style: ruff, pylint-odoo, OCA's checks, XML and translation files, each add-on's README

Ruff's settings are in ruff.toml, pylint's in setup.cfg.
"""

import subprocess

from ..base import ROOT, installed_addons, say, state_dir
from ..venv import ensure_venv

# The rest of what these check is a matter of taste, or done by Odoo's own tests. No check of
# duplicate record ids: a room completes the records of one before it (a menu's action).
OCA_CHECKS = (
    "csv-duplicate-record-id",
    "csv-syntax-error",
    "file-not-used",
    "xml-duplicate-fields",
    "xml-duplicate-template-id",
    "xml-deprecated-data-node",
    "xml-deprecated-oe-chatter",
    "xml-deprecated-res-groups-category-id",
    "xml-deprecated-tree-attribute",
    "xml-record-missing-id",
    "xml-redundant-module-name",
    "xml-xpath-translatable-item",
)


def arguments(parser):
    """Check only, or mend what can be mended."""
    parser.add_argument("--fix", action="store_true", help="let ruff mend and format what it can")


def run(options):
    """Run every check; return 1 when one of them finds something."""
    python = ensure_venv()
    state_dir()
    addons = installed_addons()
    python_files = ["dcrc", "dev", "tests", "data", *addons]
    checks = {
        "ruff": ["ruff", "check", "--quiet", *(["--fix"] if options.fix else []), *python_files],
        "format": ["ruff", "format", "--quiet", *([] if options.fix else ["--diff"]), *python_files],
        "pylint-odoo": ["pylint", "--rcfile=setup.cfg", "-j", "2", *addons] if addons else None,
    }
    if addons:
        checks["oca-checks"] = ["oca_pre_commit_hooks.cli", f"--enable={','.join(OCA_CHECKS)}", *addons]
        checks["files"] = ["dev.lint_files", *addons]
        checks["readme"] = ["dev.readme", *(["--fix"] if options.fix else [])]
    found = [
        name
        for name, command in checks.items()
        if command
        and subprocess.run([str(python), "-m", *command], cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode
    ]
    if found:
        say(f"to mend: {', '.join(found)}")
        return 1
    say("lint: nothing to mend")
    return 0
