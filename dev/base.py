"""Places, messages, locks and sub-processes that every part of `./dcrc` shares."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".dev"
ADDONS = ("dcrc_dealer", "dcrc_dealer_reports")
IS_ROOT = os.geteuid() == 0


class Failure(Exception):
    """An error the user can do something about; printed without a traceback."""


def say(text):
    """Tell on stderr what is being done, so that stdout stays usable."""
    print(f"[dcrc] {text}", file=sys.stderr, flush=True)


def cache_dir():
    """The folder that all clones share: what is only downloaded or unpacked."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    path = Path(base) / "dcrc"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            f"The cache folder {path} can't be made ({error.strerror}): "
            "set XDG_CACHE_HOME to a folder you may write to."
        ) from error
    return path


def state_dir():
    """The folder of this clone: settings, logs, filestore, database cluster."""
    STATE.mkdir(exist_ok=True)
    return STATE


def clone_key():
    """A short name for this clone, the same at every call."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]


def installed_addons():
    """Those of our add-ons that exist in this clone."""
    return [name for name in ADDONS if (ROOT / name / "__manifest__.py").is_file()]


def need_space(path, gigabytes):
    """Fail early, with the place named, when the disk is nearly full."""
    free = shutil.disk_usage(path).free / 2**30
    if free < gigabytes:
        raise Failure(f"{path} has {free:.1f} GB free, {gigabytes} GB are needed.")


@contextlib.contextmanager
def locked(path, what):
    """Hold a lock file while `what` is done; a second process waits for the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another dcrc: {what}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run(command, *, quiet=True, hint="", **options):
    """Run a command; on failure raise `Failure` with the end of what it printed.

    :param quiet: collect the output instead of showing it.
    :param hint: what the user can do about a failure.
    :return: what it wrote on stdout (empty when not quiet).
    """
    command = [str(part) for part in command]
    if quiet:
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.STDOUT)
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        done = subprocess.run(command, text=True, check=False, **options)
    except FileNotFoundError as error:
        raise Failure(f"The program {command[0]} is missing. {hint}".strip()) from error
    if done.returncode:
        tail = "\n".join((done.stdout or "").strip().splitlines()[-15:])
        raise Failure(f"{' '.join(command[:4])} … failed ({done.returncode}). {hint}\n{tail}".strip())
    return done.stdout or ""


@contextlib.contextmanager
def timed(text):
    """Say what begins, and how long it took when it took long."""
    say(f"{text} …")
    start = time.monotonic()
    yield
    spent = time.monotonic() - start
    if spent > 5:
        say(f"  done in {spent:.0f} s")
