"""Odoo 19: the folder named by ODOO_HOME, or Debian's package unpacked into the cache."""

import os
import shutil
import tempfile
from pathlib import Path

from .apt import PrivateApt
from .base import Failure, cache_dir, locked, need_space, timed

PACKAGE = "odoo-19"
RECIPE = 1  # raise it when what is done to the tree after unpacking changes
# Where the asset links of the package point to. Font Awesome and Inconsolata come
# from stable: the files in sid have another layout.
ASSETS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-font-awesome/stable",
    "fonts-inconsolata/stable",
)
LIBRARY = "usr/lib/python3/dist-packages"
# Bundled by mail's manifest but missing from the package (background blur in video calls).
MISSING_SCRIPT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure_odoo():
    """Return the folder to put on PYTHONPATH so that `import odoo` works."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _given(Path(home).expanduser().resolve())
    return _cached() or _fetch()


def addons_folders(library):
    """Return the folders with Odoo's own add-ons, for a package or a source checkout."""
    inside = library / "odoo" / "addons"
    return [inside] if (inside / "mail").is_dir() else [inside, library / "addons"]


def _given(home):
    for library in (home, home / LIBRARY):
        release = library / "odoo" / "release.py"
        if release.is_file():
            if "(19, " not in release.read_text():
                raise Failure(f"ODOO_HOME={home} isn't Odoo 19.")
            return library
    raise Failure(f"ODOO_HOME={home} has no odoo/release.py in it.")


def _cached():
    trees = sorted(cache_dir().glob(f"{PACKAGE}_*_r{RECIPE}"))
    return trees[-1] / LIBRARY if trees else None


def _fetch():
    with locked(cache_dir() / "odoo.lock", "unpacking Odoo"):
        library = _cached()
        if library:
            return library
        need_space(cache_dir(), 3)
        with (
            timed("fetching Odoo 19 from Debian and unpacking it into the cache (once)"),
            PrivateApt(["sid", "stable"]) as apt,
        ):
            version = apt.candidate(PACKAGE)
            if not version:
                raise Failure("Debian's archive has no odoo-19; set ODOO_HOME.")
            scratch = Path(tempfile.mkdtemp(prefix=".odoo-", dir=cache_dir()))
            try:
                apt.unpack([PACKAGE, *ASSETS], scratch)
                _repair(scratch)
                tree = cache_dir() / f"{PACKAGE}_{version.replace(':', '.')}_r{RECIPE}"
                scratch.chmod(0o755)
                scratch.rename(tree)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        return tree / LIBRARY


def _repair(tree):
    """Put copies in the place of links that lead out of the add-ons, add the missing file."""
    for folder, folders, files in os.walk(tree / LIBRARY):
        for name in files + folders:
            link = Path(folder) / name
            if not link.is_symlink():
                continue
            wanted = os.readlink(link)
            source = tree / wanted.lstrip("/") if wanted.startswith("/") else link.parent / wanted
            if not source.is_file():
                raise Failure(f"{link.relative_to(tree)} leads to {wanted}, which no package holds.")
            link.unlink()
            shutil.copy(source, link)
    script = tree / LIBRARY / MISSING_SCRIPT
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        script.touch()
