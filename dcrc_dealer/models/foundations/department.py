from odoo import fields, models


class Department(models.Model):
    """A department that corrections, complaints and improvements are handed to."""

    _name = "dcrc.department"
    _description = "Department of the dealer"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("sales", "Sales"),
            ("service", "Service"),
            ("parts", "Spare parts"),
            ("insurance", "Insurance"),
            ("decoration", "Decoration"),
            ("centre", "Customer Relations Center"),
        ],
        "Type",
        required=True,
        help="Tells which findings go here: wrong sales data to sales, service data to service.",
    )
    responsible_id = fields.Many2one("res.users", domain="[('share', '=', False), ('company_ids', 'in', company_id)]")
    member_ids = fields.Many2many(
        "res.users",
        string="Members",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="They and the responsible person see what is handed to this department.",
    )

    def _get_for(self, kind, company):
        """Return the dealer's department of a kind (empty when it has none)."""
        return self.search([("kind", "=", kind), ("company_id", "=", company.id)], limit=1)
