from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .lifecycle_rule import STAGES


class RetentionCase(models.Model):
    """One attempt to win a customer back (handbook RET-2): plan, contacts, time, cost, result."""

    _name = "dcrc.retention.case"
    _description = "Win-back case"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "opened_on desc, id desc"
    _check_company_auto = True
    _moves = {"open": ("won", "lost", "cancelled"), "lost": ("won", "open"), "cancelled": ("open",)}
    _stamps = {"won": ("closed_on",), "lost": ("closed_on",), "cancelled": ("closed_on",)}

    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('dcrc_kind', '=', 'customer')]",
    )
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one("res.partner", "Customer", index=True, ondelete="restrict", check_company=True)
    user_id = fields.Many2one("res.users", "Specialist", index=True, domain="[('share', '=', False)]", tracking=True)
    plan_id = fields.Many2one(
        "dcrc.retention.plan", "Win-back plan", index=True, check_company=True, ondelete="restrict", tracking=True
    )
    state = fields.Selection(
        [("open", "In Progress"), ("won", "Won back"), ("lost", "Not Won"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
    )
    # how it stood when the case was opened
    opened_on = fields.Date("Opened", required=True, readonly=True, default=lambda self: self._today())
    stage = fields.Selection(STAGES, readonly=True)
    risk = fields.Integer(readonly=True, aggregator="avg")
    risk_note = fields.Text("Why at risk", readonly=True, dcrc_personal="words")
    region = fields.Selection([("local", "Local"), ("other", "Other region")], readonly=True)
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty")], readonly=True)
    value = fields.Float("Spent in two years", readonly=True, digits=(12, 2))
    # work
    next_contact_on = fields.Date(
        "Contact on",
        default=lambda self: self._today(),
        tracking=True,
        help="A follow-up is planned for this day; set another day for the next attempt.",
    )
    followup_ids = fields.Many2many("dcrc.followup", compute="_compute_work", string="Contact Log")
    attempt_count = fields.Integer("Attempts so far", compute="_compute_work")
    minutes = fields.Float("Minutes on the phone", compute="_compute_work", digits=(8, 1))
    minutes_extra = fields.Float("Further minutes", digits=(8, 1), help="Visits, letters, talks.")
    cost = fields.Float(digits=(12, 2))
    # result
    reason_id = fields.Many2one(
        "dcrc.reason", "Reason of loss", domain="[('kind', '=', 'lost')]", index=True, tracking=True, check_company=True
    )
    helped = fields.Char("What helped", help="For the library of plans: what made the difference.")
    note = fields.Text(dcrc_personal="words")
    closed_on = fields.Date("Ended On", readonly=True)
    visit_id = fields.Many2one(
        "dcrc.service.visit", "Came with", readonly=True, index="btree_not_null", check_company=True
    )

    _one_open = models.UniqueIndex("(vehicle_id) WHERE state = 'open'", "This car has an open win-back case.")
    _contact_idx = models.Index("(company_id, next_contact_on) WHERE state = 'open'")
    _written_idx = models.Index("(company_id, write_date)")
    _not_negative = models.Constraint(
        "CHECK (cost >= 0 AND minutes_extra >= 0)", "Cost and minutes cannot be negative."
    )

    @api.model
    def _today(self):
        return self.env.company._dcrc_today()

    @api.depends("vehicle_id", "partner_id")
    def _compute_display_name(self):
        for case in self:
            case = case.sudo()
            parts = [case.vehicle_id.license_plate or case.vehicle_id.vin_sn, case.partner_id.name]
            case.display_name = " · ".join(filter(None, parts))

    def _compute_work(self):
        followups = self.env["dcrc.followup"].search([("source_model", "=", self._name), ("source_id", "in", self.ids)])
        by_case = {}
        for followup in followups:
            by_case[followup.source_id] = by_case.get(followup.source_id, followups.browse()) | followup
        for case in self:
            mine = by_case.get(case._origin.id, followups.browse())
            calls = mine.call_ids.filtered(lambda call: call.state == "done")
            case.followup_ids = mine
            case.attempt_count = len(calls)
            case.minutes = sum(calls.mapped("duration"))

    @api.constrains("next_contact_on", "opened_on")
    def _check_next_contact(self):
        for case in self:
            if case.next_contact_on and not 0 <= (case.next_contact_on - case.opened_on).days <= 1000:
                raise ValidationError(
                    self.env._("The contact day lies before the case was opened, or years away: choose another.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        cars = self.env["fleet.vehicle"].browse([vals["vehicle_id"] for vals in vals_list])
        plans = self.env["dcrc.retention.plan"].search([("company_id", "in", cars.company_id.ids)])
        cars.fetch(["dcrc_contact_id", "dcrc_stage", "dcrc_risk"])
        for vals, car in zip(vals_list, cars, strict=True):
            for name, value in self._prepare_from_car(car, plans).items():
                vals.setdefault(name, value)
        return super().create(vals_list)

    def write(self, vals):
        """What came of a closed case stays as it was written down; a new try is a step (`action_reopen`)."""
        if vals and not self.env.su and any(case.state != "open" for case in self):
            raise UserError(self.env._("This case is closed. Open it again to go on."))
        return super().write(vals)

    @api.model
    def _prepare_from_car(self, car, plans):
        """Values of a new case: how the car stands now, the plan that fits, the customer's specialist."""
        mine = plans.filtered(lambda plan: plan.company_id == car.company_id)
        plan = mine._propose_for(car)
        specialist = car.dcrc_contact_id.dcrc_specialist_id
        return {
            "company_id": car.company_id.id,
            "partner_id": car.dcrc_contact_id.id,
            "user_id": (specialist if specialist.active else self.env.user).id,
            "plan_id": plan.id,
            "cost": plan.cost,
            "stage": car.dcrc_stage,
            "risk": car.dcrc_risk,
            "risk_note": car.dcrc_risk_note,
            "region": car.dcrc_region,
            "warranty": car.dcrc_warranty_state,
            "value": car.dcrc_value,
        }
