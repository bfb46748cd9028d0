from odoo import api, models

from ...tools.mask import mask_numbers

WORDS = 3  # customers' words quoted of a problem
SOURCES = {"dissatisfied": ("answer", "words"), "complaints": ("complaint",)}


class ReviewSource(models.AbstractModel):
    """Complaints and corrections, and the problems behind them."""

    _inherit = "dcrc.review.source"

    @api.model
    def _review_measures(self):
        chapters = super()._review_measures()
        chapters["followups"] = [*chapters.get("followups", ()), "corrections_cleared"]
        chapters["complaints"] = ["complaints_handled", "complaints_in_time"]
        return chapters

    @api.model
    def _review_problems(self, chapter, company, start, stop):
        problems = super()._review_problems(chapter, company, start, stop)
        if chapter not in SOURCES:
            return problems
        domain = [
            ("company_id", "=", company.id),
            ("date", ">=", start),
            ("date", "<=", stop),
            ("source", "in", SOURCES[chapter]),
        ]
        hits = self.env["dcrc.problem.hit"]
        for problem, count in hits._read_group(domain, ["problem_id"], ["__count"], order="__count DESC"):
            said = hits.search([*domain, ("problem_id", "=", problem.id), ("text", "!=", False)], limit=WORDS)
            problems.append((problem.name, count, [mask_numbers(hit.text) for hit in said]))
        return problems
