from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    dcrc_weight = fields.Float(
        "Share of customers",
        default=1.0,
        help="Ability or working time when customers are shared out: 1 is a full share,"
        " 0.5 half of it, 0 none (handbook CUS-5).",
    )

    dcrc_writes_contacts = fields.Boolean(
        "Writes any contact",
        compute="_compute_dcrc_writes_contacts",
        compute_sudo=True,
        help="By another group than the customer centre's; who has only these writes customers alone.",
    )

    _dcrc_weight_positive = models.Constraint("CHECK (dcrc_weight >= 0)", "The share of customers cannot be negative.")

    @api.depends("all_group_ids")
    def _compute_dcrc_writes_contacts(self):
        """Whether Odoo's own groups let a user write contacts: then our rules take nothing away."""
        ours = self.env.ref("dcrc_dealer.privilege_dcrc").group_ids
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner"), ("perm_write", "=", True), ("group_id", "not in", ours.ids)]
        )
        for user in self:
            user.dcrc_writes_contacts = bool(rights.group_id & user.all_group_ids)
