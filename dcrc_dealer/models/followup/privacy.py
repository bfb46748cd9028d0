from odoo import api, models
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """Calls: what was typed goes, that and how it went stays; answers hang on their own sheets."""

    _inherit = "dcrc.privacy"

    @api.model
    def _sources(self, partners):
        inputs = Domain("partner_id", "in", partners.ids)
        lines = Domain("user_input_id.partner_id", "in", partners.ids)
        return {**super()._sources(partners), "survey.user_input": inputs, "survey.user_input.line": lines}

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "calls": (self.env._("Notes on calls"), "dcrc_keep_calls_months")}

    def _find_calls(self, company, before):
        domain = Domain("company_id", "=", company.id) & Domain("create_date", "<", before)
        domain &= Domain("note", "not in", (False, "")) & Domain("state", "!=", "draft")
        return self.env["dcrc.call"].search(domain, order="id", limit=10_000)

    def _drop_calls(self, calls):
        self._empty(calls)
