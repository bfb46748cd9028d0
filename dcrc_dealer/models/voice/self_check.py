from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of corrections and complaints (COR-1, FUP-7)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "dialled": Check(
                "COR-1",
                self.env._("Nobody dials a number while it is being corrected"),
                {"dcrc.call": self._select_dialled()},
            ),
            "held": Check(
                "COR-1",
                self.env._("What waits for a correction has one that is open"),
                {"dcrc.followup": self._select_held()},
            ),
            "gripe": Check(
                "FUP-7",
                self.env._("Who was dissatisfied has a complaint or a task"),
                {"dcrc.followup": self._select_gripe()},
            ),
        }

    def _select_dialled(self):
        return SQL(
            """SELECT l.id, l.company_id FROM dcrc_call l
                 JOIN dcrc_correction c ON c.phone_id = l.phone_id AND c.item = 'phone'
                WHERE l.direction = 'out' AND l.state = 'done' AND l.id IS DISTINCT FROM c.call_id
                  AND l.started_at > c.date AND (c.closed_on IS NULL OR l.started_at < c.closed_on)"""
        )

    def _select_held(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                WHERE f.base_state = 'pending' AND f.exit_source IS NULL
                  AND f.block_reason IN ('no_phone', 'wrong_number', 'sold')
                  AND NOT EXISTS (SELECT 1 FROM dcrc_correction c
                                   WHERE c.partner_id = f.partner_id AND c.state IN ('open', 'proposed')
                                     AND c.item = CASE WHEN f.block_reason = 'sold' THEN 'owner' ELSE 'phone' END)"""
        )

    def _select_gripe(self):
        """A complaint stands for all follow-ups of its conversation's answers; a callback has its own."""
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                WHERE f.dissatisfied AND f.source_model != 'dcrc.complaint.round'
                  AND NOT EXISTS (SELECT 1 FROM dcrc_complaint c JOIN dcrc_followup g ON g.id = c.followup_id
                                   WHERE g.id = f.id OR g.user_input_id = f.user_input_id)"""
        )
