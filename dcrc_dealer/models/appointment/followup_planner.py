from odoo import models
from odoo.tools import SQL


class FollowupPlanner(models.AbstractModel):
    """A confirmation waits for its hour."""

    _inherit = "dcrc.followup.planner"

    def _open(self, scope, company):
        opened = super()._open(scope, company)
        rules = (
            self.env["dcrc.followup.rule"]
            .sudo()
            .search([("company_id", "=", company.id), ("trigger", "=", "appointment_confirm")])
        )
        if rules:
            self._wait_for_the_hour(rules)
        return opened

    def _wait_for_the_hour(self, rules):
        """A confirmation on the same day waits until so many hours before the appointment (APT-3).

        Where the customer is due for something else too, one call about all of it may come earlier.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c SET call_after = w.call_after
                 FROM (SELECT f.contact_id, MIN(a.start - r.lead_hours * interval '1 hour') AS call_after
                         FROM dcrc_followup f
                         JOIN dcrc_followup_rule r ON r.id = f.rule_id
                         JOIN dcrc_appointment a ON a.id = f.source_id AND a.day = f.anchor_date
                        WHERE f.rule_id = ANY(%(rules)s) AND f.state = 'open'
                          AND f.contact_id IS NOT NULL
                        GROUP BY f.contact_id
                       HAVING COUNT(*) = (SELECT COUNT(*) FROM dcrc_followup o
                                           WHERE o.contact_id = f.contact_id AND o.state = 'open')) w
                WHERE c.id = w.contact_id AND c.state = 'open' AND c.attempt_count = 0
                  AND NOT c.is_callback AND c.claimed_until IS NULL
                  AND (c.call_after IS NULL OR c.call_after < w.call_after)""",
                rules=rules.ids,
            )
        )
