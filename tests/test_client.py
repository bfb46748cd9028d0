"""The client's folders are the rooms, and what looks at the server again is one hook."""

import re

from . import source

SRC = source.ROOT / "dcrc_dealer/static/src"
IMPORT = re.compile(r"""from "(@dcrc_dealer/|\.{1,2}/)([^"]+)\"""")
# The call's clock counts seconds and asks nobody; a draft is sent, what is not found noted, when typing pauses.
TIMERS = {
    "foundations/refresh/use_refresh.js",
    "followup/call/call_bar/call_bar.js",
    "followup/call/call_draft.js",
    "hotline/article_panel/article_panel.js",
}


def _files():
    return sorted(SRC.rglob("*.js"))


def _room(path):
    return path.relative_to(SRC).parts[0]


def test_folders_are_named_as_rooms():
    assert {path.name for path in SRC.iterdir()} <= set(source.ROOMS)
    tests = {path.name for path in (SRC.parent / "tests").iterdir() if path.is_dir()}
    assert tests <= {*source.ROOMS, "tours"}


def test_a_component_uses_only_rooms_before_its_own():
    wrong = []
    for path in _files():
        for begin, rest in IMPORT.findall(path.read_text(encoding="utf-8")):
            used = SRC / rest if begin.startswith("@") else (path.parent / begin / rest).resolve()
            if source.ROOMS.index(_room(used)) > source.ROOMS.index(_room(path)):
                wrong.append(f"{path.relative_to(SRC)}: {rest}")
    assert not wrong


def test_what_stands_on_a_lazy_view_is_lazy_itself():
    """Odoo fetches pivots and graphs when one is opened; whatever extends them in the main bundle is broken."""
    assets = source.manifest("dcrc_dealer")["assets"]
    lazy = {path for glob in assets["web.assets_backend_lazy"] for path in source.ROOT.glob(glob)}
    removed = {
        path for part in assets["web.assets_backend"] if part[0] == "remove" for path in source.ROOT.glob(part[1])
    }
    extending = {path for path in _files() if re.search(r"@web/views/(pivot|graph)/", path.read_text(encoding="utf-8"))}
    assert extending and extending <= lazy and lazy == removed


def test_whatever_asks_again_does_so_by_one_hook():
    timers = {
        str(path.relative_to(SRC)) for path in _files() if re.search(r"set(Interval|Timeout)\(", path.read_text())
    }
    assert timers == TIMERS


def test_tests_of_components_are_short():
    long = [path for path in (SRC.parent / "tests").rglob("*.js") if source.lines(path) > 300]
    assert not source.shown(long)
