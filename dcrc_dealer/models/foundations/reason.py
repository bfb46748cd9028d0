from odoo import fields, models


class Reason(models.Model):
    """A word from a closed list, so that reasons can be counted."""

    _name = "dcrc.reason"
    _description = "Reason"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("lost", "Not coming back"),
            ("refused", "Refused"),
            ("do_not_contact", "Do not contact"),
            ("cancelled", "Contact cancelled"),
            ("other", "Other"),
        ],
        "Type",
        required=True,
    )
    code = fields.Char(help="Lets the system use a reason itself; leave empty for your own.", copy=False, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared by all dealers of the group, changed by the administrator only.",
    )

    _code_once = models.UniqueIndex("(code) WHERE code IS NOT NULL")
