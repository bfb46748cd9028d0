from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BACK, AHEAD = timedelta(days=90), timedelta(days=150)  # windows are looked for so far around today


class FollowupPlanner(models.AbstractModel):
    """A house that is closed on all days of a window does the call when it opens again (FUP-12)."""

    _inherit = "dcrc.followup.planner"

    @api.model
    def _get_closed_runs(self, company):
        """``[(first, last)]``: stretches of days around today on which the house is closed.

        Who plans all steps in one go has looked once, and says so to the steps.
        """
        told = (self._dcrc_told("dcrc_closed_runs") or {}).get(company.id)
        if told is not None:
            return told
        today = company._dcrc_today()
        runs = []
        for day in sorted(company._dcrc_closed_days(today - BACK, today + AHEAD)):
            if runs and runs[-1][1] == day - timedelta(days=1):
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        return runs

    @api.model
    def _shift_closed(self, runs):
        """SQL: days by which a window of the alias f moves; None where the house never closes."""
        if not runs:
            return None
        return SQL(
            """COALESCE((SELECT z.last + 1 - f.date_start FROM (VALUES %s) z(first, last)
                          WHERE f.date_start >= z.first AND f.date_due <= z.last), 0)""",
            SQL(", ").join(SQL("(%s::date, %s::date)", *run) for run in runs),
        )

    def _follow_calendar(self, company):
        """Closings entered after the planning move what nobody has begun, too."""
        shift = self._shift_closed(self._get_closed_runs(company))
        rules = self.env["dcrc.followup.rule"].sudo().search([("company_id", "=", company.id)])
        rules = rules.filtered(lambda rule: rule._waits_for_opening())
        if not shift or not rules:
            return
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup g
                      SET date_start = g.date_start + n.shift, date_due = g.date_due + n.shift,
                          date_expiry = g.date_expiry + n.shift, write_date = %(now)s
                     FROM (SELECT f.id, %(shift)s AS shift FROM dcrc_followup f
                            WHERE f.rule_id = ANY(%(rules)s) AND f.state IN ('planned', 'blocked', 'open')) n
                    WHERE g.id = n.id AND n.shift > 0""",
                now=fields.Datetime.now(),
                shift=shift,
                rules=rules.ids,
            )
        )
        if self.env.cr.rowcount:
            self._forget()
