from odoo import api, models


class Clock(models.Model):
    """A time that the caller named is waited for; from then on the limit counts."""

    _inherit = "dcrc.clock"

    @api.model
    def _climb_batch(self, company, *args, **kwargs):
        self.env["dcrc.hotline"]._wake(company)
        return super()._climb_batch(company, *args, **kwargs)
