import base64
import hashlib
import logging
import tempfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dcrc_dealer.models.foundations.worker import Worker

from ..tools.audit_book import AuditBook, Column

_logger = logging.getLogger(__name__)
TRIES = 3  # a kill is no error of the workbook; three of them are too much work for one go
STEP = 5000  # rows between two looks at whether somebody cancelled


class Cancelled(Exception):
    """Somebody wants the workbook no more."""


class AuditExport(models.Model):
    """Makes the workbooks, one at a time and each from one snapshot: that of the action's transaction.

    Odoo runs a scheduled action once at a time, so nobody else is at the same workbook. One whose server
    was killed is still "being made": the next run begins it anew, and nothing of the first try stays.
    """

    _inherit = "dcrc.audit.export"

    @api.model
    def _cron_export(self):
        worker = Worker(self.env)
        waiting = self.search([("state", "in", ("waiting", "running"))], order="asked_on, id")
        worker.run(waiting, lambda export: export._make(worker))

    def _make(self, worker):
        """Make one workbook; what goes wrong is told on its record."""
        if not worker.attempt(self._begin):
            return
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            try:
                rows = self._write_book(file.name)
                worker.commit(1)  # the snapshot ends, so that the record can be written
                worker.attempt(self._keep, file.read(), rows)
            except Cancelled:
                self.env.cr.rollback()
            except Exception as problem:
                self.env.cr.rollback()
                _logger.exception("audit workbook %s", self.id)
                self._move("failed", problem=self._say_problem(problem), progress=False)

    def _begin(self):
        """Take a workbook in hand; return False if it is cancelled, or was killed too often."""
        if self.state == "waiting":
            self._move("running", tries=0)
        if self.state != "running":
            return False
        if self.tries >= TRIES:
            words = self.env._(
                "It takes longer than the server grants to work in the background. Choose a shorter period or fewer "
                "dealers, or ask the administrator to raise the limit (limit_time_real_cron)."
            )
            self._move("failed", problem=words, progress=False)
            return False
        self._dcrc_step({"tries": self.tries + 1})
        return True

    def _say_problem(self, problem):
        """What a person reads of an error; the log has it whole."""
        if isinstance(problem, UserError):
            return str(problem)
        if isinstance(problem, OSError):
            return self.env._("The file could not be written: is there room on the server's disk?")
        return self.env._("It could not be made; the server's log says why. Start it once more.")

    def _write_book(self, path):
        """Write all sheets as the person who asked may read them; return the number of rows."""
        context = {
            "allowed_company_ids": (self.company_id | self.dealer_ids).ids,
            "lang": self.asked_by.lang,
            "tz": self.company_id._dcrc_tz(),
        }
        asked = self.with_user(self.asked_by).with_context(**context)
        book = AuditBook(path, asked._say_watermark())
        try:
            asked._write_summary(book)
            for sheet in asked.env["dcrc.audit"]._audit_sheets().values():
                asked._write_sheet(book, sheet, lambda title: self._tell(title, book.rows))
            book.close(asked._get_statement(book), asked.env["dcrc.audit.key"]._of(self.company_id))
        except BaseException:
            book.abandon()
            raise
        return book.rows

    def _write_sheet(self, book, sheet, tell):
        audit = self.env["dcrc.audit"]
        with book.sheet(sheet.title, audit._audit_columns(sheet)) as page:
            for number, row in enumerate(audit._audit_rows(sheet, self.dealer_ids, self.date_from, self.date_to)):
                page.add(row)
                if number % STEP == 0:
                    tell(sheet.title)

    def _tell(self, title, rows):
        """Say on the record how far it is, beside the snapshot that is read; stop if somebody cancelled."""
        with self.env.registry.cursor() as cr:
            export = self.with_env(self.env(cr=cr))
            if export.state != "running":
                raise Cancelled
            export._dcrc_step({"progress": self.env._("%(sheet)s, %(rows)s rows", sheet=title, rows=rows)})

    def _write_summary(self, book):
        """The first sheet: what this workbook is, for whom, and why it was made."""
        columns = [Column("what", self.env._("What")), Column("value", self.env._("Value"))]
        now = self.env.company._dcrc_to_local(fields.Datetime.now()).replace(tzinfo=None)
        with book.sheet(self.env._("Summary"), columns) as page:
            page.page.set_column(0, 0, 24)
            page.page.set_column(1, 1, 60)
            for what, value in (
                (self.env._("Dealers"), "、".join(self.dealer_ids.mapped("name"))),
                (self.env._("Period"), f"{self.date_from} – {self.date_to}"),
                (self.env._("Made by"), self.env.user.name),
                (self.env._("Made on"), f"{now:%Y-%m-%d %H:%M}"),
                (self.env._("Needed for"), self.why),
                (self.env._("Times"), self.env._("on the clock of the dealer (%s)", self.env.company._dcrc_tz())),
                (self.env._("Names"), self.env._("masked; numbers of customers are not part of an audit")),
                (
                    self.env._("Seal"),
                    self.env._("the last sheet; check it with ./dcrc verify-audit or on the screen Check Audits"),
                ),
            ):
                page.add([what, value])

    def _say_watermark(self):
        """What stands at the head of every printed page: who made it, when (REP-4)."""
        now = self.env.company._dcrc_to_local(fields.Datetime.now())
        return f"{self.env.user.name} · {now:%Y-%m-%d %H:%M} · {self.company_id.name}"

    def _get_statement(self, book):
        """What the seal states beside its sheets; extension point."""
        return {
            "dealer": self.company_id.name,
            "dealers": self.dealer_ids.mapped("name"),
            "period": [str(self.date_from), str(self.date_to)],
            "made": fields.Datetime.to_string(fields.Datetime.now()) + "Z",
            "by": self.env.user.name,
            "rows": book.rows,
        }

    def _keep(self, data, rows):
        """Keep the file with its checksum; the export is logged for each dealer."""
        self._move(
            "done", file=base64.b64encode(data), checksum=hashlib.sha256(data).hexdigest(), rows=rows, progress=False
        )
        log = self.env["dcrc.privacy.log"].with_user(self.asked_by).sudo()
        for dealer in self.dealer_ids:
            log._note("export", self.env["res.partner"], rows, dealer, self.env._("Audit: %s", self.why))
