from odoo import fields, models


class ClockRule(models.Model):
    _inherit = "dcrc.clock.rule"

    kind = fields.Selection(
        selection_add=[("hotline_call", "Hotline: called back")], ondelete={"hotline_call": "cascade"}
    )
