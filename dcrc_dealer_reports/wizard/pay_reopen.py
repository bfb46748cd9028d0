from odoo import fields, models


class PayReopen(models.TransientModel):
    """Asks the general manager why a closed month is opened again."""

    _name = "dcrc.pay.reopen"
    _description = "Open a Closed Month Again"

    pay_id = fields.Many2one("dcrc.pay.month", required=True, ondelete="cascade")
    reason = fields.Char(required=True)

    def action_reopen(self):
        """Button: open it; the reason stays in the log."""
        self.ensure_one()
        self.pay_id._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
