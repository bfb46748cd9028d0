from odoo import models
from odoo.tools import SQL

from .hotline_steps import TRIGGER


class FollowupPlanner(models.AbstractModel):
    """Who was promised a call is called at that time, before all others (HOT-3)."""

    _inherit = "dcrc.followup.planner"

    def _open(self, scope, company):
        opened = super()._open(scope, company)
        self._keep_promises(company)
        return opened

    def _keep_promises(self, company):
        """Contacts about a promised call ask for it at its time, until the first attempt.

        Where the customer is due for something else too, the one call about all of it is the promised one.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c SET is_callback = TRUE, call_after = w.moment
                 FROM (SELECT f.contact_id, MIN(COALESCE(h.callback_at, h.promised_on)) AS moment
                         FROM dcrc_followup f
                         JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger = %(trigger)s
                         JOIN dcrc_hotline h ON h.id = f.source_id AND h.callback_no::varchar = f.occurrence
                          AND h.state = 'callback' AND h.called_on IS NULL
                        WHERE f.company_id = %(company)s AND f.state = 'open' AND f.contact_id IS NOT NULL
                        GROUP BY f.contact_id) w
                WHERE c.id = w.contact_id AND c.state = 'open'
                  AND (NOT c.is_callback OR c.call_after > w.moment)""",
                trigger=TRIGGER,
                company=company.id,
            )
        )

    def _step_expire(self, company, until=None):
        """A promised call that nobody made: its record is open again, and its limit goes on."""
        figures = super()._step_expire(company, until)
        self.env.flush_all()
        self.env["dcrc.followup"].invalidate_model(["state"], flush=False)
        records = self.env["dcrc.hotline"].sudo()
        records.search([("company_id", "=", company.id), ("state", "=", "callback")])._settle()
        return figures
