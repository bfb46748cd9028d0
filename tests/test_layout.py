"""The house has the shape that CONTRIBUTING.md promises."""

import ast
import re

import pytest

from . import source

LONGEST_FILE, LONGEST_METHOD, USUAL_METHOD = 300, 50, 25
ENTRIES = {"__init__", "__manifest__"}
MODEL = re.compile(r"""["'](dcrc(?:\.[a-z_]+)+)["']""")


def _stem(model):
    return model.removeprefix("dcrc.").replace(".", "_")


def test_every_test_module_is_imported(addon, folder):
    imported = {
        alias.name
        for node in ast.parse((folder / "tests/__init__.py").read_text()).body
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    }
    there = {path.stem for path in (folder / "tests").glob("test_*.py")}
    assert there - imported == set(), "Odoo runs only what tests/__init__.py imports"


def test_tests_are_flat(addon, folder):
    assert not source.shown(path for path in (folder / "tests").rglob("*/test_*.py") if path.parent != folder / "tests")


def test_every_python_file_is_imported(addon, folder):
    """A module that nothing imports, or starts by its file's name in a process of its own, is dead."""
    files = source.python_files(folder)
    imported = {name for path in files for name in source.imported_names(path)}
    imported |= {name for path in files for name in re.findall(r'"(\w+)\.py"', path.read_text(encoding="utf-8"))}
    assert not source.shown(
        path
        for path in files
        if path.stem not in imported and path.stem not in ENTRIES and "migrations" not in path.parts
    )


def test_file_is_named_after_its_model(addon, folder):
    wrong = []
    for path in source.python_files(folder / "models"):
        for found in source.model_classes(path):
            if found["name"]:
                good = path.stem == _stem(found["name"])
            else:  # a long extension may be cut: res_partner.py, res_partner_dms.py
                good = any(
                    path.stem == _stem(name) or path.stem.startswith(_stem(name) + "_") for name in found["inherit"]
                )
            if not good:
                wrong.append(f"{path.name}: {found['name'] or found['inherit']}")
    assert not wrong


def test_one_model_a_file(addon, folder):
    assert not source.shown(
        path for path in source.python_files(folder / "models") if len(list(source.model_classes(path))) > 1
    )


def test_files_are_short(addon, folder):
    long = {
        str(path.relative_to(folder)): source.lines(path)
        for path in [*source.python_files(folder), *folder.rglob("static/src/**/*.js")]
        if source.lines(path) > LONGEST_FILE
    }
    assert not long


def test_methods_are_short(addon, folder):
    long = [
        f"{path.relative_to(folder)}: {name} {length}"
        for path in source.python_files(folder)
        for name, length in source.functions(path)
        if length > LONGEST_METHOD
    ]
    assert not long


def test_most_methods_are_very_short(addon, folder):
    lengths = sorted(
        length
        for path in source.python_files(folder)
        if "tests" not in path.parts
        for _name, length in source.functions(path)
    )
    if len(lengths) < 20:
        pytest.skip("too few methods to say")
    assert lengths[int(len(lengths) * 0.9)] <= USUAL_METHOD


def test_arrows_between_rooms_point_one_way():
    """A room names no model of a room that comes after it."""
    models = source.ROOT / "dcrc_dealer" / "models"
    home = {
        found["name"]: room
        for room in source.ROOMS
        for path in source.python_files(models / room)
        for found in source.model_classes(path)
        if found["name"]
    }
    wrong = []
    for number, room in enumerate(source.ROOMS):
        for path in source.python_files(models / room):
            for name in set(MODEL.findall(path.read_text())):
                if name in home and source.ROOMS.index(home[name]) > number:
                    wrong.append(f"{room}/{path.name} knows {name} of {home[name]}")
    assert not wrong


def test_every_room_has_its_place_in_the_order():
    models = source.ROOT / "dcrc_dealer" / "models"
    rooms = {path.parent.name for path in models.glob("*/__init__.py")}
    assert rooms - set(source.ROOMS) == set(), "name it in tests/source.py"


def test_dealer_does_not_know_the_reports():
    folder = source.ROOT / "dcrc_dealer"
    assert not source.shown(
        path
        for path in folder.rglob("*")
        if path.suffix in (".py", ".xml", ".js") and "dcrc_dealer_reports" in path.read_text(encoding="utf-8")
    )


def test_manifest_names_every_data_file(addon, folder):
    listed = source.manifest(addon)
    named = {*listed.get("data", []), *listed.get("demo", [])}
    there = {
        str(path.relative_to(folder))
        for part in ("data", "views", "security", "wizard", "report")
        for path in (folder / part).rglob("*")
        if path.suffix in (".xml", ".csv")
    }
    assert there - named == set()
    assert {name for name in named if not (folder / name).is_file()} == set()


def test_translations_are_there(addon, folder):
    assert (folder / "i18n" / "zh_CN.po").is_file()
    assert not (folder / "i18n" / "en.po").exists()


def test_no_place_of_this_machine_is_written_down():
    """No absolute path of a developer's machine, no address of a package registry."""
    kinds = {".py", ".xml", ".js", ".md", ".cfg", ".toml", ".csv", ".yaml", ".txt", ".json", ""}
    bad = re.compile(r"/(?:root|home/\w+|work)/|deb\.debian\.org|pypi\.org|registry\.npmjs")
    folders = [source.ROOT / name for name in (*source.ADDONS, "dev", "data")]
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts
    ]
    files += [path for path in source.ROOT.iterdir() if path.is_file() and path.suffix in kinds]
    assert not source.shown(path for path in files if bad.search(path.read_text(encoding="utf-8", errors="replace")))


def test_sql_takes_its_time_as_a_parameter(addon, folder):
    """PostgreSQL's own clock isn't the one that stands still in tests, nor the dealer's."""
    clock = re.compile(r"\b(?:now|(?:clock|statement|transaction)_timestamp)\s*\(|\bCURRENT_(?:DATE|TIME)|\bLOCALTIME")
    found = []
    for path in (path for path in source.python_files(folder) if "tests" not in path.parts):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        remarks = {node.value for node in nodes if isinstance(node, ast.Expr)}
        texts = (node for node in nodes if isinstance(node, ast.Constant) and node not in remarks)
        found += [(path.name, node.lineno) for node in texts if clock.search(str(node.value))]
    assert not found


def test_one_worker_commits():
    """What runs in the background goes through `Worker`: nothing else commits or counts for the scheduler."""
    committing = re.compile(r"_commit_progress\(|\bcr\.commit\(|\bcursor\.commit\(")
    wrong = []
    for path in (path for addon in source.ADDONS for path in source.python_files(source.ROOT / addon)):
        text, inside = path.read_text(encoding="utf-8"), path.relative_to(source.ROOT)
        if {"tests", "demo", "migrations"} & set(inside.parts):
            continue
        if committing.search(text) and path.name != "worker.py":
            wrong.append(f"{inside} commits")
        if "def _cron_" in text and not re.search(r"\bWorker\b|_dcrc_work_off", text):
            wrong.append(f"{inside} has a scheduled action without the worker")
    assert not wrong
