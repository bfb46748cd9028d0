from odoo import api, models


class ReviewSource(models.AbstractModel):
    """Calls and what customers said in them."""

    _inherit = "dcrc.review.source"

    @api.model
    def _review_measures(self):
        chapters = super()._review_measures()
        chapters["followups"] = ["success", "coverage", "in_time", *chapters.get("followups", ())]
        chapters["satisfaction"] = ["satisfied", "csi"]
        chapters["dissatisfied"] = ["dissatisfied"]
        return chapters
