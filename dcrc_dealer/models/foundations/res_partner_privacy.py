from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    """A customer asks what is known, or wants it gone: the manager's two actions (PIPL)."""

    _inherit = "res.partner"

    dcrc_privacy_log_ids = fields.One2many(
        "dcrc.privacy.log", "partner_id", "Log of Personal Data", groups="dcrc_dealer.group_dcrc_reader"
    )

    def action_dcrc_export_person(self):
        """Download everything that is known of this customer as a workbook; logged."""
        self._dcrc_check_privacy()
        return {"type": "ir.actions.act_url", "url": f"/dcrc/person/{self.id}.xlsx", "target": "download"}

    def action_dcrc_ask_anonymise(self):
        """Show what would be taken away, and ask once more."""
        self._dcrc_check_privacy()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.anonymise_action")
        return {**action, "context": {"default_partner_id": self.id}}

    def _dcrc_check_privacy(self):
        """Only a manager of the customer's dealer."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("Only the manager of the customer center does this."))
        if not self.dcrc_customer:
            raise UserError(self.env._("This contact is no customer of the center."))
