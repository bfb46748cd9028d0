from odoo import models


class Contact(models.Model):
    """The way from a list to the call screen."""

    _inherit = "dcrc.contact"

    def action_call(self):
        """Button: open the call screen of this contact."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("dcrc_dealer.console_call_action")
        return {**action, "params": {"contact_id": self.id}}
