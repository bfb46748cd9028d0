from odoo import fields, models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    dcrc_opening = fields.Boolean(
        "Opening hours of a service", readonly=True, copy=False, help="A manager may change them."
    )
