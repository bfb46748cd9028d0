from odoo import api, models


class ResCompany(models.Model):
    """A dealer's own settings: who leads the center changes them without Odoo's settings rights.

    The access list lets a manager write companies; what keeps a manager's hands off the
    rest of a company is `_has_field_access`, and off other dealers Odoo's own record rule.
    """

    _inherit = "res.company"

    def _has_field_access(self, field, operation):
        allowed = super()._has_field_access(field, operation)
        if operation != "write" or not allowed or self.env.su:
            return allowed
        return self.env.user.has_group("base.group_erp_manager") or self._dcrc_is_setting(field)

    @api.model
    def _dcrc_is_setting(self, field):
        """Whether a field is a figure or choice of the center that its manager may change."""
        return field.name.startswith("dcrc_") and not field.readonly

    def action_dcrc_open_settings(self):
        """Button and menu entry: the settings of a dealer."""
        company = self[:1] or self.env.company
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.res_company_settings_action")
        return {**action, "res_id": company.id}
