"""make a fresh database with our add-ons: ./dcrc newdb NAME [MODULE …] [-- odoo options]

Odoo's own modules and Chinese come from a template, so this takes only as long as our add-ons.
A database of that name is replaced.
"""

from .. import database
from ..base import say
from ..workshop import Workshop, check_name


def arguments(parser):
    """The name, and modules other than our add-ons."""
    parser.add_argument("name")
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="install these instead of all add-ons of the repository"
    )


def run(options):
    """Create the database; print where Odoo's log is."""
    log = database.create(Workshop(), check_name(options.name), options.modules, options.passed)
    say(f"database {options.name} is ready" + (f"; log: {log}" if log else ""))
