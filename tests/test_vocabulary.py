"""Lists of words belong to the room that brings them: a lower room names no upper room's word.

Words are models and their tables, kinds that a room adds to another's list (`selection_add`),
reasons of the gate, tiles and placeholders. A lower room that named one would know what comes
after it; it declares a hook instead, and the upper room fills it.
"""

import ast
import re

import pytest

from . import source

MODELS = source.ROOT / "dcrc_dealer" / "models"
# Words of the language that lower rooms use for matters of their own, and for what.
OWN_MEANINGS = {
    "insurance": "a department",
    "call": "how it became known who has a car",
    "text": "what stands in a cell",
    "first_service": "a dealer's own figure, said in scripts",
    "warranty_end": "a date of the car, on the call screen",
    "tile to_confirm": "a list of appointments, by that name",
}


BRACES = re.compile(r"\{\w+\}")


def _constants(node):
    """Strings of a syntax tree, without docstrings."""
    docs = set()
    for part in ast.walk(node):
        if isinstance(part, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(part, clean=False):
            docs.add(part.body[0].value)
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in docs:
            yield part.value


def _first_words(nodes):
    """The first string of each tuple: keys of ``[(key, label), …]``."""
    for node in nodes:
        if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
            yield node.elts[0].value


def _words_of_file(tree):
    """The words that a file of a room brings into lists that are open to all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "selection_add":
            yield from _first_words(ast.walk(node.value))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))
        elif isinstance(node, ast.FunctionDef) and node.name == "_get_tiles":
            yield from (f"tile {word}" for word in _first_words(ast.walk(node)))
        elif isinstance(node, ast.FunctionDef) and node.name == "_samples":
            for part in ast.walk(node):
                if isinstance(part, ast.Dict):
                    yield from (f"{{{key.value}}}" for key in part.keys if key is not None)


@pytest.fixture(scope="module")
def words():
    """``{room: (words, models)}``"""
    found = {}
    for room in source.ROOMS:
        keys, models = set(), set()
        for path in source.python_files(MODELS / room):
            keys |= set(_words_of_file(ast.parse(path.read_text(encoding="utf-8"))))
            models |= {model["name"] for model in source.model_classes(path) if model["name"]}
        found[room] = keys, models
    return found


def _upper(words, number):
    """Words and names (models, tables) that only rooms after the one at `number` have."""
    known = set().union(*(words[room][0] for room in source.ROOMS[: number + 1]))
    keys = set().union(*(words[room][0] for room in source.ROOMS[number + 1 :])) - known
    models = set().union(*(words[room][1] for room in source.ROOMS[number + 1 :]))
    return keys, models | {model.replace(".", "_") for model in models}


def test_no_lower_room_names_an_upper_rooms_word(words):
    wrong = []
    for number, room in enumerate(source.ROOMS):
        keys, names = _upper(words, number)
        pattern = re.compile(r"(?<![\w.])(?:%s)(?![\w.])" % "|".join(map(re.escape, sorted(names)))) if names else None
        for path in source.python_files(MODELS / room):
            for text in _constants(ast.parse(path.read_text(encoding="utf-8"))):
                told = {text, *BRACES.findall(text), *([f"tile {text}"] if path.stem.startswith("console") else [])}
                wrong += [f"{room}/{path.name} knows {word}" for word in told & keys - OWN_MEANINGS.keys()]
                if pattern and pattern.search(text):
                    wrong.append(f"{room}/{path.name} knows {pattern.search(text)[0]}")
    assert not wrong


def test_the_words_are_found(words):
    """The test above would pass for ever if it looked for nothing."""
    assert {"complaint_open", "complaint", "correction", "tile problems"} <= words["voice"][0]
    assert {"appointment", "appointment_confirm", "{papers}", "{until}"} <= words["appointment"][0]
    assert {"blacklisted", "recent", "text"} <= words["texting"][0]
    assert {"frequency", "tile late", "{link}"} <= words["followup"][0]
    assert "dcrc.complaint" in words["voice"][1]


def test_no_room_changes_anothers_module():
    """Lists grow by inheritance: nothing that was imported from another room is changed in place."""
    wrong = []
    for path in source.python_files(MODELS):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level >= 2
            for alias in node.names
        }
        for node in tree.body:
            target = None
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                target = getattr(node.value.func, "value", None)
            elif isinstance(node, (ast.Assign, ast.AugAssign)):
                places = node.targets if isinstance(node, ast.Assign) else [node.target]
                target = next((p.value for p in places if isinstance(p, (ast.Subscript, ast.Attribute))), None)
            if isinstance(target, ast.Name) and target.id in imported:
                wrong.append(f"{path.parent.name}/{path.name} changes {target.id}")
    assert not wrong
