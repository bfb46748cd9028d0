"""Each add-on builds into a wheel that holds all it needs."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from . import source

LEFT_OUT = {"__pycache__", "node_modules"}


@pytest.fixture
def wheel(folder, tmp_path):
    """The wheel of the add-on, built from a copy so that the clone stays clean."""
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", str(tmp_path / "dist"), str(copy)],
        check=True,
        capture_output=True,
    )
    return next((tmp_path / "dist").glob("*.whl"))


def test_wheel_installs_with_every_file(addon, folder, wheel, tmp_path):
    target = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(target),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    wanted = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.parts) and path.name != "pyproject.toml" and path.suffix != ".pyc"
    }
    placed = target / "odoo" / "addons" / addon
    assert wanted - {str(path.relative_to(placed)) for path in placed.rglob("*")} == set()


def test_wheel_names_version_and_dependencies(addon, wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    manifest = source.manifest(addon)
    assert f"\nVersion: {manifest['version']}\n" in metadata
    for package in manifest.get("external_dependencies", {}).get("python", []):
        assert f"\nRequires-Dist: {package}" in metadata
