from odoo import api, fields, models
from odoo.exceptions import UserError


class VehicleOwner(models.Model):
    """Who owned or used a car since when: a ledger, lines are closed and never removed."""

    _name = "dcrc.vehicle.owner"
    _description = "Owner or user of a car"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True)
    role = fields.Selection([("owner", "Owner"), ("user", "Car user")], required=True)
    date_from = fields.Date("Since")
    date_to = fields.Date("Until")
    source = fields.Selection(
        [("dms", "DMS list"), ("manual", "Entered by hand"), ("call", "Call")], required=True, default="manual"
    )
    note = fields.Char(
        "Why",
        help="What ended or began it, where that is not a sale: a corrected or void paper.",
        dcrc_personal="words",
    )
    current = fields.Boolean(compute="_compute_current", search="_search_current")

    _one_owner = models.UniqueIndex(
        "(vehicle_id) WHERE role = 'owner' AND date_to IS NULL", "A car has one owner at a time."
    )
    _user_once = models.UniqueIndex(
        "(vehicle_id, partner_id) WHERE role = 'user' AND date_to IS NULL", "This person is already a user of the car."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "Ownership cannot end before it began."
    )

    @api.depends("date_to")
    def _compute_current(self):
        for link in self:
            link.current = not link.date_to

    def _search_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("date_to", "=", False)]

    @api.depends("partner_id", "vehicle_id", "role")
    def _compute_display_name(self):
        for link in self:
            link.display_name = f"{link.vehicle_id.license_plate or ''} {link.partner_id.name or ''}".strip()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Who owned a car stays on record: close the line with a date instead."))
