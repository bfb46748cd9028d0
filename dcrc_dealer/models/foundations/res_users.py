from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    dcrc_weight = fields.Float(
        "Share of customers",
        default=1.0,
        help="Ability or working time when customers are shared out: 1 is a full share,"
        " 0.5 half of it, 0 none (handbook CUS-5).",
    )

    _dcrc_weight_positive = models.Constraint("CHECK (dcrc_weight >= 0)", "The share of customers cannot be negative.")
