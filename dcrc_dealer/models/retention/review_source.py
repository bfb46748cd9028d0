from odoo import api, models


class ReviewSource(models.AbstractModel):
    """Customers lost and won back."""

    _inherit = "dcrc.review.source"

    @api.model
    def _review_measures(self):
        chapters = super()._review_measures()
        chapters["solicitation"] = [*chapters.get("solicitation", ()), "loss_stock", "loss_flow", "win_back"]
        return chapters
