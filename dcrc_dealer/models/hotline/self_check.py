from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check
from .hotline_steps import TRIGGER


class SelfCheck(models.Model):
    """What holds of the hotline (HOT-2, HOT-3)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "hotline_promised": Check(
                "HOT-3",
                self.env._("Who was promised a call has it in the queue"),
                {"dcrc.hotline": self._select_hotline_promised()},
            ),
            "hotline_over": Check(
                "HOT-3",
                self.env._("Nobody is called back about a call that is settled"),
                {"dcrc.followup": self._select_hotline_over()},
            ),
            "hotline_limit": Check(
                "HOT-3",
                self.env._("Whoever waits to be called back has a time limit that runs"),
                {"dcrc.hotline": self._select_hotline_limit()},
            ),
            "hotline_rang": Check(
                "HOT-1",
                self.env._("A call that nobody took has a record"),
                {"dcrc.hotline.ring": self._select_hotline_rang()},
            ),
        }

    def _select_hotline_promised(self):
        return SQL(
            """SELECT h.id, h.company_id FROM dcrc_hotline h
                WHERE h.state = 'callback'
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup f
                                   WHERE f.source_model = 'dcrc.hotline' AND f.source_id = h.id
                                     AND f.state IN ('planned', 'blocked', 'open'))"""
        )

    def _select_hotline_over(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger = %s
                 JOIN dcrc_hotline h ON h.id = f.source_id
                 LEFT JOIN dcrc_contact c ON c.id = f.contact_id
                WHERE f.state IN ('planned', 'open') AND h.state IN ('done', 'handed', 'open')
                  AND c.claimed_until IS NULL""",
            TRIGGER,
        )

    def _select_hotline_limit(self):
        """Where the dealer counts it at all."""
        return SQL(
            """SELECT h.id, h.company_id FROM dcrc_hotline h
                WHERE h.state IN ('handed', 'callback') AND h.promised_on IS NOT NULL AND h.called_on IS NULL
                  AND EXISTS (SELECT 1 FROM dcrc_clock_rule r
                               WHERE r.company_id = h.company_id AND r.kind = 'hotline_call' AND r.active
                                 AND r.level IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM dcrc_clock k
                                   WHERE k.res_model = 'dcrc.hotline' AND k.res_id = h.id AND k.kind = 'hotline_call'
                                     AND k.state IN ('running', 'paused'))"""
        )

    def _select_hotline_rang(self):
        return SQL(
            """SELECT g.id, g.company_id FROM dcrc_hotline_ring g
                WHERE g.direction = 'in' AND g.ended_at IS NOT NULL AND NOT g.answered AND g.hotline_id IS NULL"""
        )
