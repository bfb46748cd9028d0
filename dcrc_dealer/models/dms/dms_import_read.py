import hashlib
import json
from itertools import islice

from odoo import api, models
from odoo.http import request
from odoo.tools import split_every

from ...tools.cells import is_empty
from ...tools.dms_rows import RowRules
from ...tools.headers import HEADER_ROWS, is_header_again, is_total_line, recognise
from ...tools.tabular import TableError, check_size, read_table, table_of_rows
from .plan import Line, Plan

BATCH = 1000
SAMPLES = 3
AT_ONCE = 3 * 1024 * 1024  # larger files are read in the background


class DmsImport(models.Model):
    """Reading a file: columns, rows, and the preview's verdict on each."""

    _inherit = "dcrc.dms.import"

    @api.model
    def _take_file(self, name, data, kind=None, list_date=None, source="upload"):
        """Keep a file and read it, or queue it for reading when it is large; return the list.

        :param bytes data: the file's content
        """
        company = self._check_dealer()
        checksum = hashlib.sha256(data).hexdigest()
        domain = self._seen_domain(company, checksum)
        record = self.sudo().create(
            {
                "name": name,
                "company_id": company.id,
                "kind": kind,
                "source": source,
                "user_id": False if self._is_dms(source) else self.env.uid,
                "list_date": list_date or self._guess_list_date(name, company._dcrc_today()),
                "checksum": checksum,
                "file_size": len(data),
                "same_id": self.sudo().search(domain, order="id", limit=1).id,
            }
        )
        record.with_context(bin_size=False)._keep_file(data)
        if len(data) <= AT_ONCE:
            record._read(kind, data)
        else:
            record._wake()
        return record.sudo(False)

    @api.model
    def _is_dms(self, source):
        """Whether the DMS itself speaks: its folder, or a push with its own API key."""
        if source != "api":
            return source == "folder"
        http = request and request.httprequest
        with_key = http and http.path.startswith("/json/") and http.headers.get("Authorization")
        return bool(with_key) and self.env.user == self.env.company.sudo().dcrc_dms_user_id

    def _keep_file(self, data):
        """Attach the file as it came (raw: no second copy in base64)."""
        self.ensure_one()
        if data:
            self.env["ir.attachment"].create(
                {
                    "name": self.name,
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": "file",
                    "type": "binary",
                    "raw": data,
                }
            )

    def _file_bytes(self):
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "file")]
        return self.env["ir.attachment"].search(domain, limit=1).raw or b""

    def _read(self, kind=None, data=None):
        """Read the file anew: recognise its columns and give every row its verdict.

        Nothing of the dealer's file is written. ``kind`` overrules what the columns
        look like. What is wrong with the file ends in ``state`` and ``problem``.
        """
        self.ensure_one()
        self.env["dcrc.dms.row"].search([("import_id", "=", self.id)]).unlink()
        self.write({"problem": False, "skipped": False, "row_count": 0, "done_count": 0})
        try:
            table = self._open_table(self._file_bytes() if data is None else data)
            layout, rows, head = self._find_layout(table, kind)
        except TableError as problem:
            self._fail("failed", problem.code, problem.params)
            return
        if layout is None:
            self._fail("failed", "no_header")
            return
        self._note_layout(table, layout, head)
        if layout.missing:
            self._fail("columns", "missing_columns", {"columns": layout.missing})
            return
        try:
            self._read_rows(layout, rows)
        except TableError as problem:
            self._fail("failed", problem.code, problem.params)

    def _fail(self, state, code, params=None):
        self.write({"state": state, "problem": {"code": code, "params": params or {}}})

    def _open_table(self, data):
        limit = self.company_id.dcrc_dms_limit_mb * 1024 * 1024
        if self.source == "api" and data.startswith(b"["):
            check_size(len(data), limit)
            return table_of_rows(json.loads(data))
        return read_table(data, limit)

    def _find_layout(self, table, kind):
        """Return the best header of all sheets, its sheet's rows and the first ten of them."""
        saved = self.env["dcrc.dms.mapping"]._saved(self.company_id)
        best, best_place, best_head = None, 0, []
        for place in range(len(table.sheets)):
            head = list(islice(table.rows(place), HEADER_ROWS))
            layout = recognise(head, saved, kind)
            if layout and (best is None or layout.score > best.score):
                best, best_place, best_head = layout, place, head
            if best and not best.missing:
                break
        if best is None and next(table.rows(), None) is None:
            raise TableError("empty")
        return best, table.rows(best_place), best_head

    def _note_layout(self, table, layout, head):
        below = [cells for line, cells in head if line > layout.line]
        columns = [
            {
                "header": header,
                "column": layout.fields[place],
                "samples": [cells[place][:60] for cells in below if cells[place : place + 1] > [""]][:SAMPLES],
            }
            for place, header in enumerate(layout.headers)
        ]
        self.write(
            {
                "kind": layout.kind,
                "file_kind": " ".join(filter(None, (table.kind, table.encoding))),
                "header_line": layout.line,
                "columns": columns,
            }
        )

    def _read_rows(self, layout, rows):
        """Store every row with its verdict, batch by batch."""
        plan = self._plan()
        row_model = self.env["dcrc.dms.row"]
        skipped, late, count = [], [], 0
        lines = self._iterate_lines(layout, rows, skipped)
        for batch in split_every(BATCH, lines, list):
            count += len(batch)
            late += [line for line in batch if line.deferred]
            soon = [line for line in batch if not line.deferred]
            plan.place_all(soon)
            row_model._insert_lines(self, soon)
        for batch in split_every(BATCH, late, list):
            plan.place_all(batch)
            row_model._insert_lines(self, batch)
        self.write({"row_count": count, "skipped": skipped or False})
        self.invalidate_recordset(["row_ids", "counts", "held_count"])
        if count:
            self.state = "preview"
        else:
            self._fail("failed", "no_rows")

    def _iterate_lines(self, layout, rows, skipped):
        """Yield a `Line` per row; repeated headings and sums go to ``skipped``."""
        for number, cells in rows:
            if number <= layout.line:
                continue
            if is_header_again(layout, cells) or is_total_line(cells):
                skipped.append(number)
                continue
            yield self._prepare_line(layout, number, cells)

    def _prepare_line(self, layout, number, cells):
        known, extra = {}, {}
        for place, text in enumerate(cells):
            column = layout.fields[place] if place < len(layout.fields) else ""
            if column:
                known[column] = text
            elif text:
                header = layout.headers[place] if place < len(layout.headers) else ""
                extra[header or f"#{place + 1}"] = text
        line = Line(known)
        line.number = number
        line.extra = extra or None
        line.deferred = is_empty(known.get("vin"))
        return line

    def _plan(self):
        """A plan of this list, empty yet."""
        env = self.env(context={**self.env.context, "active_test": False}, su=True)
        env = env["res.company"].with_company(self.company_id).env
        plan = Plan(env, self.company_id, self.kind, self._row_rules(), self.list_date, import_id=self.id)
        plan.giver = self.sudo().user_id
        return plan

    def _row_rules(self):
        company = self.company_id
        return RowRules(
            visit_kinds=self.env["dcrc.dms.word"]._visit_kinds(company),
            max_mileage=company.dcrc_dms_max_mileage,
            today=company._dcrc_today(),
        )
