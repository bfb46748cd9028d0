from odoo import api, fields, models


class Delivery(models.Model):
    """A car handed over to its buyer; the clock of the first call starts here (FUP-1)."""

    _name = "dcrc.delivery"
    _description = "Delivery of a new car"
    _order = "date desc, id desc"
    _rec_name = "order_no"
    _inherit = ["dcrc.key.field.mixin", "dcrc.void.mixin"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    order_no = fields.Char("Sales order", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Buyer", required=True, index=True, ondelete="restrict", check_company=True
    )
    invoice_date = fields.Date("Invoiced on")
    date = fields.Date("Delivered on", required=True)
    consultant = fields.Char("Sales consultant")
    insurer = fields.Char()
    insurance_end = fields.Date("Insured until")
    source = fields.Char("Customer Source")
    list_date = fields.Date("Date of the DMS list", readonly=True)

    _order_once = models.UniqueIndex(
        "(company_id, order_no, vehicle_id)", "A delivery of this car with this sales order exists already."
    )
    _date_idx = models.Index("(company_id, date)")
    _date_sane = models.Constraint("CHECK (date >= DATE '1980-01-01')", "A delivery before 1980 cannot be right.")

    def _dcrc_key_fields(self):
        # Whose paper it is decides who is called: the manager's word, as for the car's owner (CUS-7).
        return ["partner_id", "vehicle_id"]

    @api.depends("order_no", "vehicle_id.license_plate")
    def _compute_display_name(self):
        for delivery in self:
            plate = delivery.sudo().vehicle_id.license_plate
            delivery.display_name = f"{delivery.order_no} {plate or ''}".strip()

    def _void_changed(self):
        """A sale that fell through takes its car back; one that counts again hands it over anew."""
        result = super()._void_changed()
        for delivery in self.sudo().with_context(dcrc_source="dms", dcrc_direct_write=True):
            delivery._take_car_back() if delivery.void else delivery._hand_car_over()
        return result

    def _take_car_back(self):
        car = self.vehicle_id
        others = car.dcrc_delivery_ids.filtered(lambda other: not other.void and other != self).sorted("date")
        car.dcrc_delivery_date = others[-1:].date
        if car.dcrc_purchase_date == self.invoice_date:
            car.dcrc_purchase_date = others[-1:].invoice_date
        if car.dcrc_owner_id == self.partner_id and self.partner_id not in others.partner_id:
            why = self.env._("Order %(order)s is void.", order=self.order_no)
            nobody = self.env["res.partner"]
            car._dcrc_set_owners([(car, nobody, self.company_id._dcrc_today())], "dms", {car.id: why})

    def _hand_car_over(self):
        car = self.vehicle_id
        if not car.dcrc_delivery_date or car.dcrc_delivery_date < self.date:
            car.write({"dcrc_delivery_date": self.date, "dcrc_purchase_date": self.invoice_date})
        if not car.dcrc_owner_id:
            why = self.env._("Order %(order)s counts again.", order=self.order_no)
            car._dcrc_set_owners([(car, self.partner_id, self.company_id._dcrc_today())], "dms", {car.id: why})
