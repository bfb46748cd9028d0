"""A copy of the working tree with a database of its own, where mutants are tried."""

import os
import re
import shutil
import subprocess

from . import database
from .base import ROOT, Failure, run, state_dir
from .templates import tests_template


class Scratch:
    """`with Scratch(shop, 1) as scratch`: the tree's files as they are now, changed ones included."""

    def __init__(self, shop, number):
        self.shop = shop
        self.tree = state_dir() / "mutate" / f"{os.getpid()}-{number}"
        self.name = f"mutate_{os.getpid()}_{number}"

    def __enter__(self):
        listed = run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, stderr=subprocess.DEVNULL)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.tree / name)
        settings = (state_dir() / "odoo.conf").read_text()
        self.settings = self.tree.with_suffix(".conf")
        self.settings.write_text(
            re.sub(rf"(?m)^(addons_path = .*,){re.escape(str(ROOT))}$", rf"\1{self.tree}", settings)
        )
        self.settings.chmod(0o600)
        self.reset()
        return self

    def __exit__(self, *_error):
        database.drop(self.shop, self.name)
        shutil.rmtree(self.tree, ignore_errors=True)
        self.settings.unlink(missing_ok=True)

    def reset(self):
        """Make the database anew: tests that commit and fail leave rows behind."""
        source, _log = tests_template(self.shop)
        database.copy(self.shop, source, self.name)

    def test(self, files, patience=None):
        """Run test files until one fails; return (do all pass, the first that failed or pytest's last line).

        :param patience: seconds after which the tests count as failed: a mutant may wait for ever.
        """
        env = {
            **self.shop.env,
            "ODOO_RC": str(self.settings),
            "PYTHONPATH": os.pathsep.join([str(self.shop.library), str(self.tree)]),
            "PYTHONDONTWRITEBYTECODE": "1",  # two mutants of a file within a second have the same date
            "PYTHONHASHSEED": "0",
        }
        plugin = ["-p", "dev.pytest_plugin", "--odoo-database", self.name, "--odoo-http", "--odoo-log-level=critical"]
        command = [self.shop.python, "-m", "pytest", *plugin, "-x", "-q", *files]
        try:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=self.tree,
                env=env,
                capture_output=True,
                text=True,
                timeout=patience,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return False, f"nothing within {patience:.0f} s"
        lines = done.stdout.strip().splitlines() or [done.stderr.strip()[-200:]]
        if done.returncode not in (0, 1, 2):
            raise Failure(f"pytest doesn't work in {self.tree}:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
        failed = next((line for line in lines if line.startswith(("FAILED", "ERROR"))), lines[-1])
        return done.returncode == 0, failed
