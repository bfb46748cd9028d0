"""A running Odoo server on a database, and sessions of its users without passwords."""

import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from .base import ROOT, Failure, say, state_dir
from .workshop import free_port

BROKEN = 20  # errors in a row: the database doesn't fit the code, waiting mends nothing

OPEN_SESSIONS = """
import json, os
from dev.sessions import open_sessions
wanted = json.loads(os.environ["DCRC_LOGINS"])
print("DCRC" + json.dumps(open_sessions(env, wanted, os.environ.get("DCRC_LANG"))))
"""


def start(shop, database, port, log, options=()):
    """Start a server in the background; return its process once it answers."""
    log.parent.mkdir(exist_ok=True)
    with log.open("a") as handle:
        process = subprocess.Popen(
            shop.command("-d", database, f"--http-port={port}", f"--db-filter=^{database}$", *options),
            env=shop.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            start_new_session=True,
        )
    try:
        wait(process, port, log)
    except BaseException:
        process.terminate()
        raise
    return process


def wait(process, port, log, patience=120):
    """Wait until the server answers; a Failure with its log's end when it doesn't."""
    end, broken = time.monotonic() + patience, 0
    while time.monotonic() < end and broken < BROKEN and process.poll() is None:
        status = knock(port)
        if status == 200:
            return
        broken += status >= 500
        time.sleep(0.2)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise Failure(f"Odoo doesn't answer on port {port}; its log is {log}\n{tail}")


def answers(port):
    """Does an Odoo answer on this port?"""
    return knock(port) == 200


def knock(port):
    """Status of the server's own health page; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, OSError):
        return 0


@contextlib.contextmanager
def running(shop, database):
    """Give the port of a server that lives as long as the block."""
    port = free_port()
    process = start(shop, database, port, state_dir() / "log" / f"shots_{database}.log")
    try:
        yield port
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def open_sessions(shop, database, logins, lang=None):
    """Return {login: session id}; with `lang` the users get that language first."""
    variables = {"DCRC_LOGINS": json.dumps(sorted(set(logins)))}
    if lang:
        variables["DCRC_LANG"] = lang
    printed = shop.script(database, OPEN_SESSIONS, **variables)
    line = next((line for line in printed.splitlines() if line.startswith("DCRC")), None)
    if line is None:
        raise Failure(f"No session could be opened on {database}.\n{printed}")
    sessions = json.loads(line[4:])
    for login in set(logins) - set(sessions):
        say(f"there is no user {login} in {database}")
    return sessions


# -- the demo's server, which outlives the command that started it ---------------------------
def _record_file():
    return state_dir() / "server.json"


def record(process, port):
    """Remember the demo's server."""
    _record_file().write_text(json.dumps({"pid": process.pid, "port": port}))


def recorded():
    """Return {"pid", "port"} of the demo's server if it runs, else None."""
    try:
        known = json.loads(_record_file().read_text())
        started = Path(f"/proc/{known['pid']}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    ours = f"--http-port={known['port']}".encode() in started
    return known if ours and answers(known["port"]) else None


def stop_recorded():
    """Stop the demo's server if it runs; return whether it did."""
    known = recorded()
    _record_file().unlink(missing_ok=True)
    if not known:
        return False
    os.kill(known["pid"], signal.SIGTERM)
    for _try in range(100):
        if not _lives(known["pid"]):
            return True
        time.sleep(0.1)
    os.kill(known["pid"], signal.SIGKILL)
    return True


def _lives(pid):
    """Is the process still at work (and not only waiting to be collected)?"""
    try:
        return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
