from odoo import models
from odoo.fields import Domain


class DmsImport(models.Model):
    """New customers of a list get their specialist at once, where the dealer so sets (CUS-5)."""

    _inherit = "dcrc.dms.import"

    def _after_import(self):
        if self.company_id.dcrc_assign_new and not self._brings_old_data():
            self._get_newcomers()._dcrc_assign()
        return super()._after_import()

    def _brings_old_data(self):
        """Whether this is the dealer's first list: years of customers, whom a manager assigns."""
        before = Domain("company_id", "=", self.company_id.id) & Domain("state", "=", "done")
        return not self.search_count(before & Domain("id", "!=", self.id), limit=1)

    def _get_newcomers(self):
        """Customers whom this list brought and who have no specialist."""
        rows = Domain("import_id", "=", self.id) & Domain("partner_id", "!=", False)
        new = Domain("create_date", ">=", self.started_at) & Domain("dcrc_specialist_id", "=", False)
        named = self.env["dcrc.dms.row"]._search(rows).subselect("partner_id")
        return self.env["res.partner"].search(Domain("id", "in", named) & new & Domain("dcrc_customer", "=", True))
