from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of complaints: their end, their rounds, their callbacks (CMP-3, CMP-4)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "closed_by": Check(
                "CMP-4",
                self.env._("A complaint closed by the customer's word has an effective callback of its last round"),
                {"dcrc.complaint": self._select_closed_by()},
            ),
            "rounds": Check(
                "CMP-3",
                self.env._("Rounds of a complaint are counted without a gap, and the last is the current one"),
                {"dcrc.complaint": self._select_rounds()},
            ),
            "another": Check(
                "CMP-3",
                self.env._("After a dissatisfied customer another person is in charge"),
                {"dcrc.complaint": self._select_another()},
            ),
            "calls_back": Check(
                "CMP-2",
                self.env._("A callback is in the queue only while its complaint waits for it"),
                {"dcrc.followup": self._select_calls_back()},
            ),
        }

    def _select_closed_by(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_complaint c LEFT JOIN dcrc_followup f ON f.id = c.closing_id
                WHERE c.closing = 'answer'
                  AND (f.id IS NULL OR NOT f.effective OR f.dissatisfied
                       OR f.source_model != 'dcrc.complaint.round' OR f.source_id != c.round_id)"""
        )

    def _select_rounds(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_complaint c
                 LEFT JOIN dcrc_complaint_round t ON t.id = c.round_id
                WHERE t.number IS DISTINCT FROM c.round_no OR t.complaint_id IS DISTINCT FROM c.id
                   OR c.round_no != (SELECT COUNT(*) FROM dcrc_complaint_round r WHERE r.complaint_id = c.id)"""
        )

    def _select_another(self):
        return SQL(
            """SELECT r.complaint_id AS id, MIN(r.company_id) AS company_id FROM dcrc_complaint_round r
                WHERE r.handler_id IS NOT NULL GROUP BY r.complaint_id, r.handler_id HAVING COUNT(*) > 1"""
        )

    def _select_calls_back(self):
        """A customer on the line when it was closed is left to the call."""
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                 LEFT JOIN dcrc_complaint c ON c.round_id = f.source_id AND c.state = 'callback'
                 LEFT JOIN dcrc_contact k ON k.id = f.contact_id
                WHERE f.source_model = 'dcrc.complaint.round' AND f.state IN ('planned', 'blocked', 'open')
                  AND c.id IS NULL AND k.claimed_until IS NULL"""
        )
