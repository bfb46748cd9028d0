"""Everything a command needs to work with Odoo, made ready on first use."""

import os
import re
import socket
import subprocess
from pathlib import Path

from .base import ADDONS, ROOT, Failure, locked, state_dir
from .cluster import ensure_server
from .odoo_tree import addons_folders, ensure_odoo
from .system import ensure_tools
from .venv import ensure_venv


class Workshop:
    """A ready environment: `env` and `python` run Odoo with our add-ons on its path."""

    def __init__(self):
        tools = ensure_tools()
        self.python = ensure_venv()
        self.library = ensure_odoo()
        self.server = ensure_server(tools)
        self.data_dir = state_dir() / "data"
        self.env = {
            **tools,
            **self.server.env,
            "PATH": os.pathsep.join([str(self.python.parent), tools["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(self.library), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": tools.get("PYTHONDONTWRITEBYTECODE", ""),
            "ODOO_RC": str(self._write_settings()),
            "LC_ALL": "C.UTF-8",
        }

    def _write_settings(self):
        folders = addons_folders(self.library)
        if any((ROOT / name / "__manifest__.py").exists() for name in ADDONS):
            folders.append(ROOT)
        settings = {
            "addons_path": ",".join(map(str, folders)),
            "data_dir": self.data_dir,
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.user,
            "http_interface": "127.0.0.1",
            "list_db": "False",
            "max_cron_threads": "0",
        }
        if self.server.password:
            settings["db_password"] = self.server.password
        text = "[options]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items())
        path = state_dir() / "odoo.conf"
        with locked(state_dir() / "settings.lock", "writing the settings"):
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                path.chmod(0o600)
        return path

    def filestore(self, database):
        """Return the folder with the files of a database."""
        return Path(self.data_dir) / "filestore" / database

    def command(self, *arguments):
        """Return the command line of `odoo` with these arguments."""
        return [str(self.python), "-m", "odoo", *map(str, arguments)]

    def odoo(self, *arguments, **options):
        """Run `odoo` with these arguments; return its exit code."""
        options.setdefault("cwd", ROOT)
        return subprocess.run(self.command(*arguments), env=self.env, check=False, **options).returncode

    def script(self, database, source, **variables):
        """Run Python source in an Odoo shell (`env` is there); return what it printed.

        :param variables: strings that the source finds in `os.environ`.
        """
        done = subprocess.run(
            self.command("shell", "-d", database, "--no-http", "--log-level=warn"),
            input=source,
            text=True,
            stdout=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            env={**self.env, **variables},
        )
        if done.returncode:
            raise Failure(f"The Odoo shell on {database} failed ({done.returncode}).")
        return done.stdout

    def sql(self, statement, database="postgres"):
        """Run one SQL statement; return its rows as lists of strings."""
        done = subprocess.run(
            ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failure(f"The database answered: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]


def free_port(wanted=None):
    """Return a free TCP port; `wanted` when given, and a Failure if that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError as error:
            raise Failure(f"Port {wanted} is in use: choose another with --port.") from error
        return probe.getsockname()[1]


def check_name(database):
    """Return the database name if it is one that needs no quoting anywhere."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,50}", database):
        raise Failure(f"{database!r} isn't a good name for a database: letters, digits, _ and -.")
    return database
