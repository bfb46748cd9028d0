from odoo import api, fields, models
from odoo.exceptions import UserError


class Assign(models.TransientModel):
    """Share the selected customers among specialists (handbook CUS-5)."""

    _name = "dcrc.assign"
    _description = "Assign customers"

    partner_ids = fields.Many2many("res.partner", string="Customers")
    user_ids = fields.Many2many(
        "res.users",
        string="Specialists",
        default=lambda self: self.env.company._dcrc_specialists(),
        help="Each gets a share by load and weight.",
    )
    customer_count = fields.Integer(compute="_compute_customer_count")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            values["partner_ids"] = [(6, 0, self.env.context.get("active_ids", []))]
        return values

    @api.depends("partner_ids")
    def _compute_customer_count(self):
        for wizard in self:
            wizard.customer_count = len(wizard.partner_ids)

    def action_assign(self):
        """Assign and say who got how many."""
        customers = self.partner_ids.filtered("dcrc_customer")
        if not customers:
            raise UserError(self.env._("Select customers in the list first."))
        if not self.user_ids.filtered("dcrc_weight"):
            raise UserError(self.env._("Choose at least one specialist whose share of customers is not zero."))
        done = customers._dcrc_assign(self.user_ids)
        text = "、".join(f"{user.name} {count}" for user, count in done.items() if count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Customers assigned: %(shares)s", shares=text),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
