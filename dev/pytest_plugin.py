"""What `./dcrc test` and `./dcrc pytest` add to pytest-odoo.

- A test of ours during which Odoo warns, unexpectedly, fails. What a test expects it mutes or
  asserts (`mute_logger`, `assertLogs`); what is known is in `dev.templates.ALLOWED`.
- Each process has a filestore of its own: pytest-odoo lets all share one, and one process's
  vacuum takes away the files that only another's database knows.
"""

import contextlib
import logging
import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from .base import ROOT
from .templates import ALLOWED


def pytest_configure():
    """Replace pytest-odoo's shared filestore."""
    import freezegun
    import pytest_odoo

    pytest_odoo._shared_filestore = _own_filestore
    freezegun.configure(extend_ignore_list=["_pytest"])  # so that its durations are true


@contextlib.contextmanager
def _own_filestore(original, database):
    from odoo.tools import config

    source, target = Path(config.filestore(original)), Path(config.filestore(database))
    if source == target:
        yield
        return
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, target, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(target, ignore_errors=True)


class _Collector(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if not any(re.search(pattern, line) for pattern in ALLOWED.values()):
            if record.exc_info:
                line += "\n" + logging.Formatter().formatException(record.exc_info)
            self.lines.append(f"{line} [{threading.current_thread().name}]")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a passed call into a failure when something was logged."""
    outcome = yield
    report = outcome.get_result()
    lines = getattr(item, "_dcrc_log", None)
    if call.when == "call" and report.passed and lines and lines.lines:
        report.outcome = "failed"
        report.longrepr = "Odoo's log has, unexpectedly:\n" + "\n".join(lines.lines)
        lines.lines = []  # each subTest reports: once is enough


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    """Collect what is logged while a test of this repository runs."""
    if ROOT not in item.path.parents:
        yield
        return
    item._dcrc_log = collector = _Collector()
    logger = logging.getLogger()
    logger.addHandler(collector)
    yield
    logger.removeHandler(collector)
