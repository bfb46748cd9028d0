"""Databases with nothing but Odoo's own modules, kept in the cache: a fresh clone restores what another installed.

Their names hold a hash of what is in them (Odoo's place, the modules), so that one of an earlier Odoo is never taken.
"""

import os
import shutil
import tempfile
from pathlib import Path

from .base import cache_dir, need_space, run, timed

KEPT = 2  # of a kind: two Odoos may be in use


def keep(shop, source, name, log):
    """Put the database `source` on the shelf as `name`, with its files and the log of its installation."""
    need_space(cache_dir(), 2)
    _shelf().mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=_shelf()))
    try:
        run(["pg_dump", "--format=custom", "--compress=1", f"--file={scratch / 'dump'}", source], env=shop.env)
        if shop.filestore(source).is_dir():
            shutil.copytree(shop.filestore(source), scratch / "files")
        shutil.copy(log, scratch / "log")
        shutil.rmtree(_shelf() / name, ignore_errors=True)
        scratch.rename(_shelf() / name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    same = sorted(_shelf().glob(f"{name.rpartition('_')[0]}_*"), key=lambda place: place.stat().st_mtime)
    for old in same[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def fetch(shop, name, target, log):
    """Make the new database `target` of what is kept as `name`; return whether there is something.

    :param log: file that gets the log of its installation.
    """
    place = _shelf() / name
    if not (place / "dump").is_file():
        return False
    os.utime(place)
    with timed(f"restoring {name} from the cache"):
        shop.sql(f'CREATE DATABASE "{target}" TEMPLATE template0')
        restore = ["pg_restore", "--no-owner", "--exit-on-error", "--jobs=2", f"--dbname={target}", place / "dump"]
        run(restore, env=shop.env)
        shop.sql("ANALYZE", target)
        if (place / "files").is_dir():
            shutil.copytree(place / "files", shop.filestore(target))
    log.parent.mkdir(exist_ok=True)
    shutil.copy(place / "log", log)
    return True


def _shelf():
    return cache_dir() / "databases"
