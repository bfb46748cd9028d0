from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class ComplaintConsequence(models.Model):
    """What follows for the person responsible (考核): a manager notes it, the director confirms it (CMP-6)."""

    _name = "dcrc.complaint.consequence"
    _description = "Consequence of a complaint"
    _order = "id"
    _check_company_auto = True

    complaint_id = fields.Many2one("dcrc.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    person = fields.Char("For Whom", required=True)
    amount = fields.Float(digits=(12, 2), help="0: a note without money.")
    note = fields.Text(required=True)
    confirmed_on = fields.Datetime("Confirmed", readonly=True, copy=False)
    confirmed_by = fields.Many2one("res.users", readonly=True, copy=False)

    _not_negative = models.Constraint("CHECK (amount >= 0)", "An amount cannot be negative.")

    def write(self, vals):
        self._check_unconfirmed()
        return super().write(vals)

    def unlink(self):
        self._check_unconfirmed()
        return super().unlink()

    def _check_unconfirmed(self):
        if not self.env.su and any(line.confirmed_on for line in self):
            raise UserError(self.env._("What the general manager has confirmed stays as it is."))

    def action_confirm(self):
        """Button: the general manager agrees."""
        self.check_access("read")
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_director"):
            raise AccessError(self.env._("Only the general manager confirms consequences."))
        self._check_unconfirmed()
        self.sudo().write({"confirmed_on": fields.Datetime.now(), "confirmed_by": self.env.uid})
