from odoo import models
from odoo.tools import SQL


class FollowupPlanner(models.AbstractModel):
    _inherit = "dcrc.followup.planner"

    def _open(self, scope, company):
        """A confirmation on the same day waits until so many hours before the appointment (APT-3)."""
        opened = super()._open(scope, company)
        self.env.cr.execute(SQL(
            """UPDATE dcrc_contact c
                  SET call_after = w.call_after
                 FROM (SELECT f.contact_id, MIN(a.start - r.lead_hours * interval '1 hour') AS call_after
                         FROM dcrc_followup f
                         JOIN dcrc_followup_rule r ON r.id = f.rule_id
                         LEFT JOIN dcrc_appointment a ON a.id = f.source_id
                               AND r.trigger = 'appointment_confirm' AND r.lead_days = 0
                        WHERE f.contact_id = ANY(ARRAY(
                              SELECT k.contact_id FROM dcrc_followup k
                                JOIN dcrc_followup_rule q ON q.id = k.rule_id
                               WHERE k.company_id = %s AND k.state = 'open' AND k.contact_id IS NOT NULL
                                 AND q.trigger = 'appointment_confirm' AND q.lead_days = 0))
                          AND f.state = 'open'
                        GROUP BY f.contact_id
                       HAVING BOOL_AND(a.id IS NOT NULL)) w
                WHERE c.id = w.contact_id AND c.state = 'open' AND c.attempt_count = 0
                  AND NOT c.is_callback AND c.claimed_until IS NULL
                  AND (c.call_after IS NULL OR c.call_after < w.call_after)""",
            company.id,
        ))  # fmt: skip
        return opened
