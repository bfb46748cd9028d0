from odoo import api, fields, models


class StaffEdit(models.TransientModel):
    """The manager says which telephone is whose."""

    _inherit = "dcrc.staff.edit"

    extension = fields.Char("Telephone Extension", help="By it the telephone system names this person.")

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        if "extension" in names and values.get("user_id"):
            values["extension"] = self.env["res.users"].browse(values["user_id"]).sudo().dcrc_extension
        return values

    def action_save(self):
        result = super().action_save()
        # after the check of what a manager may change of this person
        self.user_id.sudo().dcrc_extension = (self.extension or "").strip() or False
        return result
