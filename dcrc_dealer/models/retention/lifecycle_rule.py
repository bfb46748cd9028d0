from odoo import api, fields, models
from odoo.exceptions import ValidationError

STAGES = [("new", "New"), ("active", "Active customer"), ("at_risk", "At risk"), ("lost", "Lost"), ("gone", "Gone")]
ALARMS = [("new_not_back", "New car not back"), ("second_dropout", "Second service missed")]
CONDITIONS = [
    ("delivered_within", "Delivered within (days), no service yet"),
    ("never_back", "Delivered (days) ago and never back"),
    ("overdue", "Past its service by (days)"),
    ("second_overdue", "Came for one service only, next one past by (days)"),
    ("absent", "Last visit longer ago than (days)"),
    ("failed_calls", "Not reached (times) in a year"),
    ("refused", "Refused (times) in a year"),
    ("elsewhere", "Served elsewhere (times) in a year"),
    ("dissatisfied", "Dissatisfied (times) in a year"),
    ("out_of_warranty", "Out of warranty since (days)"),
    ("blocked", "Cannot be contacted"),
    ("score", "Risk score of at least (points)"),
    ("always", "All other cars"),
]
RULE_FIELDS = {
    "condition",
    "threshold",
    "threshold_to",
    "points",
    "stage",
    "alarm",
    "active",
    "sequence",
    "block_reason",
}


class LifecycleRule(models.Model):
    """One reason why a customer may be lost, and what it says about the car (handbook RET-1).

    The points of all rules that hold add up to the risk score; the first rule in order
    that holds and names a stage gives the stage.
    """

    _name = "dcrc.lifecycle.rule"
    _description = "Life-cycle rule"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Stands as the reason on the car.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    condition = fields.Selection(CONDITIONS, required=True, default="overdue")
    threshold = fields.Integer("From", help="Days, times or points, as the condition says.")
    threshold_to = fields.Integer("To", help="0: without end.")
    block_reason = fields.Selection(lambda self: self.env["dcrc.gate"]._get_labels())
    points = fields.Integer("Risk points", help="0 for rules that only tell the stage.")
    stage = fields.Selection(STAGES, help="Empty: says nothing about the stage.")
    alarm = fields.Selection(ALARMS, "Raises an Alert")

    _figures_sane = models.Constraint(
        "CHECK (threshold >= 0 AND threshold_to >= 0 AND points BETWEEN -100 AND 100"
        " AND (threshold_to = 0 OR threshold_to >= threshold))",
        "Thresholds are not negative, “to” is not below “from”, points lie between -100 and 100.",
    )

    @api.constrains("condition", "block_reason", "points", "stage", "alarm")
    def _check_use(self):
        for rule in self:
            if rule.condition == "blocked" and not rule.block_reason:
                raise ValidationError(self.env._("“%(rule)s”: choose why it cannot be contacted.", rule=rule.name))
            if not (rule.points or rule.stage or rule.alarm):
                raise ValidationError(
                    self.env._("“%(rule)s” says nothing: give it points, a stage or an alarm.", rule=rule.name)
                )
            if rule.condition in ("score", "always") and rule.points:
                raise ValidationError(
                    self.env._("“%(rule)s”: this condition cannot give points itself.", rule=rule.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._touch_cars()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if not RULE_FIELDS.isdisjoint(vals):
            self._touch_cars()
        return result

    def unlink(self):
        self._touch_cars()
        return super().unlink()

    def _touch_cars(self):
        """A changed rule concerns every car of the dealer: have them judged anew."""
        self.env["fleet.vehicle"].sudo()._dcrc_touch_lifecycle_of(self.company_id)

    @api.model
    def _get_rules(self, company):
        """Active rules of `company` in order, as dicts."""
        rules = self.sudo().search([("company_id", "=", company.id)])
        names = ("id", "condition", "threshold", "threshold_to", "block_reason", "points", "stage", "alarm")
        return [{name: rule[name] for name in names} for rule in rules]
