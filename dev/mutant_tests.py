"""Which tests should notice a mistake in a file, the likeliest first.

Found by names and imports. A test file concerns a source file when it carries its stem
(`test_<room>_<stem>`), imports it, speaks of the changed function, or is of the same room; that of an
engine also when it is of a room whose code imports the engine.
"""

import re

from .base import ROOT, installed_addons
from .mutants import rooms

BROWSER = re.compile(r"\bstart_tour\(|\bbrowser_js\(")  # minutes long, and about JavaScript
SLOW = re.compile(r"\bfrom \.\.demo\b|ParallelCase\b|\bHttpCase\b|\bthreading\b")
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
        if mutant.path.parts[1] == "tools" and any(rank < 2 for _slow, rank, _path in ranks.values()):
            # An engine with tests of its own is tried by them and by those of its users, not by whole rooms.
            ranks = {path: key for path, key in ranks.items() if key[1] < 4}
        return sorted(ranks, key=ranks.get)


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
