from odoo import api, models


class ReviewSource(models.AbstractModel):
    """Bookings and arrivals."""

    _inherit = "dcrc.review.source"

    @api.model
    def _review_measures(self):
        chapters = super()._review_measures()
        chapters["solicitation"] = [*chapters.get("solicitation", ()), "appointment", "arrival", "no_show"]
        return chapters
