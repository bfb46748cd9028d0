"""Who looked at which masked number, and when."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class Reveal(models.Model):
    """One look at a masked number: append-only, written by the server alone."""

    _name = "dcrc.reveal"
    _description = "Look at a Masked Number"
    _order = "id desc"
    _rec_name = "what"
    _check_company_auto = True

    date = fields.Datetime("When", default=fields.Datetime.now, required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    what = fields.Char("Number (masked)", required=True, readonly=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    record_name = fields.Char("Seen From", readonly=True)

    _by_date = models.Index("(company_id, id DESC)")

    def write(self, vals):
        if vals:
            raise UserError(self.env._("The log of revealed numbers can't be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of revealed numbers can't be deleted."))
