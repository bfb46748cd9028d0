from odoo import api, fields, models

from ..foundations.res_company_rooms import Room

MENUS = ("warranty_case_menu", "warranty_repair_menu", "comeback_menu", "warranty_limit_menu")


class ResCompany(models.Model):
    """A dealer may do without the warnings of the statutory warranty."""

    _inherit = "res.company"

    dcrc_room_warranty = fields.Boolean(
        "Statutory Warranty (三包)", default=True, help="Warnings from repair orders, and repairs that came back."
    )

    @api.model
    def _dcrc_rooms(self):
        return {**super()._dcrc_rooms(), "warranty": Room(MENUS)}

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.warranty.limit"]
