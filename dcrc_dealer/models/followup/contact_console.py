from odoo import api, models


class Contact(models.Model):
    """The queue as a list: its named parts, and the ways from it to a call or another person."""

    _inherit = "dcrc.contact"

    @api.model
    def _get_lists(self):
        """Parts of everybody's queue; whose is another filter."""
        return {**super()._get_lists(), **self._queue_domains(team=True)}

    def action_call(self):
        """Button: open the call screen of this contact."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("dcrc_dealer.console_call_action")
        return {**action, "params": {"contact_id": self.id}}

    def action_reassign(self):
        """Button: give the selected contacts to somebody (or to the pool)."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give to"),
            "res_model": "dcrc.reassign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contact_ids": self.ids},
        }
