from odoo import fields, models


class PaperVoid(models.TransientModel):
    """Asks why papers are to be void, or to count again (FUP-12)."""

    _name = "dcrc.paper.void"
    _description = "Make papers void"

    res_model = fields.Selection(
        [("dcrc.delivery", "Delivery"), ("dcrc.service.visit", "Service visit")], "Paper Type", required=True
    )
    res_ids = fields.Json("Papers", required=True)
    reason = fields.Char(required=True, help="Whoever confirms reads it, and it stays with the paper.")

    def action_ask(self):
        """Button: note the wish; another manager or the general manager confirms it."""
        self.ensure_one()
        self.env[self.res_model].browse(self.res_ids).exists()._ask_void(self.reason)
        return {"type": "ir.actions.act_window_close"}
