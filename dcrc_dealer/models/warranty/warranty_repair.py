from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class WarrantyRepair(models.Model):
    """A repair order as the statutory warranty sees it: days, fault, main part, what it comes back from.

    Made by the nightly judging from the order; what its words propose a person confirms or refuses, and that stays.
    """

    _name = "dcrc.warranty.repair"
    _description = "Repair under Statutory Warranty"
    _order = "day_in desc, id desc"
    _rec_name = "visit_id"
    _check_company_auto = True

    visit_id = fields.Many2one(
        "dcrc.service.visit", "Repair order", required=True, readonly=True, ondelete="cascade", check_company=True
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(related="visit_id.kind", string="Order Type")
    work = fields.Text(related="visit_id.work")
    mileage = fields.Integer(related="visit_id.mileage")
    day_in = fields.Date("Checked In On", required=True, readonly=True)
    day_out = fields.Date("Checked Out On", readonly=True)
    days = fields.Integer(
        "Days in Repair", readonly=True, help="First and last day counted; of one that is in: until now."
    )
    in_term = fields.Boolean("In the Term", readonly=True, help="Within the statutory warranty's time and km.")
    covered = fields.Boolean(
        "Quality of the Car", default=True, readonly=True, help="No: misuse, accident, wear. It then counts nowhere."
    )
    counts = fields.Boolean(compute="_compute_counts", store=True)
    fault_id = fields.Many2one(
        "dcrc.warranty.fault", readonly=True, index="btree_not_null", ondelete="set null", check_company=True
    )
    fault_state = fields.Selection(
        [
            ("own", "A fault of its own"),
            ("proposed", "Same fault?"),
            ("confirmed", "Same fault"),
            ("apart", "Another fault"),
        ],
        "Fault Again",
        required=True,
        readonly=True,
        default="own",
    )
    part = fields.Char("Main Part Replaced", readonly=True)
    part_state = fields.Selection(
        [("proposed", "Replaced?"), ("confirmed", "Replaced"), ("refused", "Not replaced")], "Main Part", readonly=True
    )
    comeback_of_id = fields.Many2one(
        "dcrc.service.visit", "Comes Back from", readonly=True, index="btree_not_null", ondelete="set null"
    )
    comeback_state = fields.Selection(
        [("proposed", "Comeback?"), ("confirmed", "Comeback"), ("refused", "No comeback")], "Comeback", readonly=True
    )
    judged_on = fields.Datetime(readonly=True)

    _visit_once = models.UniqueIndex("(visit_id)", "This repair order stands here already.")

    @api.depends("in_term", "covered")
    def _compute_counts(self):
        for repair in self:
            repair.counts = repair.in_term and repair.covered

    # -- a person decides ----------------------------------------------------------

    def action_same_fault(self):
        """It is the same fault as before."""
        self._decide({"fault_state": "confirmed"}, lambda r: r.fault_state in ("proposed", "apart") and r.fault_id)

    def action_other_fault(self):
        """It is another fault: it gets one of its own."""
        self._decide({"fault_state": "apart"}, lambda r: r.fault_state in ("proposed", "confirmed"))

    def action_part(self):
        """The main part was replaced."""
        self._decide({"part_state": "confirmed"}, lambda r: r.part)

    def action_no_part(self):
        """No main part was replaced."""
        self._decide({"part_state": "refused"}, lambda r: r.part)

    def action_comeback(self):
        """It came back within the guarantee on the repair before."""
        self._decide({"comeback_state": "confirmed"}, lambda r: r.comeback_of_id)

    def action_no_comeback(self):
        """It has nothing to do with the repair before."""
        self._decide({"comeback_state": "refused"}, lambda r: r.comeback_of_id)

    def action_covered(self):
        """It was a matter of the car's quality."""
        self._decide({"covered": True}, lambda r: True)

    def action_not_covered(self):
        """Misuse, accident or wear: it counts nowhere."""
        self._decide({"covered": False}, lambda r: True)

    def _decide(self, vals, possible):
        """Note the decision and judge the cars anew, at once."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the center's staff decide what a repair was."))
        self.check_access("read")
        if not all(map(possible, self)):
            raise UserError(self.env._("There is nothing to decide here."))
        self.sudo().write(vals)
        self.sudo().vehicle_id._dcrc_judge_warranty()
