from odoo import fields, models


class Complaint(models.Model):
    _inherit = "dcrc.complaint"

    hotline_id = fields.Many2one(
        "dcrc.hotline", "From the Hotline", readonly=True, index="btree_not_null", check_company=True, copy=False
    )
