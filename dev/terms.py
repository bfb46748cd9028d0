"""Translations beside their .pot; runs in the venv: python -m dev.terms ADDON …"""

import sys

import polib

from .base import ROOT

# They change with every export and say nothing that the commit doesn't.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def carry_over(pot, po):
    """Return `po` with the entries of `pot`, in its order; what is translated stays so."""
    known = {entry.msgid: entry for entry in po}
    merged = polib.POFile()
    merged.header = po.header
    merged.metadata = {name: value for name, value in po.metadata.items() if name not in DATES}
    for entry in pot:
        old = known.get(entry.msgid)
        entry = polib.POEntry(msgid=entry.msgid, comment=entry.comment, occurrences=entry.occurrences)
        if old and not old.obsolete:
            entry.msgstr, entry.flags = old.msgstr, list(old.flags)
        merged.append(entry)
    return merged


def renew(addon):
    """Write an add-on's .pot without dates, and every language after it."""
    folder = ROOT / addon / "i18n"
    pot = polib.pofile(folder / f"{addon}.pot")
    for name in DATES:
        pot.metadata.pop(name, None)
    pot.save()
    for path in sorted(folder.glob("*.po")):
        carry_over(pot, polib.pofile(path)).save(path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        renew(name)
