from odoo import models


class SmsSms(models.Model):
    """A customer's text message goes out through the gateway of the customer's dealer."""

    _inherit = "sms.sms"

    def _get_sms_company(self):
        dealers = self.sudo().partner_id.filtered("dcrc_customer").company_id
        return dealers or super()._get_sms_company()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        # Odoo's queue hands over messages of all companies at once, which `_send` cannot take
        groups = self.grouped(lambda sms: sms._get_sms_company())
        if self.env.context.get("sms_api") or len(groups) < 2:
            return super()._send(unlink_failed, unlink_sent, raise_exception)
        for messages in groups.values():
            messages._send(unlink_failed, unlink_sent, raise_exception)
        return None
