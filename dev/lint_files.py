"""Checks of files that no linter reads: XML is well-formed, translations are complete."""

import re
import xml.etree.ElementTree as ElementTree

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
    for line, fuzzy, source, target in po_entries(text):
        if not source:
            continue
        if not target:
            yield line, f"not translated: {source[:60]!r}"
        elif fuzzy:
            yield line, f"marked fuzzy: {source[:60]!r}"
        elif sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target)):
            yield line, f"placeholders differ: {source[:60]!r}"


def po_entries(text):
    """Yield (line, is fuzzy, msgid, msgstr) for each entry that isn't obsolete.

    >>> list(po_entries('msgid "a"\\n"b"\\nmsgstr "c"\\n'))
    [(1, False, 'ab', 'c')]
    """
    entry, field, fuzzy = {}, None, False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        start = re.match(r'(msgid|msgstr) "(.*)"$', line)
        if start and start[1] == "msgid":
            entry = {"line": number}
        if start:
            field = start[1]
            entry[field] = start[2]
        elif field and re.match(r'".*"$', line):
            entry[field] += line[1:-1]
        elif not line.strip():
            if "msgstr" in entry:
                yield entry["line"], fuzzy, entry["msgid"], entry["msgstr"]
            entry, field, fuzzy = {}, None, False
        elif line.startswith("#,"):
            fuzzy = "fuzzy" in line
