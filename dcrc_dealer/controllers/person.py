"""Everything known of one customer, as a download of the manager (PIPL art. 45)."""

from odoo import http
from odoo.http import content_disposition, request

from . import guard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Person(http.Controller):
    """The workbook is made on asking and kept nowhere."""

    @http.route("/dcrc/person/<int:partner_id>.xlsx", type="http", auth="user", methods=["GET"])
    def export(self, partner_id):
        """Check, log, and hand the workbook out."""
        partner = request.env["res.partner"].browse(partner_id)
        partner._dcrc_check_privacy()
        content = request.env["dcrc.privacy"]._export(partner)
        name = content_disposition(f"{partner.id}.xlsx")
        return request.make_response(content, headers=[*guard.headers(XLSX), ("Content-Disposition", name)])
