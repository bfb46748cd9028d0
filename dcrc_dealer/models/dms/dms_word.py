from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.dms_rows import fold_kind


class DmsWord(models.Model):
    """What a dealer's DMS calls a kind of visit; shipped words are copied to each dealer."""

    _name = "dcrc.dms.word"
    _description = "Word of the DMS for a kind of visit"
    _inherit = ["dcrc.template.mixin"]
    _order = "visit_kind, name"

    name = fields.Char("Word in the list", required=True)
    visit_kind = fields.Selection(
        selection=lambda self: self.env["dcrc.service.visit"]._fields["kind"].selection,
        string="Kind of visit",
        required=True,
    )

    _word_once = models.UniqueIndex(
        "(company_id, lower(name)) WHERE NOT is_template", "This word has a kind of visit already."
    )

    @api.constrains("name")
    def _check_name(self):
        if any(not fold_kind(word.name) for word in self):
            raise ValidationError(self.env._("Write the word as it stands in the list."))

    @api.model
    def _visit_kinds(self, company):
        """Return {folded word: kind of visit} of a dealer."""
        words = self.sudo().search([("company_id", "=", company.id), ("is_template", "=", False)])
        return {fold_kind(word.name): word.visit_kind for word in words}
