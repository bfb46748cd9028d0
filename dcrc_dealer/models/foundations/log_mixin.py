from odoo import api, fields, models
from odoo.exceptions import UserError


class LogMixin(models.AbstractModel):
    """What somebody did at a dealer, and when: written by the server, never changed nor deleted."""

    _name = "dcrc.log.mixin"
    _description = "Log that only grows"

    date = fields.Datetime("Time", default=fields.Datetime.now, required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Done By", required=True, readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)

    def write(self, vals):
        if vals:
            raise UserError(self.env._("“%s”: what stands in this log can't be changed.", self._dcrc_log_name()))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("“%s”: what stands in this log can't be deleted.", self._dcrc_log_name()))

    def _dcrc_log_name(self):
        return self.env["ir.model"]._get(self._name).name
