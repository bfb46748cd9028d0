from odoo import api, fields, models
from odoo.fields import Domain


class ListedMixin(models.AbstractModel):
    """Records that stand in named lists: filters, tiles and figures take the same domain.

    In a filter: ``[('listed', '=', 'late')]``. Each dealer of the user has its own day.
    """

    _name = "dcrc.listed.mixin"
    _description = "Named Lists"

    listed = fields.Char("Stands in the list", compute="_compute_listed", search="_search_listed")

    def _compute_listed(self):
        """Only for searching."""
        self.listed = False

    @api.model
    def _get_lists(self):
        """The named lists of the present dealer, ``{name: domain}`` (extension point)."""
        return {}

    @api.model
    def _search_listed(self, operator, value):
        if operator != "in":
            return NotImplemented
        lists = [self.with_company(company)._get_lists() for company in self.env.companies]
        return Domain.OR(mine[name] for mine in lists for name in value if name in mine)
