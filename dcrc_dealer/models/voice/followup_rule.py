from odoo import fields, models
from odoo.tools import SQL

from .complaint_callback import TRIGGER


class FollowupRule(models.Model):
    """The callback after a complaint's solution (CMP-2): one of the one queue."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(selection_add=[(TRIGGER, "A complaint was settled")], ondelete={TRIGGER: "cascade"})

    def _get_sources(self):
        return {**super()._get_sources(), TRIGGER: "dcrc.complaint.round"}

    def _find_candidates_by_complaint_callback(self, company, days):
        """The customer of each complaint that waits for its callback; asked anew on another day, when it must be."""
        return SQL(
            """SELECT s.id AS source_id, s.callback_on AS anchor_date, c.partner_id, c.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_complaint_round s JOIN dcrc_complaint c ON c.round_id = s.id
                WHERE s.company_id = %s AND c.state = 'callback' AND s.satisfied IS NULL AND %s AND %s""",
            company.id,
            days(SQL("s.callback_on"), SQL("s.write_date")),
            self._condition_source("s"),
        )
