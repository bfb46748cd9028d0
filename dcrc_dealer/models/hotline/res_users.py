from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    dcrc_extension = fields.Char(
        "Telephone Extension", help="By it the telephone system names this person, and calls from it.", copy=False
    )
