from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dcrc_texts_a_month = fields.Integer(
        "Texts to all a month", default=3, help="Festivals, weather, season: how many campaigns there should be."
    )
    dcrc_keep_texts_months = fields.Integer(
        "Texts (months)", default=24, help="Number and words; that a text went out stays. Consent has its own record."
    )

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            self.env["dcrc.text.account"]._get_for(company)
        return result
