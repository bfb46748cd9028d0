from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of lists: every row is accounted for (CUS-10)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "rows": Check(
                "CUS-10", self.env._("Every row of a list is accounted for"), {"dcrc.dms.import": self._select_rows()}
            ),
            "held_why": Check(
                "CUS-10", self.env._("A row held back says why"), {"dcrc.dms.row": self._select_held_rows()}
            ),
        }

    def _select_rows(self):
        return SQL(
            """SELECT i.id, i.company_id FROM dcrc_dms_import i
                 LEFT JOIN (SELECT import_id, COUNT(*) AS count, COUNT(*) FILTER (WHERE state = 'pending') AS pending
                              FROM dcrc_dms_row GROUP BY 1) r ON r.import_id = i.id
                WHERE i.state = 'done' AND (COALESCE(i.row_count, 0) != COALESCE(r.count, 0) OR r.pending > 0)"""
        )

    def _select_held_rows(self):
        return SQL("SELECT r.id, r.company_id FROM dcrc_dms_row r WHERE r.state = 'held' AND r.reason IS NULL")
