from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError


class WinBack(models.TransientModel):
    """Open win-back cases for chosen cars: with which plan, by whom, from when (handbook RET-2)."""

    _name = "dcrc.win.back"
    _description = "Open win-back cases"

    vehicle_ids = fields.Many2many("fleet.vehicle", string="Cars", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_cars")
    new_ids = fields.Many2many("fleet.vehicle", compute="_compute_cars")
    new_count = fields.Integer("New cases", compute="_compute_cars")
    open_count = fields.Integer("Have an open case already", compute="_compute_cars")
    plan_id = fields.Many2one(
        "dcrc.retention.plan",
        "Win-back plan",
        domain="[('is_template', '=', False), ('company_id', '=', company_id)]",
        help="Empty: for each car the first plan that fits its stage, warranty, region and value.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Specialist",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: each customer's own specialist.",
    )
    next_contact_on = fields.Date(
        "First contact on", required=True, default=lambda self: self.env.company._dcrc_today()
    )
    preview = fields.Text("Plans", compute="_compute_preview")

    @api.depends("vehicle_ids")
    def _compute_cars(self):
        for wizard in self:
            cars = wizard.vehicle_ids.filtered(lambda car: car.dcrc_kind == "customer")
            wizard.company_id = cars.company_id[:1] or self.env.company
            wizard.new_ids = cars.filtered(lambda car: not car.dcrc_case_id)
            wizard.new_count = len(wizard.new_ids)
            wizard.open_count = len(cars) - wizard.new_count

    @api.depends("vehicle_ids", "plan_id")
    def _compute_preview(self):
        plans = self.env["dcrc.retention.plan"]
        for wizard in self:
            every = plans.search([("company_id", "in", wizard.new_ids.company_id.ids)])
            counts = {}
            for car in wizard.new_ids:
                mine = every.filtered(lambda plan, car=car: plan.company_id == car.company_id)
                plan = wizard.plan_id or mine._propose_for(car)
                counts[plan] = counts.get(plan, 0) + 1
            none = self.env._("No plan fits")
            lines = [f"{plan.name or none}: {count}" for plan, count in counts.items()]
            wizard.preview = "\n".join([*lines, *wizard._get_refusals()])

    def _get_refusals(self):
        """Who cannot be contacted for now, and why: their cases wait with their first contact."""
        answers = self.new_ids._origin._dcrc_ask_gate().values()
        counts = Counter(answer.label for answer in answers)
        return [
            self.env._("No contact for now, %(reason)s: %(count)s", reason=label, count=count)
            for label, count in counts.items()
        ]

    def action_apply(self):
        """Open the cases and show them."""
        self.ensure_one()
        if self.next_contact_on < self.company_id._dcrc_today():
            raise UserError(self.env._("A day that has passed cannot be chosen."))
        given = {"next_contact_on": self.next_contact_on}
        if self.plan_id:
            given.update(plan_id=self.plan_id.id, cost=self.plan_id.cost)
        if self.user_id:
            given["user_id"] = self.user_id.id
        return self.vehicle_ids._dcrc_win_back(given)
