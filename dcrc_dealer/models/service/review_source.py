from odoo import api, models


class ReviewSource(models.AbstractModel):
    """Reminders and who came back."""

    _inherit = "dcrc.review.source"

    @api.model
    def _review_measures(self):
        chapters = super()._review_measures()
        chapters["solicitation"] = ["return", "first_return", "periodic_return", "first_reminded"]
        return chapters
