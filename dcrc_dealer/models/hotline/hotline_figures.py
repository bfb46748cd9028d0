"""What managers ask of the hotline: answered at once, within three rings, called back in time (HOT-1, HOT-3)."""

from odoo import api, models
from odoo.fields import Domain

from .hotline import OWED

MEASURES = ("at_once", "in_time", "rings")


class Hotline(models.Model):
    """One call a figure, each with the lists that it counts."""

    _inherit = "dcrc.hotline"

    @api.model
    def _measure(self, company, start, stop, measure="in_time"):
        """A figure of a period of days, both counted: what a measure takes.

        :param measure: ``at_once`` (answered at once ÷ all calls that are settled), ``in_time`` (called back
            within the limit ÷ calls promised whose limit is over or that were made), ``rings`` (answered within
            the dealer's number of rings ÷ calls whose rings are known).
        :return: ``{"numerator", "denominator", "rate" (None: too few), "papers": all calls of the period,
            "domains": {"all", "numerator", "denominator"}}``
        """
        domains = self._get_measure_domains(company, start, stop, measure)
        counted = {key: self.search_count(domain) for key, domain in domains.items()}
        return {
            "numerator": counted["numerator"],
            "denominator": counted["denominator"],
            "rate": company._dcrc_rate(counted["numerator"], counted["denominator"]),
            "papers": counted["all"],
            "domains": domains,
        }

    @api.model
    def _get_measure_domains(self, company, start, stop, measure):
        first, last = company._dcrc_day_bounds(start)[0], company._dcrc_day_bounds(stop)[1]
        period = Domain("company_id", "=", company.id) & Domain("date", ">=", first) & Domain("date", "<", last)
        promised = Domain("promised_on", "!=", False)
        over = Domain("called_on", "!=", False) | Domain("state", "in", OWED) & Domain("clock_late", "=", True)
        rung = Domain("rings", ">", 0)
        parts = {
            "at_once": (Domain("answer_kind", "=", "at_once"), Domain("answer_kind", "!=", False) | promised),
            "in_time": (Domain("callback_result", "=", "in_time"), promised & over),
            "rings": (Domain("missed", "=", False) & Domain("rings", "<=", company.dcrc_hotline_rings), rung),
        }
        good, base = parts[measure]
        return {"all": period, "denominator": period & base, "numerator": period & base & good}

    @api.model
    def _get_figures(self, company, start, stop):
        """All measures of a period: ``{measure: as `_measure`}``."""
        return {measure: self._measure(company, start, stop, measure) for measure in MEASURES}
