from odoo import fields, models


class ClockRule(models.Model):
    _inherit = "dcrc.clock.rule"

    kind = fields.Selection(
        selection_add=[("handing", "Problem of a call: handed to a department"), ("correction", "Correction: cleared")],
        ondelete={"handing": "cascade", "correction": "cascade"},
    )
