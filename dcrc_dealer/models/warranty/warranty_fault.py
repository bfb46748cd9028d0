from odoo import api, fields, models


class WarrantyFault(models.Model):
    """A fault of a car: the repairs that people, or their words, say are of it."""

    _name = "dcrc.warranty.fault"
    _description = "Fault of a Car"
    _order = "vehicle_id, id"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    repair_ids = fields.One2many("dcrc.warranty.repair", "fault_id", "Repairs", readonly=True)
    repair_count = fields.Integer("Number of Repairs", compute="_compute_repair_count")

    @api.depends("repair_ids.counts")
    def _compute_repair_count(self):
        for fault in self:
            fault.repair_count = len(fault.repair_ids.filtered("counts"))
