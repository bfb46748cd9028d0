from odoo import models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    """What nobody changes about a customer, and what belongs to somebody else."""

    _inherit = "res.partner"

    def write(self, vals):
        self._dcrc_check_dealer(vals)
        self._dcrc_check_login(vals)
        return super().write(vals)

    def _dcrc_check_dealer(self, vals):
        """A file belongs to the dealer that keeps it, for good (PIPL art. 23): cars and papers hang on it."""
        if "company_id" not in vals:
            return
        moved = self.sudo().filtered(lambda p: p.dcrc_customer and p.company_id.id != vals["company_id"])
        if moved:
            raise UserError(self.env._("A customer stays with the dealer: another dealer keeps a file of its own."))

    def _dcrc_check_login(self, vals):
        """Who has a login gets the link for a new password at this address."""
        if "email" not in vals or self.env.su or self.env.user.dcrc_writes_contacts:
            return
        others = self.sudo().with_context(active_test=False).user_ids - self.env.user
        if others:
            raise AccessError(self.env._("This e-mail address belongs to a login: the administrator changes it."))
