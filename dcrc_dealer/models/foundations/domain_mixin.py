"""A choice of records that people type sees what its author may see, no more."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain


class DomainMixin(models.AbstractModel):
    """Keeps who typed the choice in `_dcrc_domain_field`, and finds with that person's rights.

    As root a choice would answer questions about other dealers through what they share
    (`category_id.partner_ids.name`). Shipped choices are the server's own.
    """

    _name = "dcrc.domain.mixin"
    _description = "Choice of Records"

    _dcrc_domain_field = None

    domain_author_id = fields.Many2one("res.users", "Chosen By", readonly=True, copy=False, ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        author = {"domain_author_id": self.env.uid}
        return super().create([{**author, **vals} for vals in vals_list])

    def write(self, vals):
        if self._dcrc_domain_field in vals:
            vals = {**vals, "domain_author_id": self.env.uid}
        return super().write(vals)

    def _dcrc_get_domain(self):
        """Return the choice as a `Domain` (ValueError, TypeError or SyntaxError when unreadable)."""
        self.ensure_one()
        return Domain(literal_eval(self[self._dcrc_domain_field] or "[]"))

    def _dcrc_search_chosen(self, model, domain=Domain.TRUE):
        """Return the query of the chosen records of `model`, among those that `domain` names."""
        self.ensure_one()
        author = self.sudo().domain_author_id or self.env.user
        records = self.env[model].with_user(author).with_context(allowed_company_ids=self.company_id.ids)
        return records._search(self._dcrc_get_domain() & domain)
