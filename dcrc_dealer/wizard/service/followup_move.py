from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class FollowupMove(models.TransientModel):
    """Move planned follow-ups to a day, or share them evenly among several."""

    _name = "dcrc.followup.move"
    _description = "Move follow-ups"

    followup_ids = fields.Many2many("dcrc.followup", string="Follow-ups", required=True)
    count = fields.Integer("Chosen", compute="_compute_count")
    date = fields.Date(
        "To",
        required=True,
        default=lambda self: self.env.company._dcrc_today() + timedelta(days=1),
    )
    date_to = fields.Date("Evenly until", help="Empty: all on one day.")

    @api.depends("followup_ids")
    def _compute_count(self):
        for move in self:
            move.count = len(move.followup_ids)

    def action_apply(self):
        """Move, in the order in which they were to begin."""
        self.ensure_one()
        last = self.date_to or self.date
        if last < self.date:
            raise UserError(self.env._("The last day lies before the first."))
        days = (last - self.date).days + 1
        ordered = self.followup_ids.sorted(lambda f: (f.date_start, f.id))
        share = max(1, -(-len(ordered) // days))
        for index in range(0, len(ordered), share):
            ordered[index:index + share]._move(self.date + timedelta(days=index // share))
        return {"type": "ir.actions.act_window_close"}
