"""run `odoo` with this clone's settings: ./dcrc odoo -- -d mydb -u dcrc_dealer --stop-after-init

What stands after -- goes to Odoo as it is. A server gets a free port unless told otherwise.
"""

from ..base import say
from ..workshop import Workshop, free_port

WITHOUT_SERVER = ("--stop-after-init", "--no-http", "-p", "--http-port")


def arguments(_parser):
    """Everything stands after `--`."""


def run(options):
    """Run Odoo; return its exit code."""
    shop = Workshop()
    passed = options.passed
    plain = not passed or passed[0].startswith("-")
    if plain and not any(part.split("=")[0] in WITHOUT_SERVER for part in passed):
        port = free_port()
        say(f"http://127.0.0.1:{port}")
        passed = [*passed, f"--http-port={port}"]
    return shop.odoo(*passed)
