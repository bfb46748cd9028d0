from odoo import fields, models


class ClockRule(models.Model):
    _inherit = "dcrc.clock.rule"

    kind = fields.Selection(
        selection_add=[
            ("warranty_seen", "Statutory warranty: warning taken in hand"),
            ("warranty_reply", "Statutory warranty: reply to a claim"),
            ("warranty_done", "Statutory warranty: claim settled"),
        ],
        ondelete={"warranty_seen": "cascade", "warranty_reply": "cascade", "warranty_done": "cascade"},
    )
