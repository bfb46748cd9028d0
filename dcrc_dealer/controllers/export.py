"""Odoo's own export of our records: a name that begins with "=" stays a name.

Odoo writes such texts as live formulas into a workbook, and lets "@" through in CSV.
"""

import json

from odoo.http import request

from odoo.addons.web.controllers import export

OURS = {"res.partner", "fleet.vehicle", "sms.sms", "survey.user_input", "survey.user_input.line"}
RISKY = ("@", "\t", "\r", "\n")  # those that Odoo does not see to


def is_ours():
    """Whether the request exports records of the center, or what it shares with others."""
    try:
        model = json.loads(request.params.get("data") or "{}").get("model") or ""
    except (ValueError, AttributeError):
        return False
    return model in OURS or model.startswith("dcrc.")


class TextOnly:
    """A writer whose texts are texts: no formula, no link."""

    def __init__(self, *args):
        super().__init__(*args)
        self.worksheet.strings_to_formulas = False
        self.worksheet.strings_to_urls = False


class TextWriter(TextOnly, export.ExportXlsxWriter):
    """Rows without groups."""


class GroupTextWriter(TextOnly, export.GroupExportXlsxWriter):
    """Rows in groups."""


class ExcelExport(export.ExcelExport):
    """Workbooks."""

    def from_data(self, fields, columns_headers, rows):
        if not is_ours():
            return super().from_data(fields, columns_headers, rows)
        with TextWriter(fields, columns_headers, len(rows)) as writer:
            for place, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(place, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        if not is_ours():
            return super().from_group_data(fields, columns_headers, groups)
        with GroupTextWriter(fields, columns_headers, groups.count) as writer:
            place, column = 1, 0
            for name, group in groups.children.items():
                place, column = writer.write_group(place, column, name, group)
        return writer.value


class CSVExport(export.CSVExport):
    """CSV files."""

    def from_data(self, fields, columns_headers, rows):
        if is_ours():
            rows = [[self._as_text(value) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, rows)

    def _as_text(self, value):
        return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
