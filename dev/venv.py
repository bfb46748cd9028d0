"""The Python environment: a venv in the cache, keyed by what it must hold."""
import hashlib
import os
import shutil
import sys
from pathlib import Path

from .base import IS_ROOT, Failure, cache_dir, locked, need_space, run, say, timed

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
HINT = "Is PyPI, or the index that pip is set up for, reachable?"


def ensure_venv():
    """Return the python of an environment with everything in requirements.txt."""
    wanted = REQUIREMENTS.read_bytes() + sys.version.encode() + sys.base_prefix.encode()
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
                run([python, "-m", "pip", "install", "--quiet", "--no-input",
                     "--disable-pip-version-check", "-r", REQUIREMENTS], hint=HINT)
            (place / "complete").touch()
    return python


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
    run(["apt-get", "install", "-y", "-q", package],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
