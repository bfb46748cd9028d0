"""check the seal of an audit workbook, without Odoo: ./dcrc verify-audit FILE

Says which sheet was changed, removed or added, or that all is as the dealer sealed it. With --key
(a dealer's public key; may be given again) the seal has to be made with one of these. The script
itself is dcrc_dealer_reports/tools/audit_seal.py: it can be copied and run by itself.
"""

import os
import subprocess

from ..base import ROOT
from ..venv import ensure_venv

SCRIPT = ROOT / "dcrc_dealer_reports" / "tools" / "audit_seal.py"


def arguments(parser):
    """The file and the keys that are known."""
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[])


def run(options):
    """Check the file; the exit code is the script's."""
    keys = [part for key in options.key for part in ("--key", key)]
    return subprocess.run([os.fspath(ensure_venv()), os.fspath(SCRIPT), *keys, options.file]).returncode
