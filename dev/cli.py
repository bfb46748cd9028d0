"""The command line: one module of `dev.commands` for each command."""

import argparse
import importlib
import sys

from .base import Failure

COMMANDS = (
    "demo",
    "test",
    "lint",
    "bench",
    "shots",
    "shell",
    "stop",
    "odoo",
    "newdb",
    "pytest",
    "mutate",
    "terms",
    "verify-audit",
)


def build_parser():
    """Return the parser with all commands; each module says what it takes."""
    parser = argparse.ArgumentParser(
        prog="./dcrc",
        description="The one command of this repository. The first call makes what "
        "is needed (Odoo 19, Python packages, PostgreSQL, Chromium); later calls only use it.",
        epilog="ODOO_HOME, XDG_CACHE_HOME and DCRC_DB_HOST/_PORT/_USER/_PASSWORD are respected.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f".commands.{name.replace('-', '_')}", __package__)
        summary, _, rest = module.__doc__.partition("\n")
        sub = commands.add_parser(
            name, help=summary, description=f"{summary}\n{rest}", formatter_class=argparse.RawDescriptionHelpFormatter
        )
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def main(argv=None):
    """Run one command; return the exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    passed = []
    if "--" in argv:
        cut = argv.index("--")
        argv, passed = argv[:cut], argv[cut + 1 :]
    options = build_parser().parse_args(argv)
    options.passed = passed
    try:
        return options.run(options) or 0
    except Failure as error:
        print(f"[dcrc] {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
