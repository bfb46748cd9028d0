from odoo import fields, models

WHAT = [("role", "Role"), ("share", "Share of Customers"), ("absence", "Absence")]


class StaffLog(models.Model):
    """Who changed whose role, share or absence at a dealer's center: append-only."""

    _name = "dcrc.staff.log"
    _description = "Change to the center's people"
    _order = "id desc"
    _rec_name = "person_id"
    _check_company_auto = True

    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    person_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    what = fields.Selection(WHAT, required=True, readonly=True)
    old = fields.Char("Before", readonly=True)
    new = fields.Char("Delay", readonly=True)
