from odoo import api, fields, models
from odoo.exceptions import UserError

from .lifecycle_rule import STAGES


class RetentionPlan(models.Model):
    """What is offered to win a customer back; the library of what helped (handbook RET-2, RET-3)."""

    _name = "dcrc.retention.plan"
    _description = "Win-back plan"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    offer = fields.Text(translate=True, help="What is offered, and how to say it.")
    cost = fields.Float("Cost per case", digits=(12, 2))
    # for whom it is proposed
    stage = fields.Selection(STAGES, "For stage", help="Empty: all stages.")
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty")], "For cars", help="Empty: both.")
    region = fields.Selection([("local", "Local"), ("other", "Other region")], help="Empty: both.")
    value_from = fields.Float(
        "From spent in two years", digits=(12, 2), help="Proposed to customers who spent at least so much."
    )
    case_ids = fields.One2many("dcrc.retention.case", "plan_id", "Cases")
    case_count = fields.Integer("Number of cases", compute="_compute_figures")
    won_rate = fields.Float("Won back (%)", compute="_compute_figures", digits=(5, 1))
    effect = fields.Char(compute="_compute_effect", help="Cars that came back, beside comparable cars without a case.")

    _figures_positive = models.Constraint("CHECK (cost >= 0 AND value_from >= 0)", "Cost and value cannot be negative.")

    def _compute_figures(self):
        groups = self.env["dcrc.retention.case"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id", "state"], ["__count"]
        )
        counts = {}
        for plan, state, count in groups:
            counts.setdefault(plan.id, {})[state] = count
        for plan in self:
            mine = counts.get(plan.id, {})
            closed = mine.get("won", 0) + mine.get("lost", 0)
            plan.case_count = sum(mine.values())
            plan.won_rate = 100 * mine.get("won", 0) / closed if closed else 0

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for plan in self.filtered("case_count"):
            raise UserError(
                self.env._(
                    "%(count)s cases follow “%(plan)s”: archive it instead, its effect stays readable.",
                    count=plan.case_count,
                    plan=plan.name,
                )
            )

    @api.depends_context("lang")
    def _compute_effect(self):
        groups = self.env["dcrc.retention.effect"]._read_group(
            [("plan_id", "in", self.ids)],
            ["plan_id"],
            ["judged:sum", "compared:sum", "came_rate:avg", "expected_rate:avg", "effect:avg", "comparable:max"],
        )
        figures = {plan.id: row for plan, *row in groups}
        for plan in self:
            plan.effect = plan._tell_effect(*figures.get(plan.id, (0, 0, 0, 0, 0, 0)))

    def _tell_effect(self, judged, compared, came, expected, effect, cars):
        """The effect in words; "–" with the reason where there is none (RET-2)."""
        if not judged:
            return self.env._("– no case is old enough to judge")
        if not compared:
            return self.env._("– too few comparable cars (%(cars)s)", cars=cars)
        needed = self.env.company.sudo().dcrc_rate_minimum
        if compared < needed:
            return self.env._("– too few cases to judge (%(count)s of %(needed)s)", count=compared, needed=needed)
        return self.env._(
            "%(effect)+.1f points: %(came).1f %% came back, %(expected).1f %% of %(cars)s comparable cars",
            effect=effect,
            came=came,
            expected=expected,
            cars=cars,
        )

    def action_open_cases(self):
        """Button: the cases that follow this plan."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.retention_case_action")
        return {**action, "domain": [("plan_id", "in", self.ids)], "context": {}}

    def _propose_for(self, car):
        """Return the first of these plans that fits `car` (may be empty)."""

        def fits(plan):
            return (
                plan.stage in (False, car.dcrc_stage)
                and plan.warranty in (False, car.dcrc_warranty_state)
                and plan.region in (False, car.dcrc_region)
                and car.dcrc_value >= plan.value_from
            )

        return self.filtered(fits)[:1]
