from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of contacts and attempts (FUP-4, REM-6)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        contacts = {
            "one_open": ("REM-6", self.env._("A customer has one open contact"), self._select_one_open()),
            "one_a_day": (
                "REM-6",
                self.env._("Nobody is called again on the day of a contact"),
                self._select_one_a_day(),
            ),
            "work": ("REM-6", self.env._("An open contact has something to talk about"), self._select_idle()),
            "attempts": (
                "FUP-4",
                self.env._("Who was not reached was tried as often as the rule says"),
                self._select_attempts(),
            ),
            "slots": ("FUP-4", self.env._("Attempts in vain are in different slots"), self._select_slots()),
            "attempt_count": ("FUP-4", self.env._("The attempts counted were made"), self._select_attempt_count()),
        }
        return {
            **super()._self_checks(),
            **{key: Check(rule, label, {"dcrc.contact": rows}) for key, (rule, label, rows) in contacts.items()},
        }

    def _select_one_open(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_contact c
                 JOIN (SELECT company_id, partner_id FROM dcrc_contact WHERE state = 'open'
                        GROUP BY 1, 2 HAVING COUNT(*) > 1) d
                   ON d.company_id = c.company_id AND d.partner_id = c.partner_id
                WHERE c.state = 'open'"""
        )

    def _select_one_a_day(self):
        """Calls after another contact of the day; who asked to be called back is welcome to it.

        What was said to two files before they became one was said to two customers.
        """
        return SQL(
            """SELECT l.contact_id AS id, l.company_id FROM dcrc_call l
                 JOIN res_company k ON k.id = l.company_id
                 JOIN dcrc_contact o ON o.partner_id = l.partner_id AND o.company_id = l.company_id
                  AND o.id != l.contact_id AND o.done_on <= l.started_at
                  AND o.done_day = (l.started_at AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date
                 LEFT JOIN dcrc_call_outcome u ON u.id = o.last_outcome_id
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE l.state = 'done' AND l.direction = 'out' AND (o.state = 'done' OR o.state = 'failed' AND u.retry)
                  AND l.started_at > COALESCE(p.dcrc_merged_on, '-infinity')
                  AND NOT EXISTS (SELECT 1 FROM dcrc_call b WHERE b.contact_id = l.contact_id
                                     AND b.callback_at IS NOT NULL AND b.id < l.id)"""
        )

    def _select_idle(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_contact c
                WHERE c.state = 'open'
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup f WHERE f.contact_id = c.id AND f.state = 'open')"""
        )

    def _select_attempts(self):
        """Fewer attempts than the rule allows, though the dealer's day has slots for them (FUP-12: then missed)."""
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_contact c
                 JOIN dcrc_call_outcome o ON o.id = c.last_outcome_id AND o.retry
                 JOIN (SELECT s.company_id, COUNT(*) AS count FROM dcrc_call_slot s WHERE s.active GROUP BY 1) s
                   ON s.company_id = c.company_id
                WHERE c.state = 'failed' AND c.attempt_days > 1
                  AND c.attempt_count < LEAST(c.max_attempts, s.count)"""
        )

    def _select_slots(self):
        """A slot twice among the attempts in vain of a contact, but for a customer who named the time."""
        return SQL(
            """SELECT l.contact_id AS id, l.company_id FROM dcrc_call l
                 JOIN dcrc_call_outcome o ON o.id = l.outcome_id AND o.retry
                 JOIN res_partner p ON p.id = l.partner_id
                WHERE l.state = 'done' AND l.direction = 'out' AND l.slot_id IS NOT NULL
                  AND l.started_at > COALESCE(p.dcrc_merged_on, '-infinity')
                  AND EXISTS (SELECT 1 FROM dcrc_call_dcrc_followup_rel m
                                JOIN dcrc_followup f ON f.id = m.dcrc_followup_id
                                JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.distinct_slots
                               WHERE m.dcrc_call_id = l.id)
                  AND NOT EXISTS (SELECT 1 FROM dcrc_call b WHERE b.contact_id = l.contact_id
                                     AND b.callback_at IS NOT NULL)
                GROUP BY l.contact_id, l.company_id, l.slot_id HAVING COUNT(*) > 1"""
        )

    def _select_attempt_count(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_contact c
                 LEFT JOIN (SELECT contact_id, COUNT(*) AS count FROM dcrc_call
                             WHERE state = 'done' AND direction = 'out' GROUP BY 1) l
                   ON l.contact_id = c.id
                WHERE COALESCE(c.attempt_count, 0) != COALESCE(l.count, 0)"""
        )
