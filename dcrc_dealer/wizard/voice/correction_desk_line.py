from odoo import api, fields, models

from ...tools.mask import mask_name, mask_plate


class CorrectionDeskLine(models.TransientModel):
    """A customer that the desk has found, and one of the cars: nothing of the file is readable here."""

    _name = "dcrc.correction.desk.line"
    _description = "Customer Found at the Desk"

    desk_id = fields.Many2one("dcrc.correction.desk", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, groups="dcrc_dealer.group_dcrc_reader", ondelete="cascade"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", readonly=True, groups="dcrc_dealer.group_dcrc_reader", ondelete="cascade"
    )
    name = fields.Char(readonly=True)
    car = fields.Char("Car's Plate", readonly=True)
    numbers = fields.Char(readonly=True)

    @api.model
    def _prepare_lines(self, partner):
        """Values of a line for each car of a customer (one without a car when there is none)."""
        numbers = "、".join(partner.dcrc_phone_ids.mapped("number_masked"))
        return [
            {
                "partner_id": partner.id,
                "vehicle_id": car.id,
                "name": mask_name(partner.name),
                "car": mask_plate(car.license_plate or car.vin_sn),
                "numbers": numbers,
            }
            for car in partner.dcrc_vehicle_ids[:3] or [partner.dcrc_vehicle_ids]
        ]

    def action_choose(self):
        """Button: this is the customer at the desk."""
        self.ensure_one()
        self.check_access("write")
        self._choose()
        return self.desk_id._show()

    def _choose(self):
        partner = self.sudo().partner_id
        phone = partner._dcrc_best_phone() or partner.dcrc_phone_ids[:1]
        self.desk_id._dcrc_step({"line_id": self.id, "wrong_tail": (phone.number or "")[-4:] or False})
