"""Databases: a template with what our add-ons depend on, and copies of it."""

import ast
import hashlib
import os
import re
import shutil
import time

from . import shelf
from .base import ROOT, Failure, installed_addons, locked, say, state_dir, timed
from .workshop import check_name

LANGUAGE = "zh_CN"
# A bare Odoo has these when our add-ons don't exist yet or name nothing else.
BASE = {
    "contacts",
    "event",
    "fleet",
    "mail",
    "phone_validation",
    "portal",
    "resource",
    "sms",
    "spreadsheet_dashboard",
    "survey",
}


def dependencies():
    """Return the modules of Odoo that our add-ons depend on, sorted."""
    found = set(BASE)
    for name in installed_addons():
        manifest = ast.literal_eval((ROOT / name / "__manifest__.py").read_text())
        found.update(manifest.get("depends", []))
    return sorted(found - set(installed_addons()))


def exists(shop, database):
    """Is there a database of this name?"""
    return bool(shop.sql(f"SELECT 1 FROM pg_database WHERE datname = '{check_name(database)}'"))


def drop(shop, database):
    """Drop a database with its filestore, whoever is connected."""
    shop.sql(f'DROP DATABASE IF EXISTS "{check_name(database)}" WITH (FORCE)')
    shutil.rmtree(shop.filestore(database), ignore_errors=True)


def copy(shop, source, target):
    """Make `target` a copy of `source`; files of the filestore are shared (hard links)."""
    drop(shop, target)
    for _try in range(60):  # another copy of the same template may be under way
        try:
            shop.sql(f'CREATE DATABASE "{check_name(target)}" TEMPLATE "{check_name(source)}"')
            break
        except Failure as error:
            if "being accessed" not in str(error):
                raise
            time.sleep(1)
    else:
        raise Failure(f"The database {source} is in use; stop what works on it.")
    if shop.filestore(source).is_dir():
        shutil.copytree(shop.filestore(source), shop.filestore(target), copy_function=os.link)


def rename(shop, source, target):
    """Rename a database and its filestore; the target must not exist."""
    shop.sql(f'ALTER DATABASE "{check_name(source)}" RENAME TO "{check_name(target)}"')
    if shop.filestore(source).is_dir():
        shop.filestore(source).rename(shop.filestore(target))


def log_file(database):
    """Return where Odoo's log of an installation goes."""
    return state_dir() / "log" / f"{database}.log"


def install(shop, database, modules, log=None, options=()):
    """Install modules; raise a Failure with the end of the log if Odoo fails.

    :param log: file that gets Odoo's log, default below .dev/log.
    """
    log = log or log_file(database)
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as handle:
        code = shop.odoo(
            "-d",
            database,
            "-i",
            ",".join(modules),
            "--stop-after-init",
            "--no-http",
            *options,
            stdout=handle,
            stderr=handle,
        )
    if code or re.search(r" (CRITICAL|ERROR) \S+ odoo\.(modules|registry|service)", log.read_text()):
        tail = "\n".join(log.read_text().splitlines()[-25:])
        raise Failure(f"Installing {', '.join(modules)} failed; the log is {log}\n{tail}")
    return log


def base_template(shop):
    """Return the database that holds our dependencies and Chinese, made when missing."""
    wanted = dependencies()
    key = hashlib.sha256(repr((wanted, str(shop.library), LANGUAGE, 1)).encode()).hexdigest()[:10]
    name = f"base_{key}"
    with locked(state_dir() / "base.lock", "making the base database"):
        if not exists(shop, name):
            scratch = f"{name}_new"
            drop(shop, scratch)
            if not shelf.fetch(shop, name, scratch, log_file(scratch)):
                with timed("installing Odoo's own modules into a base database (once)"):
                    log = install(shop, scratch, wanted, options=[f"--load-language={LANGUAGE}"])
                shelf.keep(shop, scratch, name, log)
            rename(shop, scratch, name)
            _prune(shop, name)
    return name


def _prune(shop, kept):
    """Drop the base databases of other sets of modules that nobody is using."""
    for (old,) in shop.sql(
        "SELECT datname FROM pg_database d WHERE datname ~ '^base_' AND NOT "
        "EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)"
    ):
        if old != kept:
            drop(shop, old)


def create(shop, database, modules=None, options=()):
    """Make a fresh database with our add-ons, replacing one of that name; return the log."""
    copy(shop, base_template(shop), database)
    modules = modules or installed_addons()
    if not modules:
        say("no add-on in this clone yet: the database has only what they will depend on")
        return None
    with timed(f"installing {', '.join(modules)} into {database}"):
        return install(shop, database, modules, options=options)
