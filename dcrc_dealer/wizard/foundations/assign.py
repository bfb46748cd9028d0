from odoo import api, fields, models
from odoo.exceptions import UserError


class Assign(models.TransientModel):
    """Share the selected customers among specialists (handbook CUS-5)."""

    _name = "dcrc.assign"
    _description = "Assign customers"

    partner_ids = fields.Many2many("res.partner", string="Customers")
    reassign = fields.Boolean(
        "Also who has a specialist", help="Otherwise only customers without one, or whose specialist has left."
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Specialists",
        domain=lambda self: [("id", "in", self._get_choice().ids)],
        default=lambda self: self.env.company._dcrc_team(),
        help="Each gets a share by load and weight.",
    )
    customer_count = fields.Integer(compute="_compute_customer_count")
    preview = fields.Text("Who gets how many", compute="_compute_preview")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            values["partner_ids"] = [(6, 0, self.env.context.get("active_ids", []))]
        return values

    @api.depends("partner_ids", "reassign")
    def _compute_customer_count(self):
        for wizard in self:
            wizard.customer_count = len(wizard._get_customers())

    @api.depends("partner_ids", "reassign", "user_ids")
    def _compute_preview(self):
        for wizard in self:
            team = wizard.user_ids._origin
            held = self.env["res.partner"]._dcrc_load(self.env.company, team)
            lines = [
                self.env._(
                    "%(name)s: %(held)s, gets %(count)s", name=user.name, held=held.get(user.id, 0), count=len(got)
                )
                for user, got in wizard._get_customers()._dcrc_share(team).items()
            ]
            wizard.preview = "\n".join(lines) or False

    def action_assign(self):
        """Assign and say who got how many."""
        self._check_team()
        customers = self._get_customers()
        if not customers:
            raise UserError(self.env._("Select customers in the list first; who has a specialist stays there."))
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

    def _get_choice(self):
        """Who may be given customers: the dealer's specialists; its managers where a house has no other."""
        company = self.env.company
        return (company._dcrc_specialists() - company._dcrc_managers()) | company._dcrc_team()

    def _get_customers(self):
        """The selected customers who are to be assigned."""
        customers = self.partner_ids._origin.filtered("dcrc_customer")
        return customers if self.reassign else customers._dcrc_unassigned()

    def _check_team(self):
        outsiders = self.user_ids - self._get_choice()
        if outsiders:
            raise UserError(self.env._("%(name)s is not a specialist of this dealer.", name=outsiders[0].name))
        if not self.user_ids._dcrc_present(self.env.company._dcrc_today()).filtered("dcrc_weight"):
            raise UserError(self.env._("Choose at least one specialist who is here and whose share is not zero."))
