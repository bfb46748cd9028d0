import base64
import binascii
import json
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date

from ...tools.cells import is_text
from ...tools.given import Free, Text, given
from ...tools.row_rules import EARLIEST
from ...tools.tabular import TableError, check_size

RUN_AT_ONCE = 1000  # rows of a push that are imported before it is answered


class DmsImport(models.Model):
    """Ways in: the screen's upload, and a DMS that pushes over JSON-2."""

    _inherit = "dcrc.dms.import"

    @api.model
    def upload_limits(self):
        """Return {"allowed", "limit"}: whether the user may give lists, and up to how many MB."""
        return {
            "allowed": self.env.user.has_group("dcrc_dealer.group_dcrc_user"),
            "limit": self.env.company.sudo().dcrc_dms_limit_mb,
        }

    @api.model
    @given(filename=Text, content_base64=Text)
    def upload(self, filename, content_base64):
        """Take a file from the screen: read it and show what would happen.

        :return: id of the list (``dcrc.dms.import``)
        :raises UserError: larger than the dealer's limit
        """
        self._check_pusher()
        return self._take_file(self._file_name(filename), self._decode(content_base64)).id

    @api.model
    @given(kind=Text, filename=Text, content_base64=Text, rows=Free, list_date=Text)
    def push_list(self, kind=None, filename=None, content_base64=None, rows=None, list_date=None):
        """Take a list from a DMS and import it; give a file or rows.

        :param kind: "sales" or "service"; without it the columns tell
        :param filename: name of the file, e.g. "sales_20261120.csv"
        :param content_base64: the file's content (.csv, .xlsx, .xls), base64
        :param rows: instead of a file, dicts of column (as in the DMS) and value
        :param list_date: "2026-11-20", the day the DMS wrote the list; default: the
            day in the file's name, else today
        :return: dict(id, state, problem, total, done, counts); up to 1000 rows are
            imported at once, more in the background (ask ``push_status``)
        """
        self._check_pusher()
        if (content_base64 is None) == (rows is None):
            raise UserError(self.env._("Give either the content of a file or rows."))
        if kind not in (None, False, "sales", "service"):
            raise UserError(self.env._("The kind of list is “sales” or “service”."))
        if rows is not None:
            data = self._dump_rows(rows)
        else:
            data = self._decode(content_base64)
        record = self._take_file(
            self._file_name(filename), data, kind or None, self._parse_list_date(list_date), source="api"
        )
        if record.state == "preview":
            record.sudo()._queue()
            if record.row_count <= RUN_AT_ONCE:
                record.sudo()._run_all()
        return record.push_status()[0]

    def push_status(self):
        """Return [dict(id, state, problem, total, done, counts, held)] of pushed lists.

        ``held`` are the rows held back, at most 100: line, order, reasons in words.
        """
        self.check_access("read")
        result = []
        for record in self:
            held = record.row_ids.search([("import_id", "=", record.id), ("verdict", "=", "held")], limit=100)
            result.append(
                {
                    "id": record.id,
                    **record.get_progress(),
                    "problem": record.problem_text or False,
                    "held": [{"line": row.line, "order_no": row.order_no, "reason": row.reason_text} for row in held],
                }
            )
        return result

    def _file_name(self, filename):
        """A name for the list, whatever was given as one."""
        name = filename.strip() if is_text(filename) else ""
        return name[:200] or f"push_{self.env.company._dcrc_today()}"

    def _check_pusher(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the center's staff import lists of the DMS."))
        self._check_dealer()

    def _decode(self, content_base64):
        """Return a file's bytes; its size is judged before anything is unpacked."""
        limit = self.env.company.sudo().dcrc_dms_limit_mb * 1024 * 1024
        if content_base64 and not isinstance(content_base64, (str, bytes)):
            raise UserError(self.env._("The file's content is not in base64."))
        try:
            check_size(len(content_base64 or "") * 3 // 4 - 2 or 1, limit)
            return base64.b64decode(content_base64 or "", validate=True)
        except TableError as problem:
            raise UserError(self._words(problem.code, problem.params)) from problem
        except (binascii.Error, ValueError, TypeError) as problem:
            raise UserError(self.env._("The file's content is not in base64.")) from problem

    def _dump_rows(self, rows):
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UserError(self.env._("Rows are a list of objects: column and value."))
        texts = (str(text) for row in rows for cell in row.items() for text in cell)
        if not all(map(is_text, texts)):
            raise UserError(self._words("bad_signs"))
        return json.dumps(rows, ensure_ascii=False, default=str).encode()

    def _parse_list_date(self, list_date):
        try:
            day = Date.to_date(list_date) if list_date else None
        except (ValueError, TypeError, AttributeError) as problem:
            raise UserError(self.env._("The date of the list is written as 2026-11-20.")) from problem
        if day:
            self._check_list_day(self.env.company, day)
        return day

    def _check_corrections(self, vals):
        """Refuse in words what a person (or a program) can't mean."""
        columns = vals.get("columns") or []
        labels = self.env["dcrc.dms.mapping"]._column_labels()
        if not isinstance(columns, list) or not all(
            isinstance(column, dict)
            and is_text(column.get("header"))
            and (not column.get("column") or column["column"] in labels)
            for column in columns
        ):
            raise UserError(self.env._("Columns are a list of objects: header and column."))
        if "list_date" in vals:
            for record in self:
                self._check_list_day(record.company_id, self._parse_list_date(vals["list_date"]))

    @api.model
    def _check_list_day(self, company, day):
        """A list is written after its first paper and not later than tomorrow (CUS-10).

        A day far ahead would make every later list the older one.
        """
        if not day or not EARLIEST <= day <= company._dcrc_today() + timedelta(days=1):
            raise UserError(self.env._("The date of a list lies between its first paper and tomorrow."))
