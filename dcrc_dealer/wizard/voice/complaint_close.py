from odoo import fields, models


class ComplaintClose(models.TransientModel):
    """Asks what came of one or many complaints, then closes them."""

    _name = "dcrc.complaint.close"
    _description = "Close Complaints"

    complaint_ids = fields.Many2many("dcrc.complaint", string="Complaints", required=True)
    result = fields.Text(required=True, help="What was agreed with the customer in the end.")

    def action_close(self):
        """Close the complaints with this result."""
        self.ensure_one()
        self.complaint_ids._close(self.result)
        return {"type": "ir.actions.act_window_close"}
