"""The add-ons can be installed, uninstalled and installed again, and leave nothing behind."""

import os

import pytest

from dev import database
from dev.templates import complaints, fresh_copy
from dev.workshop import Workshop

from .source import ADDONS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop():
    """The environment that `./dcrc` works in."""
    return Workshop()


@pytest.fixture
def name(shop):
    """A copy of the database that our add-ons were installed in once, dropped at the end."""
    name = f"lifecycle_{os.getpid()}"
    yield fresh_copy(shop, name)
    database.drop(shop, name)


def _left(shop, name):
    """What of ours is still in the database: tables, columns, records."""
    tables = shop.sql("SELECT tablename FROM pg_tables WHERE tablename ~ '^dcrc_'", name)
    columns = shop.sql(
        "SELECT table_name || '.' || column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name ~ '^dcrc_'",
        name,
    )
    records = shop.sql(
        "SELECT module || '.' || name FROM ir_model_data WHERE module IN ('%s')" % "', '".join(ADDONS), name
    )
    return [row[0] for row in [*tables, *columns, *records]]


def test_install_uninstall_install(shop, name):
    code = shop.odoo("module", "uninstall", "-d", name, *ADDONS)
    assert code == 0
    assert _left(shop, name) == []
    log = database.install(shop, name, ADDONS)
    assert complaints(log.read_text()) == []
