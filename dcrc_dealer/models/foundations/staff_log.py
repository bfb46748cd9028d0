from odoo import fields, models

WHAT = [("role", "Role"), ("share", "Share of Customers"), ("absence", "Absence")]


class StaffLog(models.Model):
    """Who changed whose role, share or absence at a dealer's center: append-only."""

    _name = "dcrc.staff.log"
    _description = "Change to the center's people"
    _inherit = ["dcrc.log.mixin"]
    _order = "id desc"
    _rec_name = "person_id"
    _check_company_auto = True

    person_id = fields.Many2one("res.users", "Staff Member", required=True, readonly=True, index=True)
    what = fields.Selection(WHAT, "Change", required=True, readonly=True)
    old = fields.Char("Old Value", readonly=True)
    new = fields.Char("New Value", readonly=True)
