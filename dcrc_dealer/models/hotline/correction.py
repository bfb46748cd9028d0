from odoo import fields, models


class Correction(models.Model):
    _inherit = "dcrc.correction"

    hotline_id = fields.Many2one(
        "dcrc.hotline", "From the Hotline", readonly=True, index="btree_not_null", check_company=True, copy=False
    )
