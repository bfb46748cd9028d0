import hashlib
import logging
import os
import shutil
import stat
import time
from pathlib import Path

from odoo import api, models

from ...tools.tabular import TableError, check_size
from ..foundations.worker import Worker

_logger = logging.getLogger(__name__)

SETTLED = 60  # seconds without a change: the DMS has finished writing
SUFFIXES = {".csv", ".txt", ".xlsx", ".xls"}


class DmsImport(models.Model):
    """A folder of the server that a DMS drops its exports into (CUS-10).

    A file is taken over, then moved to ``done`` (kept, with the number of its list
    in the name) or ``failed`` (with the reason in a .txt beside it).
    """

    _inherit = "dcrc.dms.import"

    @api.model
    def _cron_watch_folders(self):
        """Take over what lies in the dealers' folders."""
        worker = Worker(self.env)
        companies = self.env["res.company"]._dcrc_dealers().filtered("dcrc_dms_folder")

        def take_all(company):
            for path in self._waiting_files(company.dcrc_dms_folder):
                self.with_company(company)._take_from_folder(company, path, worker.commit)

        worker.run(companies, take_all)

    @api.model
    def _waiting_files(self, folder):
        """Return the plain files of a folder that nobody writes to any more, oldest first."""
        try:
            entries = list(os.scandir(folder))
        except OSError as problem:
            _logger.warning("DMS folder %s: %s", folder, problem.strerror)
            return []
        waiting = []
        for entry in entries:
            info = entry.stat(follow_symlinks=False)
            settled = time.time() - info.st_mtime >= SETTLED
            if stat.S_ISREG(info.st_mode) and settled and not entry.name.startswith((".", "~")):
                waiting.append((info.st_mtime, entry.name, Path(entry.path)))
        return [path for _time, _name, path in sorted(waiting)]

    def _take_from_folder(self, company, path, commit=None):
        """Import one file; the move comes after the commit, and a file taken twice is known."""
        try:
            data = self._read_file(company, path)
        except (TableError, OSError) as problem:
            code = getattr(problem, "code", None)
            message = self._words(code, problem.params) if code else str(problem)
            return self._put_away(path, "failed", path.name, message)
        record = self._find_taken(company, path, data) or self._take_file(path.name, data, source="folder")
        if record.state == "preview":
            record.sudo()._queue()
        if commit:
            commit(1)
        if record.state in ("failed", "columns"):
            return self._put_away(path, "failed", path.name, record.problem_text)
        return self._put_away(path, "done", f"{record.id}-{path.name}")

    @api.model
    def _read_file(self, company, path):
        if path.suffix.lower() not in SUFFIXES:
            raise TableError("wrong_kind")
        # no link is followed, also not one that took the file's place a moment ago
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as stream:
            check_size(os.fstat(handle).st_size, company.dcrc_dms_limit_mb * 1024 * 1024)
            return stream.read()

    @api.model
    def _find_taken(self, company, path, data):
        """The list already made of this file, when the move after it was cut off."""
        domain = self._seen_domain(company, hashlib.sha256(data).hexdigest())
        return self.sudo().search([*domain, ("source", "=", "folder"), ("name", "=", path.name)], limit=1)

    @api.model
    def _put_away(self, path, where, name, message=None):
        """Put a file away under a name that is free there."""
        folder = path.parent / where
        folder.mkdir(exist_ok=True)
        target, count = folder / name, 1
        while target.exists():
            target = folder / f"{Path(name).stem}-{count}{Path(name).suffix}"
            count += 1
        shutil.move(path, target)
        if message:
            target.with_name(target.name + ".txt").write_text(message + "\n", encoding="utf-8")
        return target
