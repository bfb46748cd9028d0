"""What the documents say is there."""

import ast
import importlib
import re

import pytest

from dev.readme import readme

from . import source

NAMED = re.compile(r"`([\w./*]+\.py)`")
DEALER = source.ROOT / "dcrc_dealer"


def _missing(text, *folders):
    """Return the files named in `text` that none of the folders has."""
    return [name for name in NAMED.findall(text) if not any(list(folder.glob(name)) for folder in folders)]


@pytest.mark.parametrize("room", sorted(path.name for path in (DEALER / "models").iterdir() if path.is_dir()))
def test_a_room_says_what_it_owns_in_files_that_exist(room):
    if room == "__pycache__":
        return
    folder = DEALER / "models" / room
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert said and "Owns" in said
    assert not _missing(said, folder, DEALER, DEALER / "models/foundations")


def test_the_road_of_data_leads_through_files_that_exist():
    text = (DEALER / "readme/DEVELOP.md").read_text(encoding="utf-8")
    assert NAMED.findall(text)
    assert not _missing(text, DEALER / "models", DEALER / "tests", DEALER)


def test_the_methods_that_documents_send_readers_to_are_there():
    text = (DEALER / "readme/DEVELOP.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.python_files(DEALER))
    named = set(re.findall(r"\b(_\w+)(?:\([\w, ]*\))?`", text))
    assert len(named) > 20
    assert not [name for name in named if not name.endswith("_") and not re.search(rf"\b{name}\b", code)]


def test_every_room_is_in_the_table_of_rooms():
    text = (DEALER / "readme/DEVELOP.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (DEALER / "models").iterdir() if path.is_dir()} - {"__pycache__"}
    assert rooms <= set(re.findall(r"^\| (\w+) \|", text, re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_commands_of_the_documents_exist(document):
    """`./dcrc NAME --option`: the command is there and knows the option."""
    for command, options in re.findall(
        r"\./dcrc ([a-z]+(?:-[a-z]+)*)([^`\n]*)", (source.ROOT / document).read_text("utf-8")
    ):
        name = command.replace("-", "_")
        module = importlib.import_module(f"dev.commands.{name}")
        known = module.__doc__ + (source.ROOT / "dev/commands" / f"{name}.py").read_text("utf-8")
        for option in re.findall(r"--[a-z][a-z-]*", options.split(" -- ")[0]):
            assert f'"{option}"' in known, f"{document}: ./dcrc {command} {option}"


def test_the_readme_is_made_of_its_fragments(addon, folder):
    assert (folder / "README.md").read_text(encoding="utf-8") == readme(addon), "./dcrc lint --fix"


def test_pictures_of_the_documents_are_there():
    """Of the repository's README and of the apps page."""
    for page in (source.ROOT / "README.md", *source.ROOT.glob("*/static/description/index.html")):
        for name in re.findall(r"""(?:src="|\]\()([\w/.-]+\.png)""", page.read_text(encoding="utf-8")):
            assert (page.parent / name).is_file(), f"{page}: {name}"
