"""What is to be keyed back into the DMS, as a download (CUS-10)."""

from odoo import http
from odoo.http import content_disposition, request

from . import guard
from .person import XLSX


class Dms(http.Controller):
    """The workbook is made on asking and kept nowhere."""

    @http.route("/dcrc/dms/to-enter.xlsx", type="http", auth="user", methods=["GET"])
    def export_differences(self):
        """Check, log, and hand the workbook out."""
        content = request.env["dcrc.dms.difference"]._export()
        name = content_disposition("dms-to-enter.xlsx")
        return request.make_response(content, headers=[*guard.headers(XLSX), ("Content-Disposition", name)])
