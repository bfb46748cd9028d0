import re

from odoo import api, fields, models

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


class Digest(models.Model):
    """The page of a department without a login: whoever has the link may answer, and sees nothing else.

    Called as root by `controllers/digest.py`, on the one digest that the token names.
    """

    _inherit = "dcrc.digest"

    @api.model
    def _get_by_token(self, token):
        """The digest of a link that is valid (empty for any other)."""
        if not TOKEN.fullmatch(token or ""):
            return self.browse()
        found = self.sudo().search([("access_token", "=", token)], limit=1)
        valid = found.link_until and found.link_until > fields.Datetime.now()
        return found if valid and found.company_id.active else found.browse()

    def _get_link_page(self, message=None):
        """What the page shows: plain values, no record."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "url": f"/dcrc/digest/{self.access_token}",
            "dealer": self.company_id.name,
            "department": self.department_id.name,
            "title": f"{kinds[self.kind]} {self.date}",
            "message": message,
            "rows": self._get_rows(),
            "lines": [self._prepare_link_line(line) for line in self.line_ids],
        }

    def _prepare_link_line(self, line):
        local = self.company_id._dcrc_to_local(line.complaint_id.date)
        return {
            "id": line.id,
            "number": line.complaint_id.name,
            "when": f"{local:%m-%d %H:%M}",
            "problem": line.problem_name or "",
            "text": line.text or "",
            "answer": line.answer or "",
        }

    @api.model
    def _link_default_lang(self):
        """The language of a page that belongs to nobody."""
        return self.env["dcrc.appointment"]._link_default_lang()

    def _link_lang(self):
        """The language of the page: that of the department's responsible person, else the dealer's."""
        installed = dict(self.env["res.lang"].get_installed())
        lang = self.department_id.responsible_id.lang or self.company_id.partner_id.lang
        return lang if lang in installed else self._link_default_lang()
