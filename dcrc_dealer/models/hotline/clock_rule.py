from odoo import fields, models


class ClockRule(models.Model):
    _inherit = "dcrc.clock.rule"

    kind = fields.Selection(selection_add=[("hotline", "Hotline: called back")], ondelete={"hotline": "cascade"})
