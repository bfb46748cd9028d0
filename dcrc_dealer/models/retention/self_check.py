from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of stages and win-back cases (RET-1, RET-2)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "stage": Check(
                "RET-1", self.env._("A car's stage is the last one noted"), {"fleet.vehicle": self._select_stage()}
            ),
            "won": Check(
                "RET-2",
                self.env._("A car won back came with a paper that counts"),
                {"dcrc.retention.case": self._select_won()},
            ),
            "case_over": Check(
                "RET-2",
                self.env._("Nobody is called for a case that is closed"),
                {"dcrc.followup": self._select_case_over()},
            ),
        }

    def _select_stage(self):
        return SQL(
            """SELECT v.id, v.company_id FROM fleet_vehicle v
                 JOIN (SELECT DISTINCT ON (vehicle_id) vehicle_id, stage FROM dcrc_lifecycle_change
                        ORDER BY vehicle_id, date DESC, id DESC) c ON c.vehicle_id = v.id
                WHERE v.dcrc_stage IS DISTINCT FROM c.stage"""
        )

    def _select_won(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_retention_case c JOIN dcrc_service_visit v ON v.id = c.visit_id
                WHERE c.state = 'won' AND (v.void OR v.vehicle_id != c.vehicle_id)"""
        )

    def _select_case_over(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f JOIN dcrc_retention_case c ON c.id = f.source_id
                WHERE f.source_model = 'dcrc.retention.case' AND f.state IN ('planned', 'open')
                  AND c.state != 'open'"""
        )
