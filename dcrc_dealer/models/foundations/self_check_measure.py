from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .self_check import Check

LOOKED_BACK = 400  # days


class SelfCheck(models.Model):
    """What holds of figures: facts by day are what their rows say (KPI)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "fact": Check("KPI", self.env._("Figures by day are what their rows say"), self._rows_fact()),
        }

    def _rows_fact(self):
        """Facts that their rows don't bear out, and measures with rows that have no fact.

        Dealers whose changes wait to be counted are left out: their figures are counted from rows until then.
        """
        companies, facts = self.env["res.company"]._dcrc_dealers(), self.env["dcrc.measure.fact"]
        today = self.env.company._dcrc_today()
        spans = [(today - timedelta(days=LOOKED_BACK), today + timedelta(days=LOOKED_BACK))]
        sums = [
            SQL("SELECT %s AS measure_id, s.* FROM (%s) s", measure.id, facts._select_sums(measure, companies, spans))
            for measure in self.env["dcrc.measure"]._find()
            if measure._is_kept()
        ]
        if not sums or not companies:
            return {}
        compared = SQL(
            """FROM (SELECT f.* FROM dcrc_measure_fact f WHERE f.day BETWEEN %(first)s AND %(last)s) f
               FULL JOIN (%(sums)s) s
                 ON s.measure_id = f.measure_id AND s.company_id = f.company_id AND s.day = f.day
                AND COALESCE(s.department_id, 0) = COALESCE(f.department_id, 0)
                AND COALESCE(s.user_id, 0) = COALESCE(f.user_id, 0)
               WHERE NOT EXISTS (SELECT 1 FROM dcrc_measure_mark m
                                  WHERE m.company_id = COALESCE(f.company_id, s.company_id))""",
            first=spans[0][0],
            last=spans[0][1],
            sums=SQL(" UNION ALL ").join(sums),
        )
        return {
            "dcrc.measure.fact": SQL(
                """SELECT f.id, f.company_id %s AND f.id IS NOT NULL
                      AND (f.numerator, f.denominator, f.excluded)
                          IS DISTINCT FROM (s.numerator::float, s.denominator::float, s.excluded::float)""",
                compared,
            ),
            "dcrc.measure": SQL("SELECT s.measure_id AS id, s.company_id %s AND f.id IS NULL", compared),
        }
