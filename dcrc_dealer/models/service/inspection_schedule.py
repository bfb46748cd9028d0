from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.inspection import Span


class InspectionSchedule(models.Model):
    """Rules of the periodic inspection (年检) for a kind of car: the law as data, with its source."""

    _name = "dcrc.inspection.schedule"
    _description = "Inspection rules"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_default = fields.Boolean("For cars without another", help="Holds for every car that names no rules.")
    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared by all dealers of the group, changed by the administrator only.",
    )
    source = fields.Char(translate=True, help="Law or notice, and its date.")
    valid_from = fields.Date("In force since")
    window_months = fields.Integer(
        "May be done (months before)", default=3, required=True, help="Whole months up to the last valid day."
    )
    step_ids = fields.One2many("dcrc.inspection.schedule.step", "schedule_id", "Inspections", copy=True)

    _window_sane = models.Constraint(
        "CHECK (window_months BETWEEN 0 AND 12)", "The window lies between 0 and 12 months."
    )

    @api.constrains("step_ids")
    def _check_steps(self):
        if self._dcrc_told("install_mode"):  # a file's lines follow their rules
            return
        for schedule in self:
            if not schedule.step_ids:
                raise ValidationError(
                    self.env._("“%(name)s” names no inspection: add at least one line.", name=schedule.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        cars = self.env["fleet.vehicle"].sudo().search_count([("dcrc_inspection_schedule_id", "in", self.ids)])
        if cars:
            raise UserError(
                self.env._("%(count)s cars are inspected by these rules: archive them instead.", count=cars)
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("step_ids", [])
        return super().create(vals_list)

    def _get_spans(self):
        """The rules as `tools.inspection.Span`."""
        return [Span(s.first, s.last or None, s.every, s.kind) for s in self.sudo().step_ids]

    @api.model
    def _get_default(self, company):
        """Rules for cars of `company` that name none: the dealer's own before the shared ones."""
        found = self.sudo().search([("is_default", "=", True), ("company_id", "in", [False, company.id])])
        return found.sorted(lambda s: (not s.company_id, s.sequence, s.id))[:1]
