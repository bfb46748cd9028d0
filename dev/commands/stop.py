"""stop the database server of this clone"""
import os

from ..cluster import stop_server


def arguments(_parser):
    """Nothing to choose."""


def run(_options):
    """Stop what this clone runs."""
    stop_server(dict(os.environ))
