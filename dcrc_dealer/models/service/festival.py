from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.lunar import festival_days


class Festival(models.Model):
    """A day on which customers are greeted, by the solar or the lunar calendar (handbook REM-4)."""

    _name = "dcrc.festival"
    _description = "Festival"
    _order = "lunar desc, month, day, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared by all dealers of the group, changed by the administrator only.",
    )
    lunar = fields.Boolean("Lunar calendar")
    month = fields.Integer(required=True, default=1)
    day = fields.Integer(required=True, default=1)
    next_date = fields.Date("Next on", compute="_compute_next_date")

    @api.depends("lunar", "month", "day")
    def _compute_next_date(self):
        today = self.env.company._dcrc_today()
        for festival in self:
            days = festival._get_days(today, fields.Date.add(today, days=400))
            festival.next_date = days[0] if days else False

    @api.constrains("lunar", "month", "day")
    def _check_day(self):
        for festival in self:
            if not festival._get_days(fields.Date.to_date("2026-01-01"), fields.Date.to_date("2029-12-31")):
                raise ValidationError(
                    self.env._(
                        "There is no such day: month %(month)s, day %(day)s.", month=festival.month, day=festival.day
                    )
                )

    def _get_days(self, start, stop):
        """Days from `start` to `stop` on which the festival falls."""
        self.ensure_one()
        return festival_days(self.month, self.day, self.lunar, start, stop)
