from odoo import fields, models


class Appointment(models.Model):
    _inherit = "dcrc.appointment"

    hotline_id = fields.Many2one(
        "dcrc.hotline", "From the Hotline", readonly=True, index="btree_not_null", check_company=True, copy=False
    )
