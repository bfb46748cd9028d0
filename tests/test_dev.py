"""The parts of `./dcrc` that can be tested without starting anything."""

import os
from pathlib import Path

import polib
import pytest

from dev import apt, base, beside, cluster, lint_files, shelf, templates, terms, workshop
from dev.cli import build_parser
from dev.commands import bench


def test_every_command_has_a_summary():
    for name in ("demo", "test", "lint", "terms", "bench", "mutate", "shots", "shell", "stop"):
        assert name in build_parser().format_help()


@pytest.mark.parametrize(
    "argv",
    [
        ["bench", "plan", "--size", "large", "--json", "x"],
        ["demo", "--detach", "--port", "8070"],
        ["test", "--odoo"],
        ["test", "--beside"],
        ["test", "--beside", "short", "-j", "1"],
        ["mutate", "tools", "--seed", "3"],
    ],
)
def test_options_are_understood(argv):
    assert build_parser().parse_args(argv).command == argv[0]


@pytest.mark.parametrize("name", ["", "1a", "a;b", 'a"b', "a b"])
def test_odd_database_names_are_refused(name):
    with pytest.raises(base.Failure):
        workshop.check_name(name)


def test_taken_port_is_told():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(base.Failure, match="in use"):
            workshop.free_port(taken.getsockname()[1])


def test_failing_command_is_told_with_its_output():
    with pytest.raises(base.Failure, match="(?s)ask the.*no such thing"):
        base.run(["sh", "-c", "echo no such thing; exit 3"], hint="ask the administrator")
    with pytest.raises(base.Failure, match="missing"):
        base.run(["a-program-that-is-nowhere"])


def test_full_disk_is_told(tmp_path):
    with pytest.raises(base.Failure, match="GB"):
        base.need_space(tmp_path, 10**9)


def test_long_paths_get_another_place_for_the_socket(monkeypatch, tmp_path):
    deep = tmp_path / ("a" * 90)
    deep.mkdir()
    monkeypatch.setattr(cluster, "state_dir", lambda: deep)
    assert len(str(cluster._home())) <= cluster.LONGEST_FOLDER


def test_given_server_is_used(monkeypatch):
    monkeypatch.setenv("DCRC_DB_HOST", "db.example")
    monkeypatch.setenv("DCRC_DB_USER", "odoo")
    server = cluster.ensure_server({})
    assert server.env == {"PGHOST": "db.example", "PGPORT": "5432", "PGUSER": "odoo"}


def test_mirror_is_read_from_both_kinds_of_source_files(monkeypatch, tmp_path):
    (tmp_path / "a.list").write_text("# x\ndeb [signed-by=/k.gpg] http://one.example/debian sid main\n")
    (tmp_path / "b.sources").write_text(
        "Types: deb\nURIs: http://two.example/debian/\nSuites: sid\nSigned-By: /l.gpg\n"
    )

    class Folder(type(tmp_path)):
        def glob(self, _pattern):
            return [tmp_path / "a.list", tmp_path / "b.sources"]

    monkeypatch.setattr(apt, "Path", Folder)
    assert list(apt._configured())[-2:] == [
        ("http://one.example/debian", "/k.gpg"),
        ("http://two.example/debian/", "/l.gpg"),
    ]


def test_only_warnings_that_nothing_allows_are_complaints(monkeypatch):
    monkeypatch.setattr(templates, "ALLOWED", {"known": "an old habit"})
    start = "2026-11-21 10:00:00,000 1 "
    log = "\n".join(
        [
            f"{start}INFO db odoo.x: fine",
            f"{start}WARNING db odoo.x: an old habit",
            f"{start}ERROR db odoo.x: it broke",
            "Traceback",
        ]
    )
    assert templates.complaints(log) == [f"{start}ERROR db odoo.x: it broke"]


