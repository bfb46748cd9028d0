from odoo import fields, models


class MatterMixin(models.AbstractModel):
    """A numbered matter of one customer, and mostly of one car, at one dealer."""

    _name = "dcrc.matter.mixin"
    _description = "Matter of a customer"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('dcrc_customer', '=', True), ('company_id', '=', company_id)]",
    )
    customer_name = fields.Char(related="partner_id.name", string="Customer's Name", dcrc_personal="name")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dcrc_kind', '=', 'customer'), ('company_id', '=', company_id)]",
    )
