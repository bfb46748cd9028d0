"""Debian packages fetched and unpacked with a private apt state: works without root."""

import re
import shutil
import tempfile
from pathlib import Path

from .base import Failure, run

NO_NETWORK = "Is the Debian mirror of this machine reachable?"


def system_mirror():
    """Return (address, keyring) of the Debian archive that this machine uses."""
    for address, keyring in _configured():
        if re.search(r"/debian/?$", address):
            return address.rstrip("/"), keyring or _default_keyring()
    raise Failure("No Debian archive found in this machine's apt sources; set ODOO_HOME to a folder with Odoo 19.")


def _configured():
    """Read (address, keyring) pairs from the apt source files themselves."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for path in filter(Path.is_file, places):
        text = path.read_text(errors="replace")
        if path.suffix == ".sources":
            for block in re.split(r"\n\s*\n", text):
                uris = re.search(r"^URIs:\s*(\S+)", block, re.M)
                keyring = re.search(r"^Signed-By:\s*(/\S+)", block, re.M)
                if uris:
                    yield uris[1], keyring[1] if keyring else ""
        else:
            for found in re.finditer(r"^deb\s+(?:\[([^]]*)\]\s+)?(\S+)", text, re.M):
                keyring = re.search(r"signed-by=(\S+)", found[1] or "")
                yield found[2], keyring[1] if keyring else ""


def _default_keyring():
    path = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    return str(path) if path.exists() else ""


class PrivateApt:
    """An apt of our own: own lists, own cache, nothing installed into the system.

    >>> with PrivateApt(["sid"]) as apt:            # doctest: +SKIP
    ...     apt.unpack(["odoo-19"], Path("/some/folder"))
    """

    def __init__(self, suites, architecture="amd64"):
        """:param suites: suites of the Debian archive, such as ["sid", "stable"]."""
        self.suites = suites
        self.architecture = architecture

    def __enter__(self):
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise Failure(
                "apt-get and dpkg are needed to fetch Odoo; elsewhere set ODOO_HOME to a folder with Odoo 19."
            )
        self._folder = tempfile.TemporaryDirectory(prefix="dcrc-apt-")
        self.home = Path(self._folder.name)
        for part in ("state/lists/partial", "cache/archives/partial", "debs"):
            (self.home / part).mkdir(parents=True)
        (self.home / "state/status").touch()
        mirror, keyring = system_mirror()
        signed = f" [signed-by={keyring}]" if keyring else ""
        lines = [f"deb{signed} {mirror} {suite} main\n" for suite in self.suites]
        (self.home / "sources.list").write_text("".join(lines))
        self.get("update")
        return self

    def __exit__(self, *_error):
        self._folder.cleanup()

    def _options(self):
        settings = {
            "Dir::State": self.home / "state",
            "Dir::State::status": self.home / "state/status",
            "Dir::Cache": self.home / "cache",
            "Dir::Etc::sourcelist": self.home / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "APT::Sandbox::User": "",
            "APT::Architecture": self.architecture,
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "APT::Install-Recommends": "false",
        }
        return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]

    def get(self, *arguments):
        """Run apt-get on the private state."""
        return run(["apt-get", "-q", *self._options(), *arguments], cwd=self.home / "debs", hint=NO_NETWORK)

    def candidate(self, package):
        """Return the version that would be fetched, or None."""
        shown = run(["apt-cache", *self._options(), "policy", package])
        found = re.search(r"Candidate: (\S+)", shown)
        return found[1] if found and found[1] != "(none)" else None

    def closure(self, packages):
        """Return the packages with all that they depend on."""
        shown = self.get("install", "--simulate", *packages)
        return re.findall(r"^Inst (\S+)", shown, re.M)

    def unpack(self, packages, target):
        """Fetch the packages (`name` or `name/suite`) and unpack them below `target`."""
        self.get("download", *packages)
        target.mkdir(parents=True, exist_ok=True)
        for archive in sorted((self.home / "debs").glob("*.deb")):
            run(["dpkg-deb", "-x", archive, target])
            archive.unlink()
