from odoo import api, models


class Placeholder(models.AbstractModel):
    """What an appointment's text says: the papers to bring, and until when a place is kept."""

    _inherit = "dcrc.placeholder"

    @api.model
    def _samples(self):
        return {**super()._samples(), "papers": "行驶证和保养手册", "until": "11月20日 18:30"}
