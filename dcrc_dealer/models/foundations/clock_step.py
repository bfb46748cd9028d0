from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ClockStep(models.Model):
    """A rung of a ladder: who is told so long after the time is up."""

    _name = "dcrc.clock.step"
    _description = "Step of a ladder"
    _order = "after_minutes, id"
    _check_company_auto = True

    rule_id = fields.Many2one("dcrc.clock.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True, precompute=True)
    after_minutes = fields.Integer(
        "Minutes late", required=True, help="Counted as the limit is: in working time, or day and night."
    )
    target = fields.Selection(
        [
            ("responsible", "Who is in charge"),
            ("department", "Head of the department"),
            ("manager", "Managers of the center"),
            ("director", "General manager"),
            ("user", "A certain user"),
            ("email", "An e-mail address"),
        ],
        required=True,
        default="department",
    )
    user_id = fields.Many2one("res.users", domain="[('share', '=', False), ('company_ids', 'in', company_id)]")
    email = fields.Char("E-mail address")

    _not_before = models.Constraint("CHECK (after_minutes >= 0)", "Nobody is told before the time is up.")

    @api.constrains("target", "user_id", "email")
    def _check_target(self):
        for step in self:
            if step.target == "user" and not step.user_id or step.target == "email" and "@" not in (step.email or ""):
                raise ValidationError(self.env._("Say who is told on this step."))

    @api.constrains("user_id", "rule_id")
    def _check_user(self):
        for step in self.filtered("user_id"):
            if step.company_id and step.company_id not in step.user_id.sudo().company_ids:
                raise ValidationError(self.env._("Choose a user of this dealer."))

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        self.env["dcrc.clock"]._refresh_rules(steps.rule_id)
        return steps

    def write(self, vals):
        result = super().write(vals)
        self.env["dcrc.clock"]._refresh_rules(self.rule_id)
        return result

    def unlink(self):
        rules = self.rule_id
        result = super().unlink()
        self.env["dcrc.clock"]._refresh_rules(rules.exists())
        return result
