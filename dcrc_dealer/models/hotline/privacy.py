from odoo import api, models
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """Hotline: the record hangs on the person, the telephone log on the record or on the number."""

    _inherit = "dcrc.privacy"

    @api.model
    def _sources(self, partners):
        found = super()._sources(partners)
        numbers = partners.sudo().with_context(active_test=False).dcrc_phone_ids.mapped("number")
        nobodys = Domain("partner_id", "=", False) & Domain("number", "in", numbers)
        found["dcrc.hotline"] = Domain(found["dcrc.hotline"]) | nobodys
        record = Domain("hotline_id.partner_id", "in", partners.ids)
        alone = Domain("hotline_id", "=", False) & Domain("number", "in", numbers)
        return {**found, "dcrc.hotline.ring": record | alone}

    @api.model
    def _kinds(self):
        label = self.env._("Words and numbers of the hotline")
        return {**super()._kinds(), "hotline": (label, "dcrc_keep_hotline_months")}

    def _find_hotline(self, company, before):
        old = Domain("company_id", "=", company.id) & Domain("date", "<", before) & Domain("state", "=", "done")
        said = Domain("text", "not in", (False, "")) | Domain("number", "!=", False)
        return self.env["dcrc.hotline"].search(old & said, order="id", limit=10_000)

    def _drop_hotline(self, records):
        self._empty(records.ring_ids)
        self._empty(records)
