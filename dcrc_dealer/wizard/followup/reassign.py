from odoo import fields, models
from odoo.exceptions import UserError


class Reassign(models.TransientModel):
    """Move contacts between people; the pool takes what gets nobody's name."""

    _name = "dcrc.reassign"
    _description = "Reassign Call Tasks"

    contact_ids = fields.Many2many("dcrc.contact", string="Call Tasks", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    user_ids = fields.Many2many(
        "res.users",
        string="Give to",
        domain="[('dcrc_role', 'in', ('user', 'manager')), ('company_ids', 'in', company_id)]",
        help="Several people share the contacts evenly. Nobody: they go to the pool.",
    )

    def action_apply(self):
        """Share the open contacts among the chosen people, in the order of their due days."""
        self.ensure_one()
        self.contact_ids.check_access("write")
        team = self.user_ids
        outsiders = team - self.company_id._dcrc_specialists()
        if outsiders:
            raise UserError(self.env._("%(name)s is not a specialist of this dealer.", name=outsiders[0].name))
        contacts = self.contact_ids.filtered(lambda c: c.state == "open").sorted("date_due")
        for index, contact in enumerate(contacts):
            contact.user_id = team[index % len(team)] if team else False
        return {"type": "ir.actions.act_window_close"}
