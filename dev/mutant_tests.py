"""Which tests should notice a mistake in a file, the likeliest first.

`TestFiles` finds files by names and imports, `TestMap` those of their tests that enter a function.
A test file concerns a source file when it carries its stem
(`test_<room>_<stem>`), imports it, speaks of the changed function, or is of the same room; that of an
engine also when it is of a room whose code imports the engine.
"""

import json
import re

from .base import ROOT, installed_addons
from .mutants import rooms

BROWSER = re.compile(r"\bstart_tour\(|\bbrowser_js\(")  # minutes long, and about JavaScript
SLOW = re.compile(r"\bfrom \.\.demo\b|Parallel\w*Case\b|\bHttpCase\b|\bthreading\b")
PARALLEL = re.compile(r"\bParallel\w*Case\b|\bcommit\(")
# Rooms whose tests carry other names as well.
ALSO = {"controllers": ("web",), "followup": ("console",), "foundations": ("isolation", "access")}
COMMON_WORDS = {"res", "fleet", "vehicle", "partner", "company", "users"}
# Odoo's own methods: naming them says nothing about whose is meant.
COMMON_NAMES = {"create", "write", "unlink", "copy", "copy_data", "init", "run", "read", "search", "default_get"}


class TestFiles:
    """The test files of all add-ons, read once."""

    def __init__(self):
        self.texts = {}
        for addon in installed_addons():
            for path in sorted((ROOT / addon / "tests").glob("test_*.py")):
                text = path.read_text(encoding="utf-8")
                if not BROWSER.search(text):
                    self.texts[path.relative_to(ROOT)] = text
        self.sources = {path: (ROOT / path).read_text("utf-8") for paths in rooms().values() for path in paths}
        self.rooms = {path: room for room, paths in rooms().items() for path in paths}

    def may_commit(self, told):
        """May the test that is named in a line of pytest's have left rows behind?"""
        return (
            any(PARALLEL.search(text) for path, text in self.texts.items() if f"{path}::" in told) or "::" not in told
        )

    def of(self, mutant):
        """Return the paths of the tests that should notice a mutant."""
        places = [(self.rooms[mutant.path], mutant.path.stem)]
        if mutant.path.parts[1] == "tools":
            users = [path for path, text in self.sources.items() if _imports(text, mutant.path)]
            places = [(self.rooms[path], path.stem) for path in users if self.rooms[path] != "tools"]
        ranks = {}
        for path, text in self.texts.items():
            rank = min(
                [
                    *(_rank_name(path, mutant.path, *place) for place in places),
                    1 if _imports(text, mutant.path) else 9,
                    2 if _names(text, mutant.function) else 9,
                ]
            )
            if rank < 9:
                ranks[path] = (bool(SLOW.search(text)), rank, path)
        near = {path: key for path, key in ranks.items() if key < (True, 3)}
        ranks = near or ranks  # what takes minutes, only where it is nearest
        if mutant.path.parts[1] == "tools" and any(rank < 2 for _slow, rank, _path in ranks.values()):
            # An engine with tests of its own is tried by them and by those of its users, not by whole rooms.
            ranks = {path: key for path, key in ranks.items() if key[1] < 4}
        return sorted(ranks, key=ranks.get)


class TestMap:
    """Which tests enter a function, from runs of test files (`Scratch.map`)."""

    def __init__(self, files):
        self.files, self.tests, self.at_load = files, {}, set()

    def add(self, path):
        """Read what a run has written."""
        seen = json.loads(path.read_text())
        self.tests |= seen["tests"]
        self.at_load |= set(seen["at_load"])

    def seconds(self, tests):
        """Return how long tests (ids or files) took."""
        return sum(seen["seconds"] for test, seen in self.tests.items() if {test, test.split("::")[0]} & set(tests))

    def is_at_load(self, mutant):
        """Does the changed function run while Odoo loads?"""
        return _place(mutant) in self.at_load

    def of(self, mutant):
        """Return ids of tests, class by class: of the likeliest file first, the quickest first.

        What is entered while a class is set up concerns all its tests; what no test enters may run in a
        process of its own: then it is the files that should notice.
        """
        name, files = _place(mutant), [str(path) for path in self.files.of(mutant)]
        enter = {test for test, seen in self.tests.items() if name in seen["call"] or name in seen["setup"]}
        prepared = {_class_of(test) for test in enter if name in self.tests[test]["setup"]}
        enter |= {test for test in self.tests if _class_of(test) in prepared}
        seconds = {test: self.tests[test]["seconds"] for test in enter}
        first = {}
        for test in enter:
            first[_class_of(test)] = min(seconds[test], first.get(_class_of(test), seconds[test]))
        places = {path: place for place, path in enumerate(files)}

        def order(test):
            group = _class_of(test)
            return group in prepared, places.get(test.split("::")[0], 999), first[group], group, seconds[test], test

        return sorted(enter, key=order) or files


def _place(mutant):
    return f"{mutant.path}:{mutant.function}"


def _class_of(test):
    return test.rpartition("::")[0]


def _rank_name(test, source, room, stem):
    """0 for a test of the same stem, 3 for one of a like name, 4 for one of the room, 9 for others."""
    if test.parts[0] != source.parts[0]:
        return 9
    name = test.stem.removeprefix("test_")
    if name in (stem, f"{room}_{stem}"):
        return 0
    first, *rest = name.split("_")
    if first == room:
        return 3 if set(rest) & set(stem.split("_")) - COMMON_WORDS else 4
    alone = source.parts[0] != installed_addons()[0]  # an add-on of one room
    return 4 if alone or first in ALSO.get(room, ()) else 9


def _names(text, function):
    return function and function not in COMMON_NAMES and re.search(rf"\b{re.escape(function)}\b", text)


def _imports(text, path):
    """Does this code import the module at `path`, or from the package of engines that it is a part of?"""
    *folders, name = path.with_suffix("").parts[1:]
    package = r"\.".join(folders)
    ways = [rf"from \.+{package}\.{name} import ", rf"from \.+{package} import [^\n]*\b{name}\b"]
    if len(folders) > 1 and folders[0] == "tools":
        ways.append(rf"from \.+{package} import ")
    return any(re.search(way, text) for way in ways)
