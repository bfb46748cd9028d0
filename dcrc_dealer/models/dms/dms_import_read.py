import hashlib
import json

from odoo import api, models
from odoo.fields import Date
from odoo.http import request
from odoo.tools import split_every

from ...tools.dms_rows import RowRules
from ...tools.headers import important_missing
from ...tools.reader import ReaderBusy, read_apart
from ...tools.tabular import TableError, check_size, table_of_rows
from .dms_import_lines import Lines, find_parts
from .plan import Plan

BATCH = 1000
SAMPLES = 3
AT_ONCE = 3 * 1024 * 1024  # larger files are read in the background
TRIES = 2
# Seconds for one's turn and for the reading, before a screen and in the background.
AT_SCREEN, BEHIND = {"wait": 5, "seconds": 30}, {"wait": 300, "seconds": 120}


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
            record._read_in_turn(kind, data)
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

    def _read_in_turn(self, kind=None, data=None):
        """Read the file now, or in the background where another one is being read."""
        self.read_tries = 0
        try:
            self._read(kind, data)
        except ReaderBusy:
            self._move("reading")
        if self.state == "reading":
            self._wake()

    def _begin_reading(self):
        """Count a try before it is made: whoever calls commits, so that a server that dies over it knows.

        :return: whether there is a try left; the last one is followed by words
        """
        self.ensure_one()
        if self.read_tries >= TRIES:
            self._fail("failed", "reader_died")
            return False
        self.read_tries += 1
        return True

    def _read_behind(self):
        """Read in the background, a try counted already; lists that came by themselves go on by themselves."""
        tries = self.read_tries
        try:
            self._read(self.kind or None, patience=BEHIND)
        except ReaderBusy:
            self.read_tries = tries - 1
            return
        if self.state == "reading" and tries >= TRIES:
            self._fail("failed", "reader_died")
        elif self.state == "reading":
            self.read_tries = tries
        elif self.state == "preview" and self.source != "upload":
            self._queue()

    def _read(self, kind=None, data=None, patience=None):
        """Read the file anew: recognise its columns and give every row its verdict.

        Nothing of the dealer's file is written. ``kind`` overrules what the columns
        look like. What is wrong with the file ends in ``state`` and ``problem``; a reader that
        died leaves the list in ``reading``, to be tried once more.

        :raises ReaderBusy: another list is being read
        """
        self.ensure_one()
        self.env["dcrc.dms.row"].search([("import_id", "=", self.id)]).unlink()
        self.write({"problem": False, "skipped": False, "remarks": False, "row_count": 0, "done_count": 0})
        try:
            table = self._open_table(self._file_bytes() if data is None else data, patience or AT_SCREEN)
            self._read_table(table, kind)
        except TableError as problem:
            if problem.code == "reader_died":
                self._move("reading", read_tries=self.read_tries + 1)
            else:
                self._fail("failed", problem.code, problem.params)

    def _fail(self, state, code, params=None):
        self._move(state, problem={"code": code, "params": params or {}})

    def _open_table(self, data, patience):
        limit = self.company_id.dcrc_dms_limit_mb * 1024 * 1024
        if self.source == "api" and data.startswith(b"["):
            check_size(len(data), limit)
            return table_of_rows(json.loads(data))
        return read_apart(data, limit, **patience)

    def _read_table(self, table, kind):
        parts, unread = find_parts(table, kind, self.env["dcrc.dms.mapping"]._saved(self.company_id))
        if not parts:
            if not any(True for place in range(len(table.sheets)) for _row in table.rows(place)):
                raise TableError("empty")
            return self._fail("failed", "no_header")
        self._note_layout(table, parts[0])
        layout = parts[0].layout
        self.remarks = self._prepare_remarks(parts, unread)
        if layout.missing:
            return self._fail("columns", "missing_columns", {"columns": layout.missing})
        return self._read_rows(Lines(table, parts))

    def _note_layout(self, table, part):
        layout = part.layout
        below = [cells for line, cells in part.head if line > layout.line]
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
                "date1904": table.date1904,
            }
        )

    def _prepare_remarks(self, parts, unread):
        """What is to be known of columns and sheets before anything goes in (CUS-10)."""
        layout, between = parts[0].layout, "、"
        used = zip(layout.headers, layout.fields, strict=True)
        unused = [header for header, column in used if header and not column]
        guessed = [layout.headers[place] or f"#{place + 1}" for place in layout.by_content]
        told = {
            "important_missing": {"columns": [] if layout.missing else important_missing(layout)},
            "by_content": {"headers": between.join(guessed)},
            "unused_columns": {"headers": between.join(text[:40] for text in unused[:30])},
            "sheets_read": {"sheets": between.join(part.name for part in parts) if len(parts) > 1 else ""},
            "other_sheets": {"sheets": between.join(unread[:30])},
        }
        return [{"code": code, "params": params} for code, params in told.items() if any(params.values())] or False

    def _read_rows(self, lines):
        """Store every row with its verdict, batch by batch; those named by their plate alone come last."""
        plan = self._plan()
        plan.cars_named = lines.cars_named()
        count = 0
        for deferred in (False, True):
            for batch in split_every(BATCH, lines.iterate(deferred), list):
                count += len(batch)
                plan.place_all(batch)
                self.env["dcrc.dms.row"]._insert_lines(self, batch)
        self.write({"row_count": count, "skipped": lines.skipped or False, "read_tries": 0})
        self.invalidate_recordset(["row_ids", "counts", "held_count"])
        if count:
            self._move("preview")
        else:
            self._fail("failed", "no_rows")

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
            **self.env["dcrc.dms.word"]._row_rules(company),
            max_mileage=company.dcrc_dms_max_mileage,
            today=company._dcrc_today(),
            list_date=self.list_date,
            earliest=Date.subtract(self.list_date or company._dcrc_today(), years=company.dcrc_dms_years),
            zone=company._dcrc_zone(),
            date1904=self.date1904,
        )
