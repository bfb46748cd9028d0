"""What the add-ons consist of right now, as a short key for databases made from it."""

import hashlib

from .base import ROOT, installed_addons

SKIPPED = {".pyc", ".pot", ".md"}


def source_key(*more, tests=False):
    """Return a hash over the add-ons' files and over `more`.

    :param tests: include the tests; a database doesn't depend on them.
    """
    digest = hashlib.sha256(repr(more).encode())
    for name in installed_addons():
        for path in sorted((ROOT / name).rglob("*")):
            inside = path.relative_to(ROOT)
            if not path.is_file() or path.suffix in SKIPPED or (not tests and inside.parts[1] == "tests"):
                continue
            digest.update(str(inside).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:10]
