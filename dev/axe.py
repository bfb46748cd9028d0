"""axe-core, which finds what keeps people from using a page; from npm into the cache, for tests only."""

import shutil
import tarfile
import tempfile
from pathlib import Path

from .base import cache_dir, locked, run

VERSION = "4.14.1"
FILE = "package/axe.min.js"


def axe_source():
    """Return the script of axe-core, or None where there is no npm to fetch it with."""
    place = cache_dir() / f"axe-core-{VERSION}.js"
    if not place.exists():
        if not shutil.which("npm"):
            return None
        with locked(cache_dir() / "axe.lock", "fetching axe-core"):
            if not place.exists():
                _fetch(place)
    return place.read_text(encoding="utf-8")


def _fetch(place):
    """npm checks the archive against its registry's checksum; only the one file is taken out of it."""
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        run(["npm", "pack", "--silent", f"axe-core@{VERSION}"], cwd=folder, hint="Is npm's registry reachable?")
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as content:
            text = content.extractfile(FILE).read()
        part = Path(folder) / "axe.js"
        part.write_bytes(text)
        part.replace(place)
