"""stop the demo and the database server of this clone"""

import os

from .. import server
from ..base import say
from ..cluster import stop_server


def arguments(_parser):
    """Nothing to choose."""


def run(_options):
    """Stop what this clone runs; other clones are left alone."""
    if server.stop_recorded():
        say("stopped Odoo")
    stop_server(dict(os.environ))
