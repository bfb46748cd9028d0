import json

from odoo import api, models
from odoo.tools import SQL

from .plan import Line

SHOWN = ("order_no", "name", "vin", "plate", "phone")


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
                "extra": line.extra,
                "cells": line.cells,
                "digest": line.digest,
                **self._outcome(line),
                **{name: line.cells.get(name) for name in SHOWN},
            }
            for line in lines
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO dcrc_dms_row (import_id, company_id, kind, state, create_uid, create_date,"
                " write_uid, write_date, line, deferred, verdict, cells, extra, digest, findings, reason,"
                " order_no, name, vin, plate, phone)"
                " SELECT %(import)s, %(company)s, %(kind)s, 'pending', %(uid)s, %(now)s, %(uid)s, %(now)s,"
                " line, deferred, verdict, cells, NULLIF(extra, 'null'::jsonb), digest, findings, reason,"
                " order_no, name, vin, plate, phone"
                " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(line int, deferred bool, verdict text,"
                " cells jsonb, extra jsonb, digest text, findings jsonb, reason text, order_no text,"
                " name text, vin text, plate text, phone text)",
                **{"import": dms_import.id},
                company=dms_import.company_id.id,
                kind=dms_import.kind,
                uid=self.env.uid,
                now=self.env.cr.now(),
                rows=json.dumps(rows, ensure_ascii=False),
            )
        )

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
        self.env.cr.execute(
            SQL(
                "UPDATE dcrc_dms_row AS t SET verdict = r.verdict, findings = r.findings,"
                " reason = r.reason, is_basis = r.is_basis, write_date = %(now)s, write_uid = %(uid)s,"
                " state = CASE WHEN %(imported)s THEN r.verdict ELSE t.state END,"
                " partner_id = COALESCE(r.partner_id, t.partner_id),"
                " vehicle_id = COALESCE(r.vehicle_id, t.vehicle_id)"
                " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id int, verdict text, findings jsonb,"
                " reason text, is_basis bool, partner_id int, vehicle_id int) WHERE t.id = r.id",
                now=self.env.cr.now(),
                uid=self.env.uid,
                imported=imported,
                rows=json.dumps(rows, ensure_ascii=False),
            )
        )
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
        return self.sorted(lambda row: (row.deferred, row.line, row.id))

    def _as_tuple(self):
        """What the import needs of a row."""
        self.ensure_one()
        return (self.id, self.cells or {}, self.original, self.digest, self.accept_vin, self.mended_by.id)

    def _as_lines(self):
        """Return these rows as `plan.Line`."""
        return [Line(cells, row_id, *rest) for row_id, cells, *rest in (row._as_tuple() for row in self._in_order())]
