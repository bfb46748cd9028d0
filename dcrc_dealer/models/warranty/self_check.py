from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of repair orders and the warnings about them (三包)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "warranty_void": Check(
                "CMP-6",
                self.env._("No void repair order counts for the statutory warranty"),
                {"dcrc.warranty.repair": self._select_void_repairs()},
            ),
            "warranty_figure": Check(
                "CMP-6",
                self.env._("Who warns of a fault has the repairs that it counts"),
                {"dcrc.warranty.case": self._select_wrong_figures()},
            ),
        }

    def _select_void_repairs(self):
        """Until the next judging: an order that turned void since is not yet wrong."""
        return SQL(
            """SELECT r.id, r.company_id FROM dcrc_warranty_repair r JOIN dcrc_service_visit w ON w.id = r.visit_id
                WHERE w.void AND w.write_date < r.judged_on"""
        )

    def _select_wrong_figures(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_warranty_case c
                WHERE c.state = 'open' AND c.kind = 'fault' AND c.claimed_on IS NULL
                  AND c.figure <> (SELECT COUNT(*) FROM dcrc_warranty_repair r
                                    WHERE r.fault_id = c.fault_id AND r.counts)"""
        )
