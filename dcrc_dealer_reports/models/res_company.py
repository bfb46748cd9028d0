from odoo import api, models


class ResCompany(models.Model):
    """What a new dealer gets of the reports."""

    _inherit = "res.company"

    @api.model
    def _dcrc_open_pay(self):
        """At the installation: the schemes of dealers that are there already."""
        for company in self._dcrc_dealers():
            self.env["dcrc.pay.scheme"]._copy_templates_to(company)

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            self.env["dcrc.pay.scheme"]._copy_templates_to(company)
        return result
