from odoo import api, fields, models


class PrivacyLog(models.Model):
    """Who told, or took away, whose data, and when (PIPL art. 54): append-only, without the data."""

    _name = "dcrc.privacy.log"
    _description = "Log of Personal Data"
    _inherit = ["dcrc.log.mixin"]
    _order = "id desc"
    _rec_name = "what"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    what = fields.Selection(
        [("export", "Exported"), ("anonymise", "Anonymized on request"), ("retention", "Kept no longer")],
        "Action",
        required=True,
        readonly=True,
    )
    kind = fields.Char("Type", readonly=True)
    count = fields.Integer("Rows", readonly=True)

    @api.model
    def _note(self, what, partner, count, company=None, kind=False):
        """Write down what was done with a person's data (no partner: with many rows of a kind)."""
        company = company or partner.company_id or self.env.company
        vals = {"user_id": self.env.uid, "company_id": company.id, "partner_id": partner.id}
        return self.sudo().create({**vals, "what": what, "count": count, "kind": kind})
