from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            self.env["dcrc.text.account"]._get_for(company)
        return result
