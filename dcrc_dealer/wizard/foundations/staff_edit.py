from odoo import api, fields, models


class StaffEdit(models.TransientModel):
    """What a manager may change of one of the center's people (see `res.users._dcrc_edit_staff`)."""

    _name = "dcrc.staff.edit"
    _description = "Change one of the center's people"

    user_id = fields.Many2one("res.users", "Staff Member", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    has_higher_role = fields.Boolean(compute="_compute_has_higher_role")
    role = fields.Selection([("user", "Specialist"), ("department", "Department Contact")], "Role in the Center")
    weight = fields.Float("Share of customers", help="1: a full share, 0.5: half of it, 0: no new customers.")
    absent_from = fields.Date()
    absent_to = fields.Date(help="The last day away. Empty: nobody knows yet.")

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        person = self.env["res.users"].browse(values.get("user_id")).exists()
        if person:
            person._dcrc_check_staff(self.env.company)
            person = person.sudo()
            values.update(
                role=person.dcrc_role if person.dcrc_role in dict(self._fields["role"].selection) else False,
                weight=person.dcrc_weight,
                absent_from=person.dcrc_absent_from,
                absent_to=person.dcrc_absent_to,
            )
        return {name: value for name, value in values.items() if name in names}

    @api.depends("user_id")
    def _compute_has_higher_role(self):
        mine = dict(self._fields["role"].selection)
        for edit in self:
            role = edit.user_id.dcrc_role
            edit.has_higher_role = bool(role) and role not in mine

    def action_save(self):
        """Carry it out; what is given up is shared out again by the assignment of customers."""
        self.ensure_one()
        vals = {"dcrc_weight": self.weight, "dcrc_absent_from": self.absent_from, "dcrc_absent_to": self.absent_to}
        if not self.has_higher_role:
            vals["role"] = self.role
        self.user_id._dcrc_edit_staff(self.company_id, vals)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
