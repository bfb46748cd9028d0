from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ServicePlanStep(models.Model):
    """One service of a plan: after so many km or months, whichever comes first."""

    _name = "dcrc.service.plan.step"
    _description = "Service of a plan"
    _order = "plan_id, kind, sequence, id"

    plan_id = fields.Many2one("dcrc.service.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("first", "First service"), ("periodic", "Periodic service")],
        "Type",
        required=True,
        default="periodic",
        help="First service: counted from delivery, once.\n"
        "Periodic: counted from the last service; several take turns in their order.",
    )
    name = fields.Char("Name of the service", translate=True)
    km = fields.Integer("After (km)")
    months = fields.Integer("After (months)")
    items = fields.Text("Service Content", translate=True, help="What is done, one item a line.")
    bring = fields.Text("To bring", translate=True, help="Papers and things the customer should bring.")

    _not_negative = models.Constraint(
        "CHECK (km >= 0 AND months >= 0)", "Km and months of a service cannot be negative."
    )

    @api.depends("name", "kind", "km", "months")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step.name or step._describe()

    @api.constrains("kind", "km", "months")
    def _check_interval(self):
        for step in self:
            if not step.km and not step.months:
                kinds = dict(step._fields["kind"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(step)s” says neither km nor months: enter at least one of them.",
                        step=step.name or kinds[step.kind],
                    )
                )
            if step.km > 200000 or step.months > 120:
                raise ValidationError(self.env._("An interval of more than 200,000 km or 120 months cannot be right."))

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.plan_id._touch_cars()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if not {"kind", "km", "months", "sequence"}.isdisjoint(vals):
            self.plan_id._touch_cars()
        return result

    def unlink(self):
        plans = self.plan_id
        result = super().unlink()
        plans.exists()._check_steps()
        plans.exists()._touch_cars()
        return result

    def _describe(self):
        """In short: "5,000 km or 3 months"."""
        parts = []
        if self.km:
            parts.append(self.env._("%(km)s km", km=f"{self.km:,}"))
        if self.months:
            parts.append(self.env._("%(months)s months", months=self.months))
        return self.env._(" or ").join(parts)
