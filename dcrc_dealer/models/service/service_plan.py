from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

from ...tools.forecast import Step

SCOPE = {
    "model_ids",
    "energy",
    "valid_from",
    "valid_to",
    "active",
    "sequence",
    "company_id",
    "warranty_months",
    "warranty_km",
    "three_pack_months",
    "three_pack_km",
}
ENERGIES = [("combustion", "Combustion engine"), ("new_energy", "New energy")]


class ServicePlan(models.Model):
    """When cars of some models need service: first service, then intervals (handbook REM-1).

    A car follows the first plan in order that names its model, else the first one that
    names its kind of drive, else the first without either.
    """

    _name = "dcrc.service.plan"
    _description = "Service plan"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_sample = fields.Boolean(
        "Sample, to be checked",
        help="Shipped figures to start from. Compare them with the manufacturer's handbook,"
        " correct them, and take the mark off.",
    )
    source = fields.Char("Taken from", translate=True, help="Where the figures stand, and of which day.")
    # which cars
    model_ids = fields.Many2many("fleet.vehicle.model", string="Models", help="Empty: all models.")
    energy = fields.Selection(ENERGIES, "Powertrain", help="Empty: both.")
    valid_from = fields.Date("For cars delivered from")
    valid_to = fields.Date("To")
    # what
    step_ids = fields.One2many("dcrc.service.plan.step", "plan_id", "Services", copy=True)
    summary = fields.Char(compute="_compute_summary")
    # promises by date or km, whichever comes first
    warranty_months = fields.Integer("Warranty (months)", default=36)
    warranty_km = fields.Integer("Warranty (km)", default=60000)
    three_pack_months = fields.Integer(
        "Statutory Warranty (months)",
        default=24,
        help="Validity of the three guarantees (三包): repair, exchange, return. The law's least"
        " since 2022-01-01 is 2 years or 50,000 km, whichever comes first.",
    )
    three_pack_km = fields.Integer("Statutory Warranty (km)", default=50000)
    car_count = fields.Integer("Cars", compute="_compute_car_count")
    overlap_note = fields.Char(compute="_compute_overlap_note")

    _dates_in_order = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "A plan cannot end before it begins.",
    )
    _promises_positive = models.Constraint(
        "CHECK (warranty_months >= 0 AND warranty_km >= 0 AND three_pack_months >= 0 AND three_pack_km >= 0)",
        "Months and km of a guarantee cannot be negative.",
    )

    @api.depends("step_ids.kind", "step_ids.km", "step_ids.months")
    def _compute_summary(self):
        for plan in self:
            plan.summary = " → ".join(step._describe() for step in plan.step_ids)

    def _compute_car_count(self):
        groups = self.env["fleet.vehicle"]._read_group(
            [("dcrc_plan_id", "in", self.ids)], ["dcrc_plan_id"], ["__count"]
        )
        counts = {plan.id: count for plan, count in groups}
        for plan in self:
            plan.car_count = counts.get(plan.id, 0)

    @api.depends("model_ids", "energy", "valid_from", "valid_to", "sequence", "active")
    def _compute_overlap_note(self):
        """Say which plan comes first where two hold for the same cars."""
        for plan in self:
            others = self.search([("company_id", "=", plan.company_id.id), ("id", "!=", plan._origin.id)])
            twin = others.filtered(plan._holds_for_the_same)[:1]
            plan.overlap_note = bool(twin and plan.active) and self.env._(
                "“%(plan)s” holds for the same cars and days: a car follows the one that stands higher in the list.",
                plan=twin.name,
            )

    def _holds_for_the_same(self, other):
        """Do both name a model or drive in common, for the same days of delivery?"""
        models_named, theirs = self.model_ids._origin, other.model_ids._origin
        same = models_named & theirs if models_named or theirs else self.energy == other.energy
        starts, ends = (plan_date or False for plan_date in (other.valid_from, other.valid_to))
        too_late = self.valid_to and starts and starts > self.valid_to
        too_early = self.valid_from and ends and ends < self.valid_from
        return bool(same) and not too_late and not too_early

    @api.constrains("step_ids")
    def _check_steps(self):
        for plan in self.filtered(lambda p: not p.is_template):  # a file's lines follow their plan
            kinds = plan.step_ids.mapped("kind")
            if "periodic" not in kinds:
                raise ValidationError(
                    self.env._(
                        "“%(plan)s” has no interval: add at least one periodic service with km or months.",
                        plan=plan.name,
                    )
                )
            if kinds.count("first") > 1:
                raise ValidationError(self.env._("“%(plan)s” has more than one first service.", plan=plan.name))

    @api.constrains("valid_from", "valid_to")
    def _check_dates(self):
        for plan in self:
            for day in filter(None, (plan.valid_from, plan.valid_to)):
                if not 1980 <= day.year <= 2100:
                    raise ValidationError(self.env._("%(day)s cannot be right.", day=format_date(self.env, day)))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # a constraint on lines is not asked when there are none
            vals.setdefault("step_ids", [])
        plans = super().create(vals_list)
        plans._touch_cars()
        return plans

    def write(self, vals):
        figures = not SCOPE.isdisjoint(vals)
        if figures:
            self._touch_cars()  # the cars that leave it
        result = super().write(vals)
        if figures:
            self._touch_cars()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for plan in self.filtered("car_count"):
            raise UserError(
                self.env._(
                    "%(count)s cars follow “%(plan)s”: archive it instead, or they have no service any more.",
                    count=plan.car_count,
                    plan=plan.name,
                )
            )

    def action_open_cars(self):
        """Button: the cars that follow this plan."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.due_car_action")
        return {**action, "domain": [("dcrc_plan_id", "in", self.ids)], "context": {}}

    def _touch_cars(self):
        """Have the cars forecast anew that follow these plans or could."""
        for company, plans in self.filtered("company_id").grouped("company_id").items():
            models_named = plans.model_ids.ids
            every = any(not plan.model_ids for plan in plans)
            scope = (
                SQL("TRUE")
                if every
                else SQL("(v.model_id = ANY(%s) OR v.dcrc_plan_id = ANY(%s))", models_named, plans.ids)
            )
            self.env["fleet.vehicle"]._dcrc_touch(SQL("v.company_id = %s AND %s", company.id, scope))

    def _prepare_template_copy(self, company):
        return {**super()._prepare_template_copy(company), "is_sample": self.is_sample}

    @api.model
    def _get_plans(self, company):
        """Active plans of `company` in order, as plain dicts for the forecast."""
        plans = self.sudo().search([("company_id", "=", company.id)])
        return [
            {
                "id": plan.id,
                "models": set(plan.model_ids.ids),
                "energy": plan.energy,
                "from": plan.valid_from,
                "to": plan.valid_to,
                "steps": [Step(s.kind, s.km, s.months, s.id) for s in plan.step_ids],
                "warranty": (plan.warranty_months, plan.warranty_km),
                "three_pack": (plan.three_pack_months, plan.three_pack_km),
            }
            for plan in plans
        ]
