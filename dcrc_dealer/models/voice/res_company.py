from odoo import models


class ResCompany(models.Model):
    """What a dealer gets of the customer's voice."""

    _inherit = "res.company"

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            self.env["dcrc.problem"]._copy_templates_to(company)
        return result
