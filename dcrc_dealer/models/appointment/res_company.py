from odoo import api, fields, models

from ..foundations.res_company_rooms import Room
from .appointment_followups import TRIGGERS

HORIZON_MAX = 366
MENUS = ("menu_dcrc_appointment", "appointment_kind_menu", "appointment_resource_menu")


class ResCompany(models.Model):
    """What a dealer can set about appointments (handbook APT-1, APT-2)."""

    _inherit = "res.company"

    dcrc_room_appointment = fields.Boolean(
        "Appointments", default=True, help="Off where another system books: calls, board and figures of appointments."
    )
    dcrc_slot_minutes = fields.Selection(
        [("15", "15 minutes"), ("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour")],
        "A slot every",
        default="30",
        required=True,
    )
    dcrc_walk_in_hours = fields.Float(
        "Booked ahead (hours)", default=3.0, help="What is booked later than this before its start counts as a walk-in."
    )
    dcrc_booking_days = fields.Integer("Bookable ahead (days)", default=60)
    dcrc_late_minutes = fields.Integer(
        "Late after (minutes)", default=15, help="Then the board shows the customer as late."
    )
    dcrc_visit_match_days = fields.Integer(
        "Repair order matches (days)",
        default=1,
        help="A repair order of the DMS belongs to the appointment of the same car when their"
        " days are not further apart.",
    )
    dcrc_offer_hours = fields.Integer(
        "Freed place is kept (hours)",
        default=24,
        help="So long a freed place stays offered to the one who waits, before the next is asked.",
    )

    dcrc_host_id = fields.Many2one(
        "res.users", "Receives VIP and fleet customers", help="A supervisor or above; the board names this person."
    )
    dcrc_farewell_id = fields.Many2one("res.users", "Sees them off", help="Empty: whoever receives them.")
    dcrc_host_place = fields.Char("Received at", help="Where VIP and fleet customers are received.")

    _dcrc_appointment_figures_sane = models.Constraint(
        f"CHECK (dcrc_walk_in_hours >= 0 AND dcrc_booking_days BETWEEN 1 AND {HORIZON_MAX}"
        " AND dcrc_late_minutes >= 0 AND dcrc_visit_match_days BETWEEN 0 AND 30 AND dcrc_offer_hours > 0)",
        "Hours, minutes and days in the settings of appointments cannot be negative;"
        " appointments can be made up to one year ahead.",
    )

    @api.model
    def _dcrc_rooms(self):
        return {**super()._dcrc_rooms(), "appointment": Room(MENUS, TRIGGERS)}

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.appointment.kind", "dcrc.appointment.resource"]
