from odoo import models


class ResPartner(models.Model):
    """A customer whose car is near a limit of the law is known before anybody speaks to them."""

    _inherit = "res.partner"

    def _dcrc_warnings(self):
        warnings = super()._dcrc_warnings()
        for car in self.dcrc_vehicle_ids.filtered("dcrc_warranty_alert"):
            for words in car._dcrc_get_warranty_words():
                warnings.append({"code": "warranty", "label": words, "level": "danger"})
        return warnings
