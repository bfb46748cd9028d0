from odoo import models

NUMBERS = {"dcrc.complaint": "C%(y)s-", "dcrc.correction": "K%(y)s-"}


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            company._dcrc_open_voice_sequences()
        return result

    def _dcrc_open_voice_sequences(self):
        """Give the dealer its own running numbers, anew each year."""
        Sequence = self.env["ir.sequence"].sudo()
        domain = [("code", "in", list(NUMBERS)), ("company_id", "=", self.id)]
        have = set(Sequence.search(domain).mapped("code"))
        Sequence.create(
            [
                {
                    "name": f"{self.env[model]._description} ({self.name})",
                    "code": model,
                    "prefix": prefix,
                    "padding": 5,
                    "company_id": self.id,
                    "use_date_range": True,
                }
                for model, prefix in NUMBERS.items()
                if model not in have
            ]
        )
