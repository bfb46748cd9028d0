from odoo import api, models
from odoo.tools import SQL

from ..foundations.rows import insert_rows, update_rows
from .dms_row import SHOWN, shown_cells
from .plan import Line

READ = ("line", "deferred", "sheet_name", "parts", "extra", "cells", "digest")
OUTCOME = ("verdict", "findings", "reason")
FOUND = ("partner_id", "vehicle_id")  # what a later run does not forget


class DmsRow(models.Model):
    """Writing rows set by set: a list has thousands, each a line of JSON."""

    _inherit = "dcrc.dms.row"

    @api.model
    def _insert_lines(self, dms_import, lines):
        """Store rows read from a file.

        ``lines``: `plan.Line` with ``number``, ``extra`` and ``deferred``, placed already.
        """
        rows = [
            {
                "line": line.number,
                "deferred": line.deferred,
                "sheet_name": line.sheet or None,
                "parts": line.parts,
                "extra": line.extra,
                "cells": line.cells,
                "digest": line.digest,
                **self._outcome(line),
                **shown_cells(line.cells),
            }
            for line in lines
        ]
        also = {
            "import_id": dms_import.id,
            "company_id": dms_import.company_id.id,
            "kind": dms_import.kind,
            "state": "pending",
        }
        insert_rows(self, rows, [*READ, *OUTCOME, "order_no", *SHOWN], also)

    @api.model
    def _store_lines(self, lines, imported=True):
        """Note what became of stored rows; unless ``imported`` only the preview's verdict."""
        rows = [
            {
                "id": line.id,
                "is_basis": line.is_basis and imported,
                "partner_id": line.person.record_id if line.person else None,
                "vehicle_id": line.car.record_id if line.car else None,
                **self._outcome(line),
            }
            for line in lines
        ]
        also = {name: SQL("COALESCE(%s, %s)", *(SQL.identifier(x, name) for x in "rt")) for name in FOUND}
        if imported:
            also["state"] = SQL.identifier("r", "verdict")
        update_rows(self, rows, [*OUTCOME, "is_basis", *FOUND], also)
        self.browse([line.id for line in lines]).invalidate_recordset()
        self.env["dcrc.dms.import"].invalidate_model(["counts", "held_count"])

    def _outcome(self, line):
        held = line.state == "held" and line.findings
        return {
            "verdict": line.state,
            "findings": [list(finding) for finding in line.findings],
            "reason": line.findings[0].code if held else None,
        }

    def _in_order(self):
        """These rows as they are to go in: those named by their plate alone come last."""
        return self.sorted(lambda row: (row.deferred, row.id))

    def _as_tuple(self):
        """What the import needs of a row."""
        self.ensure_one()
        return (self.id, self.cells or {}, self.original, self.digest, self.accept_vin, self.mended_by.id)

    def _as_lines(self):
        """Return these rows as `plan.Line`."""
        return [Line(cells, row_id, *rest) for row_id, cells, *rest in (row._as_tuple() for row in self._in_order())]
