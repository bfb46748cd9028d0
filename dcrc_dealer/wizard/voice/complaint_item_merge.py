from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintItemMerge(models.TransientModel):
    """Lets one entry of a complaint list take over others; their cases keep their sums together."""

    _name = "dcrc.complaint.item.merge"
    _description = "Merge Complaint List Entries"

    item_ids = fields.Many2many(
        "dcrc.complaint.item", string="Entries", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    target_id = fields.Many2one("dcrc.complaint.item", "Goes on as", required=True, domain="[('id', 'in', item_ids)]")

    def action_merge(self):
        """Button: merge them; what goes on keeps its name."""
        self.ensure_one()
        if self.target_id not in self.item_ids or len(self.item_ids) < 2:
            raise UserError(self.env._("Choose at least two entries, and which of them goes on."))
        self.item_ids.check_access("write")
        self.item_ids._merge_into(self.target_id)
        return {"type": "ir.actions.act_window_close"}
