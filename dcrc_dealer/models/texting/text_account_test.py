from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.mask import mask_phone
from ...tools.phone import normalise_phone


class TextAccount(models.Model):
    """A text to oneself, and what the month has cost so far."""

    _inherit = "dcrc.text.account"

    month_count = fields.Integer("Texts this month", compute="_compute_month")
    month_cost = fields.Float("Cost this month", compute="_compute_month", digits=(16, 2))

    def _compute_month(self):
        for account in self:
            company = account.company_id
            start, _stop = company._dcrc_day_bounds(company._dcrc_today().replace(day=1))
            domain = [("dcrc_company_id", "=", company.id), ("dcrc_sent_at", ">=", start)]
            [(count, cost)] = self.env["sms.sms"]._read_group(domain, [], ["__count", "dcrc_cost:sum"])
            account.month_count, account.month_cost = count, cost

    def action_send_test(self):
        """Button: does the provider take our texts?"""
        self.ensure_one()
        self.check_access("write")
        return self._send_test(self.env._("This is a test text of %(dealer)s.", dealer=self.company_id.name))

    def _send_test(self, body, **vals):
        """Queue a text to the user's own mobile number; say so."""
        number, kind, error = normalise_phone(self.env.user.partner_id.phone)
        if error or kind == "landline":
            raise UserError(
                self.env._("Enter your own mobile number in your preferences first: the test text goes there.")
            )
        mine = {"partner_id": self.env.user.partner_id.id, "number": number, "body": body, "dcrc_purpose": "care"}
        mine["dcrc_trial"] = True
        self.env["sms.sms"]._dcrc_queue(self.company_id, [{**vals, **mine}])
        told = self.env._(
            "The test text to %(number)s is on its way. %(status)s",
            number=mask_phone(number),
            status=self._get_status(),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": told},
        }
