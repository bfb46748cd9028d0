"""A customer's number, masked until someone asks for it."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.mask import mask_phone

SHORTEST_NOTE = 2  # characters: two of Chinese say something


class RevealMixin(models.AbstractModel):
    """Shows a masked number on a record that department contacts may read.

    The model has `partner_id` and `company_id`; `_dcrc_revealed_number` says
    which number is meant.
    """

    _name = "dcrc.reveal.mixin"
    _description = "Masked Number"

    phone_masked = fields.Char("Phone", compute="_compute_phone_masked")

    def _compute_phone_masked(self):
        # Department contacts can't read phones: only the masked text leaves here.
        for record in self:
            record.phone_masked = mask_phone(record.sudo()._dcrc_revealed_number()) or False

    def action_reveal_phone(self):
        """Ask whoever may read this record why the number is needed; the dialog shows it."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo()._dcrc_revealed_number():
            raise UserError(self.env._("No number is known for this customer."))
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.reveal_ask_action")
        return {**action, "context": {"default_res_model": self._name, "default_res_id": self.id}}

    def _dcrc_reveal(self, why, note=None):
        """Show the number to whoever may read this record, and log the look with its reason.

        :param why: one of the reasons of `dcrc.reveal`; "other" needs a ``note``
        """
        self.ensure_one()
        self.check_access("read")
        note = (note or "").strip()
        if why == "other" and len(note) < SHORTEST_NOTE:
            raise UserError(self.env._("Say in a few words what the number is needed for."))
        number = self.sudo()._dcrc_revealed_number()
        if not number:
            raise UserError(self.env._("No number is known for this customer."))
        self.env["dcrc.reveal"].sudo()._note({**self._prepare_reveal_vals(number), "why": why, "note": note})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "title": self.sudo().partner_id.display_name, "message": number, "sticky": True},
        }

    def _dcrc_revealed_number(self):
        """Return the number that this record is about, or something false (called as root)."""
        return self.partner_id and self.partner_id._dcrc_best_phone().number

    def _prepare_reveal_vals(self, number):
        return {
            "user_id": self.env.uid,
            "company_id": self.company_id.id,
            "partner_id": self.sudo().partner_id.id,
            "what": mask_phone(number),
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self.display_name,
        }
