import io

import xlsxwriter

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

COLUMNS = ("date", "order_no", "partner_id", "plate", "field_label", "list_value", "centre_value")
WIDTHS = (12, 18, 16, 14, 16, 24, 24)


class DmsDifference(models.Model):
    """The list to key back into the DMS, as a workbook: made on asking, logged, kept nowhere."""

    _inherit = "dcrc.dms.difference"

    def action_export(self):
        """Button: all that waits to be keyed into the DMS."""
        self._check_export()
        return {"type": "ir.actions.act_url", "url": "/dcrc/dms/to-enter.xlsx", "target": "download"}

    @api.model
    def _check_export(self):
        """Raise unless the user may take lists out of the house."""
        user = self.env.user
        if not (user.has_group("dcrc_dealer.group_dcrc_user") and user.has_group("base.group_allow_export")):
            raise AccessError(self.env._("Exporting lists needs the right to export: ask the administrator."))

    @api.model
    def _export(self):
        """The open lines of the present dealer (bytes); texts are texts in it, whatever they begin with."""
        self._check_export()
        company = self.env.company
        rows = self.search(Domain("company_id", "=", company.id) & Domain("state", "=", "open"), order="date, id")
        stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(stream, options)
        sheet, bold = book.add_worksheet(self.env._("To Enter")), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(self._get_export_labels()):
            sheet.set_column(column, column, WIDTHS[column])
            sheet.write_string(0, column, label, bold)
        for line, row in enumerate(rows, 1):
            for column, text in enumerate(row._get_export_texts()):
                sheet.write_string(line, column, text)
        book.close()
        kind = self.env["ir.model"]._get(self._name).name
        self.env["dcrc.privacy.log"]._note("export", rows.partner_id.browse(), len(rows), company, kind)
        return stream.getvalue()

    @api.model
    def _get_export_labels(self):
        return [
            self.env._("Plate") if name == "plate" else self._fields[name]._description_string(self.env)
            for name in COLUMNS
        ]

    def _get_export_texts(self):
        car = self.vehicle_id
        texts = {"date": str(self.date), "partner_id": self.partner_id.name, "plate": car.license_plate or car.vin_sn}
        return [texts[name] or "" if name in texts else self[name] or "" for name in COLUMNS]
