"""What the tests across add-ons share; see `tests.source` for reading the source."""

import pytest

from . import source


def pytest_generate_tests(metafunc):
    """Run a test that takes `addon` once for each add-on of the repository."""
    if "addon" in metafunc.fixturenames:
        metafunc.parametrize("addon", source.ADDONS)


@pytest.fixture
def folder(addon):
    """The folder of the add-on."""
    return source.ROOT / addon
