"""Reading the add-ons' source without loading it: classes, methods, manifest."""

import ast
from pathlib import Path

from dev.base import ROOT, installed_addons

ADDONS = installed_addons()
# Arrows point one way: a room may use those before it.
ROOMS = (
    "foundations",
    "dms",
    "followup",
    "texting",
    "service",
    "appointment",
    "retention",
    "warranty",
    "voice",
    "hotline",
    "floor",
    "club",
)


def python_files(folder):
    """Return the Python files below a folder, sorted."""
    return sorted(path for path in Path(folder).rglob("*.py") if "node_modules" not in path.parts)


def lines(path):
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path):
    """Yield (name, lines) of every function and method of a file, docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node) is not None:
                length -= node.body[0].end_lineno - node.body[0].lineno + 1
            yield node.name, length


def imported_names(path):
    """Yield every name that a file imports, or imports from, without its packages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.name.split(".")[-1] for alias in node.names)
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.split(".")[-1]


def model_classes(path):
    """Yield {"class", "name", "inherit", "base"} of every Odoo model class of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef):
            continue
        bases = [ast.unparse(base) for base in node.bases]
        kind = next((base.split(".")[-1] for base in bases if base.startswith("models.")), None)
        if not kind:
            continue
        values = {
            target.id: part.value
            for part in node.body
            if isinstance(part, ast.Assign)
            for target in part.targets
            if isinstance(target, ast.Name)
        }
        inherit = ast.literal_eval(values["_inherit"]) if "_inherit" in values else []
        yield {
            "class": node.name,
            "base": kind,
            "values": values,
            "name": ast.literal_eval(values["_name"]) if "_name" in values else None,
            "inherit": [inherit] if isinstance(inherit, str) else list(inherit),
        }


def manifest(addon):
    """Return the manifest of an add-on."""
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text(encoding="utf-8"))


def shown(paths):
    """Return paths as text, relative to the repository."""
    return [str(path.relative_to(ROOT)) for path in paths]
