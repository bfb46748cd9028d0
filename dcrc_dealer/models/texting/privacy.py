from odoo import api, models
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """Texts: number and words go, that one went out stays."""

    _inherit = "dcrc.privacy"

    @api.model
    def _sources(self, partners):
        return {**super()._sources(partners), "sms.sms": Domain("partner_id", "in", partners.ids)}

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "texts": (self.env._("SMS"), "dcrc_keep_texts_months")}

    def _find_texts(self, company, before):
        domain = Domain("dcrc_company_id", "=", company.id) & Domain("create_date", "<", before)
        domain &= Domain("number", "!=", False) & Domain("state", "not in", ("outgoing", "process", "dcrc_waiting"))
        return self.env["sms.sms"].search(domain, order="id", limit=10_000)

    def _drop_texts(self, texts):
        self._empty(texts)
