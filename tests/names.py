"""Names that all add-ons of an Odoo share, read from their source: ours, and those of Odoo's own."""

import functools
import re
from pathlib import Path

import odoo

from dev.odoo_tree import addons_folders

from . import source

OPENING, CLOSING = "([{", ")]}"


def _pattern(pattern):
    """Return a finder: all that the pattern's group catches."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: compiled.findall(text)


def _inside(text, opener):
    """Yield what stands in the brackets that each match of `opener` opens."""
    for match in re.finditer(opener, text):
        depth, start = 1, match.end()
        for end in range(start, min(len(text), start + 4000)):
            depth += (text[end] in OPENING) - (text[end] in CLOSING)
            if not depth:
                yield text[start:end]
                break


def _context_keys(text):
    """Keys of a context: set or read, in Python, XML or JavaScript."""
    if "context" not in text:
        return
    yield from re.findall(r"context\.get\(\s*[\"'](\w+)", text)
    yield from re.findall(r"(?:context|CONTEXT)\[[\"'](\w+)", text)
    yield from re.findall(r"[\"'](\w+)[\"'] (?:not )?in [\w.]*context\b", text)
    for part in _inside(text, r"with_context\("):
        yield from re.findall(r"(?:^|[(,{\s])(\w+)=(?!=)", part)
    for part in _inside(text, r"(?:\bcontext\b[\"']?\s*[:=]\s*[\"']?|name=\"context\">|with_context\()\{"):
        yield from re.findall(r"[\"'](\w+)[\"']\s*:", part)


# kind: (files, finder). Files are a suffix, or a part of the path with a suffix.
KINDS = {
    "address of an action": ("*.xml", _pattern(r'<field name="path">([^<]+)<')),
    "route": ("controllers/*.py", _pattern(r"[\"'](/[a-z]\w*)")),
    "tag of a client action": ("*.xml", _pattern(r'<field name="tag">([^<]+)<')),
    "key of a registry": (
        "static/**/*.js",
        _pattern(r"(?:category\([\"']\w+[\"']\)|\b\w*(?:[rR]egistry|tours))\s*\.add\(\s*[\"'`]([^\"'`]+)"),
    ),
    "template": ("static/**/*.xml", _pattern(r't-name="([^"]+)"')),
    "model": ("*.py", _pattern(r"^    _name = [\"']([^\"']+)")),
    "code of a sequence": (
        "*",
        _pattern(
            r"next_by_code\(\s*[\"']([^\"']+)|model=\"ir.sequence\">(?:(?!</record>)(?:.|\n))*name=\"code\">([^<]+)"
        ),
    ),
    "kind of a bus message": (
        "*",
        _pattern(r"(?:_bus_send|busService\.subscribe|bus_service\.subscribe)\(\s*[\"']([^\"']+)"),
    ),
    "key of a context": ("*", _context_keys),
    "parameter of the system": ("*.py", _pattern(r"[gs]et_(?:param|str|int|bool|float)\(\s*[\"']([^\"']+)")),
    "CSS class": ("static/*", _pattern(r"(?<![\w-])(o_[a-zA-Z][\w-]*)")),
    "CSS variable": ("static/**/*.scss", _pattern(r"^\s*(--[\w-]+|\$[\w-]+)\s*:")),
}
SUFFIXES = {".py", ".xml", ".js", ".scss"}


def _fits(path, pattern):
    """Does a path inside an add-on belong to the files of a kind?"""
    folder, _sep, name = pattern.rpartition("/")
    folder = folder.removesuffix("/**")
    return (not folder or folder in path.parts) and path.match(name)


def _find(folders):
    """Return {kind: {name: file}} of add-ons."""
    found = {kind: {} for kind in KINDS}
    for folder in folders:
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            if path.suffix not in SUFFIXES or {"tests", "lib", "node_modules"} & set(inside.parts[:2]):
                continue
            text = path.read_text(encoding="utf-8")
            for kind, (files, find) in KINDS.items():
                if _fits(inside, files):
                    for name in find(text):
                        name = next(filter(None, name), "") if isinstance(name, tuple) else name
                        found[kind].setdefault(name, str(path))
    return found


@functools.cache
def ours():
    """Return {kind: {name: file}} of our add-ons."""
    return _find([source.ROOT / addon for addon in source.ADDONS])


@functools.cache
def odoos():
    """Return {kind: {name: file}} of all add-ons of the Odoo at hand, installed or not."""
    places = addons_folders(Path(odoo.__path__[0]).resolve().parent)
    return _find([folder.parent for place in places for folder in place.glob("*/__manifest__.py")])
