"""A pytest plugin: a test of ours during which Odoo warns, unexpectedly, fails.

What a test expects it mutes or asserts (`mute_logger`, `assertLogs`); what is known is in
`dev.templates.ALLOWED`. Loaded by `./dcrc test` and `./dcrc pytest`.
"""
import logging
import re
import threading

import pytest

from .base import ROOT
from .templates import ALLOWED


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
