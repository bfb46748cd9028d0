from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PeriodMixin(models.AbstractModel):
    """What sheets of a dealer and a period ask for: both days are counted."""

    _name = "dcrc.period.mixin"
    _description = "Period of a Sheet"

    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        required=True,
        default=lambda self: self.env.company,
        domain="[('dcrc_dealer', '=', True)]",
    )
    date_from = fields.Date("From", required=True, default=lambda self: self._default_period()[0])
    date_to = fields.Date("To", required=True, default=lambda self: self._default_period()[1])

    @api.model
    def _default_period(self):
        """First and last day of the month under way on the dealer's calendar; extension point."""
        first = self.env.company._dcrc_today().replace(day=1)
        return first, first + relativedelta(months=1, days=-1)

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        if any(sheet.date_from > sheet.date_to for sheet in self):
            raise ValidationError(self.env._("The period ends before it begins."))
