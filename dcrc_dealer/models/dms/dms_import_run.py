import logging

import psycopg2
from psycopg2 import errors

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.dms_rows import Finding
from ...tools.vin import clean_vin
from ..foundations.worker import CONFLICTS, Worker
from .dms_import import WORKING
from .plan import Line

_logger = logging.getLogger(__name__)

BATCH = 1000
# Nothing that a row could be blamed for.
NOT_THE_ROW = (*CONFLICTS, psycopg2.InterfaceError, psycopg2.OperationalError)


class DmsImport(models.Model):
    """Importing: batch by batch, each with its rows' states in one transaction.

    What a batch writes and the states of its rows are committed together, so a
    process that dies loses at most a batch that leaves no trace. All batches of one
    dealer go one after the other: each updates the dealer's `dcrc_dms_last_import`,
    which makes a transaction that overlapped another one fail and start anew.
    """

    _inherit = "dcrc.dms.import"

    @api.model
    def _cron_run(self):
        """Read and import what is queued; goes on at the next run where it stopped."""
        worker = Worker(self.env)
        todo = self.sudo().search(Domain("state", "in", WORKING), order="id")
        worker.run(todo, lambda dms_import: dms_import._work(worker))

    def _work(self, worker):
        """Read and import one list; a try to read is told before it is made.

        A list that takes the server with it is known after the restart, and fails with words.
        """
        if self.state == "reading" and not worker.attempt(self._begin_reading):
            return
        worker.drain(self._step, worker)

    def _run_all(self):
        """Import the whole list in this transaction (small pushes, tests)."""
        while self._step():
            pass

    def _step(self, worker=None):
        """Read the file, import one batch or finish; return whether more is to do.

        :param worker: whose transaction this is, and who tries again after a conflict.
        """
        self.ensure_one()
        last_try = worker is None or worker.last_try
        self.invalidate_recordset()
        if not self.exists() or self.state not in WORKING:
            return False
        if self.state == "reading":
            self._read_behind()
            return self.state == "queued"
        if self.state == "queued":
            self._move("running")
        if self._run_batch(BATCH, last_try):
            return True
        self._finish()
        return False

    def _run_batch(self, size=BATCH, last_try=True):
        """Import the next rows; return how many there were."""
        self._take_turn()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, cells, original, digest, accept_vin, mended_by FROM dcrc_dms_row"
                " WHERE import_id = %s AND state = 'pending' ORDER BY deferred, id LIMIT %s",
                self.id,
                size,
            )
        )
        self._import_rows(rows, last_try)
        if rows:
            self.done_count = min(self.row_count, self.done_count + len(rows))
        return len(rows)

    def _take_turn(self):
        """One batch of a dealer at a time; also the moment that the lists were last fed."""
        company = self.company_id
        self.env.cr.execute(
            SQL("UPDATE res_company SET dcrc_dms_last_import = %s WHERE id = %s", fields.Datetime.now(), company.id)
        )
        company.invalidate_recordset(["dcrc_dms_last_import"])

    def _import_rows(self, rows, last_try=True):
        """Import rows together; when that fails, one by one, so that only the bad one is held.

        ``rows``: tuples (id, cells, original, digest, accept_vin, mended_by).
        """
        try:
            with self.env.cr.savepoint():
                lines = self._import_lines(rows)
        except NOT_THE_ROW:
            raise
        except errors.UniqueViolation:
            # most likely made by somebody else just now: a new transaction will find it
            if not last_try:
                raise
            lines = self._import_singly(rows)
        except Exception:
            _logger.info("DMS list %s: a batch failed, its rows follow one by one", self.id, exc_info=True)
            lines = self._import_singly(rows)
        self.env["dcrc.dms.row"]._store_lines(lines)

    def _import_lines(self, rows):
        plan = self._plan()
        lines = [Line(cells or {}, row_id, *rest) for row_id, cells, *rest in rows]
        plan.cars_named = self._cars_named([line.order for line in lines])
        plan.place_all(lines)
        plan.carry_out()
        self.env.flush_all()
        return lines

    def _cars_named(self, orders):
        """Return {order: VINs} of a sales list's orders, as `Plan.cars_named` wants them."""
        if self.kind != "sales":
            return {}
        named = self.env.execute_query(
            SQL(
                "SELECT order_no, array_agg(DISTINCT vin) FROM dcrc_dms_row"
                " WHERE import_id = %s AND order_no = ANY(%s) GROUP BY order_no",
                self.id,
                orders,
            )
        )
        return {order: set(map(clean_vin, vins)) for order, vins in named}

    def _import_singly(self, rows):
        lines = []
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    lines += self._import_lines([row])
            except NOT_THE_ROW:
                raise
            except Exception as problem:
                row_id, cells, *rest = row
                line = Line(cells or {}, row_id, *rest)
                line.finish("held", Finding("failed", "", _in_words(problem)))
                lines.append(line)
        return lines

    def _finish(self):
        """Close the run and let other rooms act on what came in."""
        self._tell_other_rooms()
        self._move("done", done_count=self.row_count)

    def _tell_other_rooms(self):
        try:
            with self.env.cr.savepoint():
                self._after_import()
        except NOT_THE_ROW:
            raise
        except Exception:
            # the facts are in: what follows from them is caught up by the nightly planning
            _logger.exception("What follows DMS list %s failed", self.id)

    def _after_import(self):
        """Hook after all rows of a list went in, e.g. to plan calls (other rooms)."""

    # -- held rows -----------------------------------------------------------

    def _retry(self, rows, at_once=True):
        """Try mended rows again: their verdict before the import, the real thing after it."""
        self.ensure_one()
        if self.state in ("queued", "running"):
            return
        if self.state == "preview":
            lines = rows._as_lines()
            self._plan().place_all(lines)
            rows._store_lines(lines, imported=False)
        elif at_once:
            self._take_turn()
            self._import_rows([row._as_tuple() for row in rows._in_order()])
            self._tell_other_rooms()
        else:
            rows.write({"state": "pending"})
            self._move("queued", done_count=self.row_count - len(rows))
            self._wake()


def _in_words(problem):
    """What went wrong, short enough for a list."""
    message = getattr(getattr(problem, "diag", None), "message_primary", None)
    return (message or str(problem) or type(problem).__name__)[:300]
