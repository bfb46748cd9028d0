from odoo import fields, models
from odoo.fields import Domain


class Console(models.AbstractModel):
    """Managers see how many of the month's texts to all have gone out (REM-4: three a month)."""

    _inherit = "dcrc.console"

    def _get_tiles(self, domains):
        tiles = super()._get_tiles(domains)
        company = self.env.company
        if not company.dcrc_texts_a_month or not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            return tiles
        label = self.env._("Texts to all this month (of %(count)s)", count=company.dcrc_texts_a_month)
        start, _stop = company._dcrc_day_bounds(company._dcrc_today().replace(day=1))
        sent = Domain("company_id", "=", company.id) & Domain("state", "!=", "draft")
        sent &= Domain("started_at", ">=", fields.Datetime.to_string(start))
        return [*tiles, ("month_texts", label, "dcrc.text.campaign", sent, "normal")]
