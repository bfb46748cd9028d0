"""Checks of files that no linter reads: XML is well-formed, translations are complete.

Runs in the venv: python -m dev.lint_files ADDON …
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

import polib

from .base import ROOT

PLACEHOLDER = re.compile(r"%\([a-zA-Z_]+\)[sdif]|%[sdif](?![a-z])|\$\{[^}]*\}")


def problems(root, addons):
    """Yield one line for each problem in the files of the add-ons."""
    for name in addons:
        for path in sorted((root / name).rglob("*.xml")):
            try:
                ElementTree.parse(path)
            except ElementTree.ParseError as error:
                yield f"{path.relative_to(root)}:{error.position[0]}: {error}"
        for path in sorted((root / name).rglob("*.po")):
            for line, problem in po_problems(path.read_text(encoding="utf-8")):
                yield f"{path.relative_to(root)}:{line}: {problem}"


def po_problems(text):
    """Yield (line, problem) for each entry of a .po file that isn't properly translated."""
    for entry in polib.pofile(text):
        if entry.obsolete:
            continue
        if not entry.msgstr:
            yield entry.linenum, f"not translated: {entry.msgid[:60]!r}"
        elif entry.fuzzy:
            yield entry.linenum, f"marked fuzzy: {entry.msgid[:60]!r}"
        elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
            yield entry.linenum, f"placeholders differ: {entry.msgid[:60]!r}"


def main():
    """Print what is wrong; return 1 when something is."""
    found = list(problems(ROOT, sys.argv[1:]))
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
