"""The Python environment: a venv in the cache, keyed by what it must hold."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from .base import IS_ROOT, Failure, cache_dir, locked, need_space, run, say, timed

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
CONSTRAINTS = REQUIREMENTS.with_name("constraints.txt")
HINT = "Is PyPI, or the index that pip is set up for, reachable?"


def ensure_venv():
    """Return the python of an environment with everything in requirements.txt."""
    wanted = b"\0".join(
        [REQUIREMENTS.read_bytes(), CONSTRAINTS.read_bytes(), sys.version.encode(), sys.base_prefix.encode()]
    )
    place = cache_dir() / f"venv-{hashlib.sha256(wanted).hexdigest()[:12]}"
    python = place / "bin" / "python"
    if (place / "complete").exists():
        return python
    with locked(cache_dir() / "venv.lock", "making the Python environment"):
        if not (place / "complete").exists():
            need_space(cache_dir(), 1)
            shutil.rmtree(place, ignore_errors=True)
            with timed("making the Python environment (once)"):
                _ensure_ensurepip()
                run([sys.executable, "-m", "venv", place])
                _install(python)
            (place / "complete").touch()
    return python


def _install(python):
    """Install the tested releases; with a Python they don't support, the newest that do."""
    install = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run([*install, "--upgrade", "pip"], hint=HINT)  # Debian's is too old for some constraints
    try:
        run([*install, "-r", REQUIREMENTS, "-c", CONSTRAINTS])
    except Failure:
        say("not all tested releases can be had: taking others")
        run([*install, "-r", REQUIREMENTS], hint=HINT)


def _ensure_ensurepip():
    """Debian's bare python3 has no ensurepip: it is a package of its own."""
    try:
        import ensurepip  # noqa: F401

        return
    except ImportError:
        pass
    package = f"python3.{sys.version_info.minor}-venv"
    if not IS_ROOT:
        raise Failure(f"python3 can't make environments: ask for the package {package}.")
    say(f"installing {package}")
    run(["apt-get", "update", "-q"])
    run(["apt-get", "install", "-y", "-q", package], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
