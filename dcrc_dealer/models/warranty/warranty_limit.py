from odoo import fields, models
from odoo.fields import Domain

KINDS = [
    ("fault", "Repairs of the same fault"),
    ("days", "Days in repair, all in all"),
    ("stay", "Days of one stay"),
    ("part", "The same main part replaced"),
    ("comeback", "Guarantee on a repair"),
    ("comeback_service", "Guarantee on a service"),
]


class WarrantyLimit(models.Model):
    """A figure of the law with its source and the time for which it holds; the dealer's to change.

    It holds for cars that were delivered while it was valid, as the law says of itself.
    """

    _name = "dcrc.warranty.limit"
    _description = "Limit of the Statutory Warranty"
    _inherit = ["dcrc.template.mixin"]
    _order = "kind, date_from desc, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, "What Is Counted", required=True)
    warn = fields.Integer("Warn at", help="From this figure on a case is opened.")
    limit = fields.Integer(required=True, help="In days or times; of a guarantee: days.")
    inclusive = fields.Boolean("Reached at the Limit", help="Not only beyond it.")
    km = fields.Integer("Limit (km)", help="Of a guarantee: whichever comes first.")
    words = fields.Char("Main Parts", help="Names of the main parts, divided by commas.")
    source = fields.Char("Source in Law", required=True, translate=True, help="Law and article.")
    date_from = fields.Date("Delivered from")
    date_to = fields.Date("Delivered until")

    _figures_sane = models.Constraint(
        'CHECK (warn >= 0 AND "limit" > 0 AND warn <= "limit" AND km >= 0)',
        "A limit is positive, and the warning comes before it.",
    )
    _days_ordered = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)", "The period ends before it begins."
    )

    def _get_for(self, company, day):
        """``{kind: limit}`` that hold at a dealer for a car delivered on `day` (False: not known)."""
        domain = Domain("company_id", "=", company.id)
        if day:
            domain &= Domain("date_from", "=", False) | Domain("date_from", "<=", day)
            domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        else:
            domain &= Domain("date_to", "=", False)
        found = {}
        for limit in self.sudo().search(domain):
            found.setdefault(limit.kind, limit)
        return found

    def _is_reached(self, figure):
        return figure >= self.limit if self.inclusive else figure > self.limit

    def _get_parts(self):
        return [
            part.strip() for part in (self.words or "").replace("，", ",").replace("、", ",").split(",") if part.strip()
        ]
