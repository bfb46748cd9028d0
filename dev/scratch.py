"""A copy of the working tree with a database of its own, where mutants are tried.

Odoo is loaded once (`mutant_host.py`); each mutant is tried in a child of that process, which changes the
function in its memory. What can't be changed so is tried in an Odoo that is started for it.
"""

import json
import os
import re
import shutil
import subprocess

from . import database
from .base import ROOT, Failure, run, state_dir
from .mutant_host import STALE
from .templates import tests_template


class Scratch:
    """`with Scratch(shop, 1) as scratch`: the tree's files as they are now, changed ones included."""

    def __init__(self, shop, number):
        self.shop = shop
        self.tree = state_dir() / "mutate" / f"{os.getpid()}-{number}"
        self.log = self.tree.with_suffix(".log")
        self.name, self.source, self.host = f"mutate_{os.getpid()}_{number}", None, None

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
        self.source, _log = tests_template(self.shop)
        self.reset()
        return self

    def __exit__(self, *_error):
        _stop(self.host)
        database.drop(self.shop, self.name)
        shutil.rmtree(self.tree, ignore_errors=True)
        for file in (self.settings, self.log, self.tree.with_suffix(".json")):
            file.unlink(missing_ok=True)

    def reset(self):
        """Make the database anew: tests that commit and fail leave rows behind."""
        database.copy(self.shop, self.source, self.name)

    def map(self, places):
        """Run test files and write what the tests of each enter, and what loading does.

        :param places: {test file: where to write}
        :return: (do all pass, the first that failed or pytest's last line)
        """
        host, ready = self._start("map")
        target = self.tree.with_suffix(".json")
        try:
            code = _ask(host, self._wish(places, map=str(target)))
        finally:
            _stop(host)
        result = self._judge(code)
        if result[0]:
            seen = json.loads(target.read_text())
            for file, place in places.items():
                tests = {test: was for test, was in seen.items() if test.split("::")[0] == file}
                place.write_text(json.dumps({"at_load": ready["at_load"], "tests": tests}))
        return result

    def test(self, tests, patience, mutant, at_load):
        """Run tests on a mutant until one fails; return (do all pass, the first that failed or pytest's last line).

        :param patience: seconds after which the tests count as failed: a mutant may wait for ever.
        :param at_load: does the changed function run while Odoo loads? Then it is loaded anew.
        """
        self.host = self.host or self._start()[0]
        was = mutant.apply(self.tree)
        try:
            changed = (self.tree / mutant.path).read_text(encoding="utf-8")
            change = {"path": str(mutant.path), "was": was.decode(), "changed": changed}
            code = STALE if at_load else _ask(self.host, self._wish(tests, patience=patience, swap=change))
            if code == STALE:
                code = self._test_anew(tests, patience)
        finally:
            (self.tree / mutant.path).write_bytes(was)
        return (False, f"nothing within {patience:.0f} s") if code is None else self._judge(code)

    def _test_anew(self, tests, patience):
        host, _ready = self._start()
        try:
            return _ask(host, self._wish(tests, patience=patience))
        finally:
            _stop(host)

    def _wish(self, tests, **more):
        wish = {"tests": [str(test) for test in tests], "log": str(self.log)}
        return {**wish, "patience": None, "swap": None, "map": None, **more}

    def _judge(self, code):
        lines = self.log.read_text(errors="replace").strip().splitlines() or ["no word"]
        if code not in (0, 1, 2):
            raise Failure(f"pytest doesn't work in {self.tree}:\n" + "\n".join(lines[-40:]))
        failed = next((line for line in lines if line.startswith(("FAILED", "ERROR"))), lines[-1])
        return code == 0, failed

    def _start(self, *options):
        """Start Odoo on this tree and database; return the process and its first word, or None twice."""
        env = {
            **self.shop.env,
            "ODOO_RC": str(self.settings),
            "PYTHONPATH": os.pathsep.join([str(self.shop.library), str(self.tree)]),
            "PYTHONDONTWRITEBYTECODE": "1",  # two mutants of a file within a second have the same date
            "PYTHONHASHSEED": "0",
        }
        with self.log.open("w") as errors:
            host = subprocess.Popen(
                [str(self.shop.python), "-m", "dev.mutant_host", self.name, *options],
                cwd=self.tree,
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        word = host.stdout.readline()
        return (host, json.loads(word)) if word else (_stop(host), None)


def _ask(host, wish):
    """Return the exit code of pytest; 1 where a mutant keeps Odoo from starting."""
    if not host:
        return 1
    print(json.dumps(wish), file=host.stdin, flush=True)
    answer = host.stdout.readline()
    if not answer:
        raise Failure("The process that loads Odoo for mutants has ended.")
    return json.loads(answer)["code"]


def _stop(host):
    if host:
        host.stdin.close()
        host.wait()
