from odoo import fields, models


class FollowupCancel(models.TransientModel):
    """Asks why follow-ups are called off; somebody else confirms that they leave the base (FUP-10)."""

    _name = "dcrc.followup.cancel"
    _description = "Cancel Follow-ups"

    followup_ids = fields.Many2many("dcrc.followup", string="Follow-ups", required=True)
    reason_id = fields.Many2one(
        "dcrc.reason", required=True, domain="[('kind', '=', 'cancelled'), ('code', 'in', [False, 'by_hand'])]"
    )
    note = fields.Char("Why", required=True, help="Whoever confirms reads it.")

    def default_get(self, names):
        values = super().default_get(names)
        if "reason_id" in names and not values.get("reason_id"):
            values["reason_id"] = self.env["dcrc.followup"]._get_reason("by_hand").id
        return values

    def action_call_off(self):
        """Button: call them off."""
        self.ensure_one()
        self.followup_ids._call_off(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
