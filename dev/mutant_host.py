"""Odoo, loaded once, that runs tests again and again, each time in a child.

`python -m dev.mutant_host DATABASE [map]`, in a copy of the tree (see `scratch.py`). Each line that it
reads is one wish as JSON:
    {"tests": [files or ids of tests], "log": file for pytest's output, "patience": seconds or null,
     "swap": {"path", "was", "changed"} or null, "map": file that gets what each test entered, or null}
and each that it writes the answer: {"code": pytest's exit code, null when out of patience, STALE when the
change shows only in an Odoo that is started anew}. The first line says that it is ready.

With `map`, each function of ours says that it is entered.
"""

import ast
import builtins
import importlib
import json
import os
import signal
import sys
import time
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from pathlib import Path

from .base import installed_addons
from .swap import swap

STALE = 99
OPTIONS = ("-p", "dev.pytest_plugin", "--odoo-http", "--odoo-log-level=critical", "-q", "--odoo-database")
TREE = Path.cwd()


class Entered:
    """Which functions of ours are entered, as "path:name" of the outermost ones."""

    def __init__(self):
        self._names = set()

    def install(self):
        """From now on modules of ours are loaded with a word at the begin of each function."""
        builtins.__dcrc_entered__ = self._names.add
        usual = SourceFileLoader.source_to_code
        places = [TREE / addon for addon in installed_addons()]

        def source_to_code(loader, data, path, **options):
            inside = Path(path)
            if inside.suffix == ".py" and any(place in inside.parents for place in places):
                data = _speaking(data, inside.relative_to(TREE))
            return usual(loader, data, path, **options)

        SourceFileLoader.source_to_code = source_to_code

    def take(self):
        """Return the names since the last time."""
        names = set(self._names)
        self._names.clear()
        return names


def _speaking(source, path):
    """Return the tree of a module whose functions call `__dcrc_entered__` first."""
    tree = ast.parse(source)

    def visit(body):
        for node in body:
            if isinstance(node, ast.ClassDef):
                visit(node.body)
            elif isinstance(node, ast.FunctionDef):
                said = ast.parse(f"__dcrc_entered__({f'{path}:{node.name}'!r})").body
                start = 0 if ast.get_docstring(node, clean=False) is None else 1
                node.body[start:start] = [ast.copy_location(part, node.body[0]) for part in said]

    visit(tree.body)
    return ast.fix_missing_locations(tree)


class Mapper:
    """A plugin of pytest that notes what each test enters, by itself and while it, or its class, is set up."""

    def __init__(self, entered, file):
        self.entered, self.file, self.tests = entered, Path(file), {}

    def pytest_runtest_logreport(self, report):
        """After each phase of a test."""
        test = self.tests.setdefault(report.nodeid, {"seconds": 0, "setup": [], "call": []})
        test["seconds"] += report.duration
        phase = test["setup" if report.when == "setup" else "call"]
        phase += sorted(self.entered.take().difference(phase))

    def pytest_sessionfinish(self):
        """Write it all down."""
        self.file.write_text(json.dumps(self.tests))


def main(database, with_map):
    """Load Odoo; answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    entered = Entered()
    if with_map:
        entered.install()
    _load(database)
    at_load = entered.take()
    print(json.dumps({"ready": True, "at_load": sorted(at_load)}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps({"code": _attempt(database, json.loads(line), entered)}), file=answers, flush=True)


def _load(database):
    """Load Odoo with our add-ons and all tests."""
    import odoo.sql_db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config([f"--database={database}", "--log-level=critical"])
    Registry(database)
    for addon in installed_addons():
        importlib.import_module(f"odoo.addons.{addon}.tests")
    odoo.sql_db.close_all()


def _attempt(database, wish, entered):
    """Fork a child for a wish; return its exit code, None when it takes too long."""
    child = os.fork()
    if not child:
        code = 3
        with suppress(BaseException):
            code = _run(database, wish, entered)
        os._exit(code)
    end = time.monotonic() + (wish["patience"] or float("inf"))
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _run(database, wish, entered):
    """In the child: change what is to be changed, and run pytest."""
    import pytest

    from odoo.modules.registry import Registry

    os.setsid()
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    change = wish["swap"]
    if change and not swap(TREE / change["path"], change["was"], change["changed"]):
        return STALE
    Registry(database).clear_all_caches()
    arguments = [*OPTIONS, database, *wish["tests"]]
    if wish["map"]:
        return pytest.main(arguments, plugins=[Mapper(entered, wish["map"])])
    return pytest.main(["-x", *arguments])


if __name__ == "__main__":
    main(sys.argv[1], "map" in sys.argv[2:])
