"""The database server: a PostgreSQL cluster of this clone, or the one DCRC_DB_* names."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from .base import IS_ROOT, Failure, clone_key, locked, need_space, run, say, state_dir, timed
from .system import postgres_bin

ROLE = "dcrc"  # Odoo refuses to work as `postgres`
LONGEST_FOLDER = 80  # a socket's whole path may have 107 characters
# For test and demo data only: quick, and not safe against a power cut.
SETTINGS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
random_page_cost = 1.1
logging_collector = off
"""


class Server:
    """How to reach the database server; `env` is what libpq and Odoo need."""

    def __init__(self, host, port, user, password=""):
        self.host, self.port, self.user, self.password = host, str(port), user, password

    @property
    def env(self):
        """Variables for psql, createdb and dropdb."""
        found = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user}
        if self.password:
            found["PGPASSWORD"] = self.password
        return found


def given_server():
    """Return the server that DCRC_DB_HOST, _PORT, _USER and _PASSWORD name, or None."""
    host = os.environ.get("DCRC_DB_HOST")
    if not host:
        return None
    return Server(
        host,
        os.environ.get("DCRC_DB_PORT", "5432"),
        os.environ.get("DCRC_DB_USER", ROLE),
        os.environ.get("DCRC_DB_PASSWORD", ""),
    )


def ensure_server(env):
    """Start the cluster of this clone if need be; return how to reach it."""
    server = given_server()
    if server:
        return server
    home = _home()
    server = Server(str(home), 5432, ROLE)
    with locked(state_dir() / "cluster.lock", "starting PostgreSQL"):
        if not (home / "data" / "PG_VERSION").exists():
            _create(home, env)
        if not _alive(home, env):
            _start(home, env)
    return server


def stop_server(env):
    """Stop the cluster of this clone; a given server is left alone."""
    home = _home()
    if given_server() is None and _alive(home, env):
        say("stopping PostgreSQL")
        _as_owner([_program("pg_ctl", env), "-D", home / "data", "-m", "fast", "stop"], home, env)


def _home():
    """Return the cluster's folder: .dev/pg where that works, else one in /var/tmp."""
    home = state_dir() / "pg"
    if len(str(home)) <= LONGEST_FOLDER and _enterable(home.parent):
        return home
    return Path("/var/tmp") / f"dcrc-{os.geteuid()}-{clone_key()}"


def _enterable(folder):
    """Can the user who will run PostgreSQL go into this folder?"""
    if not IS_ROOT:
        return True
    done = subprocess.run(["test", "-x", str(folder)], check=False, cwd="/", **_owner())
    return done.returncode == 0


def _owner():
    """Return what makes a sub-process run as `postgres` when we are root."""
    if not IS_ROOT:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError as error:
        raise Failure(
            "PostgreSQL doesn't run as root, and there is no user `postgres`: install Debian's package postgresql."
        ) from error
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _program(name, env):
    folder = postgres_bin(env)
    if folder is None:
        raise Failure("PostgreSQL is missing: install it, or name a server with DCRC_DB_HOST.")
    return folder / name


def _as_owner(command, home, env):
    return run(command, cwd=home, env={**env, "HOME": str(home), "LC_ALL": "C.UTF-8"}, **_owner())


def _create(home, env):
    need_space(home.parent, 1)
    with timed(f"creating a PostgreSQL cluster in {home}"):
        home.mkdir(mode=0o700, exist_ok=True)
        owner = _owner()
        if owner:
            shutil.chown(home, owner["user"], owner["group"])
        elif home.stat().st_uid != os.geteuid():
            raise Failure(f"{home} belongs to somebody else.")
        shutil.rmtree(home / "data", ignore_errors=True)
        options = ["-D", home / "data", "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        if env.get("DCRC_TOOLS"):
            options += ["-L", _share(env)]
        _as_owner([_program("initdb", env), "--no-sync", *options], home, env)
        with (home / "data" / "postgresql.conf").open("a") as handle:
            handle.write(f"{SETTINGS}unix_socket_directories = '{home}'\n")


def _share(env):
    """Return where an unpacked PostgreSQL has its share folder."""
    binaries = _program("initdb", env).parent
    return binaries.parents[3] / "share" / "postgresql" / binaries.parent.name


def _alive(home, env):
    if not (home / "data" / "postmaster.pid").exists():
        return False
    done = subprocess.run(
        [_program("pg_isready", env), "-q", "-h", home, "-p", "5432", "-U", ROLE, "-d", "postgres"],
        env=env,
        check=False,
    )
    return done.returncode == 0


def _start(home, env):
    say("starting PostgreSQL")
    command = [_program("pg_ctl", env), "-D", home / "data", "-l", home / "log", "-t", "60", "-w", "start"]
    try:
        # pg_ctl's child keeps our pipes open: let it write into the log alone.
        _as_owner_detached(command, home, env)
    except Failure as error:
        log = (home / "log").read_text(errors="replace")[-1500:] if (home / "log").exists() else ""
        raise Failure(f"PostgreSQL doesn't start:\n{log}") from error
    for _try in range(100):
        if _alive(home, env):
            return
        time.sleep(0.1)
    raise Failure(f"PostgreSQL doesn't answer; see {home / 'log'}.")


def _as_owner_detached(command, home, env):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=home,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**env, "HOME": str(home), "LC_ALL": "C.UTF-8"},
        **_owner(),
    )
    if done.returncode:
        raise Failure("pg_ctl failed")
