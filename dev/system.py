"""PostgreSQL, Chromium, wkhtmltopdf and a Chinese font, from Debian's packages.

As root they are installed with apt-get. An ordinary user gets those that are missing
unpacked into the cache, with PATH and library paths set for what `./dcrc` starts.
"""

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from .apt import PrivateApt
from .base import IS_ROOT, Failure, cache_dir, locked, need_space, run, say, state_dir, timed

PACKAGES = {
    "postgresql": "postgresql",
    "chromium": "chromium",
    "wkhtmltopdf": "wkhtmltopdf",
    "font": "fonts-noto-cjk",
    "pdftoppm": "poppler-utils",
}
# Without these Chromium calls home at every start, and hangs on a closed network.
CHROMIUM_FLAGS = (
    "--disable-quic --disable-component-update --disable-sync --no-first-run --disable-background-networking"
)


def ensure_tools():
    """Make the tools available; return the environment to run everything in."""
    missing = _missing(os.environ)
    if missing and IS_ROOT:
        _install(missing)
        missing = _missing(os.environ)
        if missing:
            raise Failure(f"Still missing after installing: {', '.join(missing)}.")
    env = dict(os.environ)
    if missing:
        _add_unpacked(env, _unpacked(missing))
    folders = [_browser_wrapper(env), postgres_bin(env), env["PATH"]]
    env["PATH"] = os.pathsep.join(str(folder) for folder in folders if folder)
    return env


def postgres_bin(env=None):
    """Return the folder with initdb and pg_ctl of the newest PostgreSQL, or None."""
    roots = [Path("/usr/lib/postgresql")]
    if env and env.get("DCRC_TOOLS"):
        roots.insert(0, Path(env["DCRC_TOOLS"]) / "usr/lib/postgresql")
    for root in roots:
        found = sorted(root.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
        if found:
            return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _browser(env):
    for name in ("chromium", "google-chrome-stable", "chromium-browser", "google-chrome"):
        found = shutil.which(name, path=env["PATH"])
        if found and not found.startswith(str(state_dir())):
            return found
    return None


def _has_chinese_font():
    try:
        shown = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return False
    return bool(shown.strip())


def _missing(env):
    """Return the Debian packages of what isn't on this machine."""
    present = {
        "postgresql": bool(os.environ.get("DCRC_DB_HOST")) or postgres_bin() is not None,
        "chromium": _browser(env) is not None,
        "wkhtmltopdf": shutil.which("wkhtmltopdf", path=env["PATH"]) is not None,
        "pdftoppm": shutil.which("pdftoppm", path=env["PATH"]) is not None,
        "font": _has_chinese_font(),
    }
    return [PACKAGES[name] for name, there in present.items() if not there]


def _install(packages):
    with (
        locked(cache_dir() / "system.lock", "installing system packages"),
        timed(f"installing {' '.join(packages)} with apt-get (once)"),
    ):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        hint = "Is the Debian mirror of this machine reachable?"
        waiting = ["-o", "DPkg::Lock::Timeout=600"]
        need_space("/", 2)
        if "postgresql" in packages:
            _no_default_cluster()
        try:
            run(["apt-get", *waiting, "install", "-y", "-q", "--no-install-recommends", *packages], env=env)
        except Failure:
            say("the package lists are old: updating them")
            run(["apt-get", *waiting, "update", "-q"], env=env, hint=hint)
            run(["apt-get", *waiting, "install", "-y", "-q", "--no-install-recommends", *packages], env=env, hint=hint)


def _no_default_cluster():
    """Keep Debian from making and starting a cluster that nobody here uses."""
    folder = Path("/etc/postgresql-common/createcluster.d")
    setting = folder / "dcrc.conf"
    if not Path("/etc/postgresql-common").exists():
        folder.mkdir(parents=True, exist_ok=True)
        setting.write_text("create_main_cluster = false\n")


def _unpacked(packages):
    """Return the folder with the packages and what they depend on, unpacked."""
    place = cache_dir() / f"tools-{_codename()}"
    marks = {name: place / ".have" / name for name in packages}
    with locked(cache_dir() / "tools.lock", "unpacking system packages"):
        wanted = [name for name, mark in marks.items() if not mark.exists()]
        if wanted:
            need_space(cache_dir(), 2)
            with (
                timed(f"not root: unpacking {' '.join(wanted)} into the cache (once)"),
                PrivateApt([_codename()], _architecture()) as apt,
            ):
                apt.unpack([*apt.closure(wanted)], place)
            (place / ".have").mkdir(exist_ok=True)
            for name in wanted:
                marks[name].touch()
    return place


def _add_unpacked(env, place):
    """Point PATH, the loader and fontconfig to an unpacked tree."""
    triplet = f"{platform.machine()}-linux-gnu"
    libraries = [
        place / "usr/lib" / triplet,
        place / "lib" / triplet,
        place / "usr/lib",
        *(place / "usr/lib" / triplet).glob("*/"),
    ]
    env["DCRC_TOOLS"] = str(place)
    env["PATH"] = os.pathsep.join([str(place / "usr/bin"), env["PATH"]])
    env["LD_LIBRARY_PATH"] = os.pathsep.join(
        [str(path) for path in libraries if path.is_dir()] + [path for path in [env.get("LD_LIBRARY_PATH")] if path]
    )
    env["XDG_DATA_DIRS"] = os.pathsep.join(
        [str(place / "usr/share"), env.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")]
    )
    fonts = Path(tempfile.gettempdir()) / f"dcrc-fonts-{os.geteuid()}.conf"
    system = Path("/etc/fonts/fonts.conf")
    other = system if system.exists() else place / "etc/fonts/fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{place}/usr/share/fonts</dir><cachedir>{cache_dir()}/fontconfig</cachedir>"
        f'<include ignore_missing="yes">{other}</include></fontconfig>'
    )
    env["FONTCONFIG_FILE"] = str(fonts)


def _browser_wrapper(env):
    """Return a folder with a `google-chrome` (the name Odoo tries first) of our own."""
    folder = state_dir() / "bin"
    folder.mkdir(exist_ok=True)
    browser = _browser(env)
    if env.get("DCRC_TOOLS") and browser and browser.startswith(env["DCRC_TOOLS"]):
        browser = f"{env['DCRC_TOOLS']}/usr/lib/chromium/chromium"
    text = f'#!/bin/sh\nexec "{browser}" {CHROMIUM_FLAGS} "$@"\n'
    wrapper = folder / "google-chrome"
    if not wrapper.exists() or wrapper.read_text() != text:
        scratch = folder / f".google-chrome-{os.getpid()}"
        scratch.write_text(text)
        scratch.chmod(0o755)
        scratch.rename(wrapper)
    return folder


def _codename():
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return release.get("VERSION_CODENAME", "stable").strip('"')


def _architecture():
    return run(["dpkg", "--print-architecture"]).strip()
