from odoo import api, models
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """Lists of the DMS name people: their rows, and the files as they came."""

    _inherit = "dcrc.privacy"

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "lists": (self.env._("Files and rows of DMS lists"), "dcrc_keep_lists_months")}

    @api.model
    def _anonymise(self, partners, why="anonymise"):
        """The files that name these people go, too: what the other rows of a list say stands in the list's rows."""
        rows = self.env["dcrc.dms.row"].sudo().search([("partner_id", "in", partners.ids)])
        lists = rows.import_id.filtered(lambda one: one.state in ("done", "failed"))
        done = super()._anonymise(partners, why)
        self._list_files(lists).unlink()
        return done

    def _find_lists(self, company, before):
        """Imported lists with their file still there; the last word on an order stays readable."""
        files = Domain("res_model", "=", "dcrc.dms.import") & Domain("res_field", "=", "file")
        query = self.env["ir.attachment"]._search(files)
        domain = Domain("company_id", "=", company.id) & Domain("create_date", "<", before)
        domain &= Domain("id", "in", query.subselect("res_id")) & Domain("state", "in", ("done", "failed"))
        return self.env["dcrc.dms.import"].search(domain, order="id", limit=10_000)

    def _drop_lists(self, lists):
        """Files go, and what their rows say, except rows that later lists are measured by."""
        rows = self.env["dcrc.dms.row"].search([("import_id", "in", lists.ids), ("is_basis", "=", False)])
        self._empty(rows)
        self._list_files(lists).unlink()

    def _list_files(self, lists):
        files = Domain("res_model", "=", "dcrc.dms.import") & Domain("res_field", "=", "file")
        return self.env["ir.attachment"].sudo().search(files & Domain("res_id", "in", lists.ids))
