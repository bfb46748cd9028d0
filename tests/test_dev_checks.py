"""The parts of `./dcrc mutate` and `./dcrc test --upgrade` that can be tested without starting anything."""

import ast
from pathlib import Path

import pytest

from dev import mutant_tests, mutants, upgrade
from dev.base import ROOT


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
