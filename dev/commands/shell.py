"""open an Odoo shell on a database, the demo's by default: ./dcrc shell [NAME]"""

from ..workshop import Workshop, check_name


def arguments(parser):
    """The database."""
    parser.add_argument("name", nargs="?", default="demo")


def run(options):
    """Run the shell until it is left."""
    return Workshop().odoo("shell", "-d", check_name(options.name), "--no-http", "--log-level=warn", *options.passed)
