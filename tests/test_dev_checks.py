"""The parts of `./dcrc mutate` and `./dcrc test --upgrade` that can be tested without starting anything."""

import ast
import importlib.util
import json
from pathlib import Path

import pytest

from dev import mutant_tests, mutants, upgrade
from dev.base import ROOT
from dev.swap import swap


@pytest.fixture(scope="module")
def everything():
    """All mutants by room."""
    return {
        room: [mutant for path in files for mutant in mutants.mutants_of(room, path)]
        for room, files in mutants.rooms().items()
    }


def test_a_mutant_is_another_program(everything):
    for mutant in (mutant for found in everything.values() for mutant in found[::40]):
        was = (ROOT / mutant.path).read_bytes()
        changed = was[: mutant.start] + mutant.text.encode() + was[mutant.end :]
        assert ast.unparse(ast.parse(changed)) != ast.unparse(ast.parse(was)), mutant


def test_every_folder_with_code_belongs_to_a_room():
    found = {path for files in mutants.rooms().values() for path in files}
    for addon in ("dcrc_dealer", "dcrc_dealer_reports"):
        for folder in ("models", "wizard", "controllers", "tools", "report"):
            code = [path for path in (ROOT / addon / folder).rglob("*.py") if path.name != "__init__.py"]
            assert {path.relative_to(ROOT) for path in code} <= found, folder


def test_a_mutant_is_written_and_named_by_its_line(tmp_path, everything):
    mutant = next(m for m in everything["followup"] if m.kind == "sql" and m.text == "OR")
    path = tmp_path / mutant.path
    path.parent.mkdir(parents=True)
    was = (ROOT / mutant.path).read_bytes()
    path.write_bytes(was)
    assert mutant.apply(tmp_path) == was
    changed = path.read_text().splitlines()
    differing = [n for n, (a, b) in enumerate(zip(was.decode().splitlines(), changed), 1) if a != b]
    assert differing == [mutant.line]


def test_fields_docstrings_and_messages_are_left_alone(tmp_path, monkeypatch):
    source = '''class A:
    """SELECT 1 AND 2"""
    limit = fields.Integer(default=3)

    def f(self):
        """1 < 2 AND 3"""
        raise UserError(self.env._("At most %s AND more", 7))
'''
    (tmp_path / "a.py").write_text(source)
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    assert mutants.mutants_of("room", Path("a.py")) == []


def test_the_likeliest_tests_come_first(everything):
    tests = mutant_tests.TestFiles()
    for room, stem, first in (
        ("followup", "followup_planner", "test_followup_planner.py"),
        ("tools", "lifecycle", "test_retention_judge.py"),
    ):
        mutant = next(m for m in everything[room] if m.path.stem == stem)
        assert tests.of(mutant)[0].name == first


def test_every_mutant_has_tests_that_should_notice(everything):
    tests = mutant_tests.TestFiles()
    assert [m for found in everything.values() for m in found[:1] if not tests.of(m)] == []


LIVING = """class A:
    def first(self, number=3):
        if number > 3:
            return [x for x in (number,)]
        return None

    def second(self):
        def inner():
            return 1 < 2
        return inner

KEPT = A().second()
"""


def _load(path, source):
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("living", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_living_function_gets_the_mutants_code(tmp_path):
    module = _load(tmp_path / "living.py", LIVING)
    bound = module.A().first
    assert swap(tmp_path / "living.py", LIVING, LIVING.replace("number > 3", "number >= 3"))
    assert (bound(), bound(2)) == ([3], None)


def test_a_guard_that_is_left_out_takes_its_inner_functions_along(tmp_path):
    module = _load(tmp_path / "living.py", LIVING)
    assert swap(tmp_path / "living.py", LIVING, LIVING.replace("number > 3", "False"))
    assert module.A().first(9) is None


def test_a_function_that_another_made_is_changed_where_it_is_kept(tmp_path):
    module = _load(tmp_path / "living.py", LIVING)
    assert swap(tmp_path / "living.py", LIVING, LIVING.replace("1 < 2", "1 >= 2"))
    assert (module.KEPT(), module.A().second()()) == (False, False)


def test_the_default_of_an_argument_needs_a_new_start(tmp_path):
    _load(tmp_path / "living.py", LIVING)
    assert not swap(tmp_path / "living.py", LIVING, LIVING.replace("number=3", "number=4"))


def test_only_tests_that_enter_the_function_are_run(tmp_path, everything):
    mutant = next(m for m in everything["followup"] if m.path.stem == "followup_planner")
    own = str(mutant_tests.TestFiles().of(mutant)[0])
    enters, other = ({"seconds": 1, "setup": [], "call": call} for call in ([f"{mutant.path}:{mutant.function}"], []))
    tests = {"x.py::A::slow": {**enters, "seconds": 9}, "x.py::A::quick": enters, f"{own}::B::t": enters, "y::C": other}
    (tmp_path / "map.json").write_text(json.dumps({"at_load": [], "tests": tests}))
    seen = mutant_tests.TestMap(mutant_tests.TestFiles())
    seen.add(tmp_path / "map.json")
    assert seen.of(mutant) == [f"{own}::B::t", "x.py::A::quick", "x.py::A::slow"]


def test_what_a_class_is_set_up_with_concerns_all_its_tests(tmp_path, everything):
    mutant = everything["followup"][0]
    place, idle = f"{mutant.path}:{mutant.function}", {"seconds": 1, "setup": [], "call": []}
    tests = {"x.py::A::one": {**idle, "setup": [place]}, "x.py::A::two": idle, "x.py::B::one": idle}
    (tmp_path / "map.json").write_text(json.dumps({"at_load": [place], "tests": tests}))
    seen = mutant_tests.TestMap(mutant_tests.TestFiles())
    seen.add(tmp_path / "map.json")
    assert (seen.of(mutant), seen.is_at_load(mutant)) == (["x.py::A::one", "x.py::A::two"], True)


def _facts(rows, values=(), figures=()):
    return {"rows": {"t": rows}, "values": dict(values), "figures": dict(figures)}


def test_lost_rows_values_and_figures_are_told():
    before = _facts([[1, 9]], {"t.a": "x", "t.b": "y"}, {"today.due": 3})
    after = _facts([[1, 4], [6, 9]], {"t.a": "x"}, {"today.due": 4})
    assert dict(upgrade.differences(before, after)) == {
        "t": "1 of 9 rows are gone, such as 5",
        "t.b": "gone",
        "today.due": "3 -> 4",
    }


def test_more_than_there_was_is_no_loss():
    assert not dict(upgrade.differences(_facts([[1, 4]]), _facts([[1, 6]], {"t.c": "z"})))


def test_a_migration_script_explains_what_begins_with_its_name():
    assert upgrade._reason("t.a", {"t": "merged"}) == "merged"
    assert upgrade._reason("today of x.tiles", {"today": "no"}) is None