def test_what_odoo_complains_of_without_us_is_no_complaint():
    before = "2026-11-21 10:00:00,000 1 WARNING odoo_full odoo.x: a package is missing"
    after = "2026-11-22 11:11:11,111 2 WARNING beside_full odoo.x: a package is missing"
    ours = "2026-11-22 11:11:11,111 2 WARNING beside_full odoo.x: ours is missing"
    assert templates.complaints(f"{after}\n{ours}", before) == [ours]


def test_every_application_of_community_is_in_the_full_form(tmp_path):
    for name, manifest in {
        "shop": {"application": True},
        "sleeping": {"application": True, "installable": False},
        "part": {},
    }.items():
        (tmp_path / "odoo/addons" / name).mkdir(parents=True)
        (tmp_path / "odoo/addons" / name / "__manifest__.py").write_text(repr(manifest))
    (tmp_path / "odoo/addons/mail").mkdir()
    assert beside.applications(tmp_path) == ["shop"]


class StoodIn:
    """A workshop whose databases are names."""

    env = {}

    def __init__(self, folder):
        self.folder = folder

    def sql(self, *_statement):
        pass

    def filestore(self, name):
        return self.folder / "filestore" / name


@pytest.fixture
def shop(monkeypatch, tmp_path):
    monkeypatch.setattr(shelf, "cache_dir", lambda: tmp_path)
    monkeypatch.setattr(shelf, "run", lambda command, **_options: _dump(command))
    (tmp_path / "filestore" / "made").mkdir(parents=True)
    (tmp_path / "filestore" / "made" / "icon").write_text("i")
    (tmp_path / "made.log").write_text("as it was installed")
    return StoodIn(tmp_path)


def _dump(command):
    for part in command:
        if str(part).startswith("--file="):
            Path(part.removeprefix("--file=")).write_text("dump")


def test_a_database_of_odoo_alone_is_restored_with_its_files_and_log(shop, tmp_path):
    assert not shelf.fetch(shop, "odoo_short_1", "fresh", tmp_path / "fresh.log")
    shelf.keep(shop, "made", "odoo_short_1", tmp_path / "made.log")
    assert shelf.fetch(shop, "odoo_short_1", "fresh", tmp_path / "fresh.log")
    assert (shop.filestore("fresh") / "icon").read_text() == "i"
    assert (tmp_path / "fresh.log").read_text() == "as it was installed"


def test_the_cache_keeps_two_databases_of_a_kind(shop, tmp_path):
    for number, name in enumerate(["odoo_full_1", "odoo_short_1", "odoo_short_2", "odoo_short_3"]):
        shelf.keep(shop, "made", name, tmp_path / "made.log")
        os.utime(tmp_path / "databases" / name, (number, number))
    shelf.keep(shop, "made", "odoo_short_4", tmp_path / "made.log")
    kept = sorted(place.name for place in (tmp_path / "databases").iterdir())
    assert kept == ["odoo_full_1", "odoo_short_3", "odoo_short_4"]


PO = """
msgid ""
msgstr "head"

#, python-format
msgid "Hello %(name)s"
msgstr "你好 %(nam)s"

msgid "Two "
"lines"
msgstr ""

#, fuzzy
msgid "Guess"
msgstr "猜"

#~ msgid "Old"
#~ msgstr ""

msgid "Good"
msgstr "好"
"""


def test_po_problems():
    assert [problem.split(":")[0] for _line, problem in lint_files.po_problems(PO)] == [
        "placeholders differ",
        "not translated",
        "marked fuzzy",
    ]


def test_translations_follow_the_terms():
    """New terms wait, known ones stay, those that nobody uses go."""
    pot = polib.pofile('msgid "Good"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n')
    merged = terms.carry_over(pot, polib.pofile(PO))
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("Good", "好"), ("New", "")]


def test_bench_table_says_what_is_missed():
    row = {
        "bench": "plan",
        "metric": "vs_create",
        "value": 1.4,
        "bar": 1.5,
        "better": "lower",
        "size": "small",
        "rows": 1000,
    }
    text = bench.table([row, {**row, "value": 1.6}, {**row, "better": "higher"}])
    assert [line.split()[5] for line in text.splitlines()[1:]] == ["ok", "MISSED", "MISSED"]
