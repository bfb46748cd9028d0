import base64
import binascii
import json

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date

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
    def upload(self, filename, content_base64):
        """Take a file from the screen: read it and show what would happen.

        :return: id of the list (``dcrc.dms.import``)
        :raises UserError: larger than the dealer's limit
        """
        self._check_pusher()
        return self._take_file(filename, self._decode(content_base64)).id

    @api.model
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
            filename or f"push_{self.env.company._dcrc_today()}",
            data,
            kind or None,
            self._parse_list_date(list_date),
            source="api",
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

    def _check_pusher(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the centre's staff import lists of the DMS."))
        self._check_dealer()

    def _decode(self, content_base64):
        """Return a file's bytes; its size is judged before anything is unpacked."""
        limit = self.env.company.sudo().dcrc_dms_limit_mb * 1024 * 1024
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
        return json.dumps(rows, ensure_ascii=False, default=str).encode()

    def _parse_list_date(self, list_date):
        try:
            return Date.to_date(list_date) if list_date else None
        except ValueError as problem:
            raise UserError(self.env._("The date of the list is written as 2026-11-20.")) from problem
