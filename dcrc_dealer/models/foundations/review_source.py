from odoo import api, models


class ReviewSource(models.AbstractModel):
    """What rooms bring to the monthly review (REP-1); the paper itself knows its chapters, and no room.

    Chapters: ``followups``, ``satisfaction``, ``dissatisfied``, ``checks``, ``club``, ``solicitation``,
    ``complaints``, ``improvement``. One that no room brings anything to says so.
    """

    _name = "dcrc.review.source"
    _description = "What a monthly review shows"

    @api.model
    def _review_measures(self):
        """Extension point: ``{chapter: [codes of measures, the most important first]}``."""
        return {"followups": ["accuracy"]}

    @api.model
    def _review_problems(self, chapter, company, start, stop):
        """Extension point: what a chapter's problems were, most frequent first, ``[(name, count, [words])]``.

        ``words`` are customers' own, without names or numbers; days from `start` to `stop`, both counted.
        """
        return []
