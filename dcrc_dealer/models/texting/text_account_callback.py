import hmac
import re

from odoo import api, fields, models

from ...tools.phone import normalise_phone
from ...tools.texting.callbacks import Report
from ...tools.texting.http_gateway import sign
from ...tools.texting.opt_out import means_opt_out
from .text_account import SIGNS_ITSELF


class TextAccount(models.Model):
    """Reports and customers' answers that the provider sends by itself."""

    _inherit = "dcrc.text.account"

    callback_token = fields.Char(
        default=lambda self: self._new_token(), groups="dcrc_dealer.group_dcrc_manager", copy=False, readonly=True
    )
    callback_secret = fields.Char(
        "Callback key",
        default=lambda self: self._new_token(),
        groups="dcrc_dealer.group_dcrc_manager",
        copy=False,
        readonly=True,
        help="The gateway signs what it sends with it: header X-Signature, HMAC-SHA256 of the body in hex.",
    )
    report_url = fields.Char(
        "Address for delivery reports",
        compute="_compute_urls",
        groups="dcrc_dealer.group_dcrc_manager",
        help="Enter it at the provider. Aliyun and Tencent Cloud do not sign: the address itself,"
        " which nobody can guess, is the protection. Keep it to yourself, renew it when in doubt.",
    )
    incoming_url = fields.Char(
        "Address for customers' answers", compute="_compute_urls", groups="dcrc_dealer.group_dcrc_manager"
    )

    _token_once = models.UniqueIndex("(callback_token)")

    @api.depends("callback_token")
    def _compute_urls(self):
        base = self.get_base_url()
        for account in self:
            account.report_url = f"{base}/dcrc/texts/{account.callback_token}/report"
            account.incoming_url = f"{base}/dcrc/texts/{account.callback_token}/incoming"

    def action_renew_callback(self):
        """Button: new address and key; the old ones are dead at once."""
        self.check_access("write")
        for account in self.sudo():
            account.write({"callback_token": self._new_token(), "callback_secret": self._new_token()})

    @api.model
    def _find_caller(self, token, content, signature):
        """The account that a callback is for, if it may speak; else empty."""
        account = self.sudo().search([("callback_token", "=", token)], limit=1) if token else self.sudo().browse()
        if not account or account.provider in SIGNS_ITSELF:
            return account
        expected = sign(account.callback_secret or "", content)
        good = account.callback_secret and hmac.compare_digest(expected.encode(), (signature or "").encode())
        return account if good else self.sudo().browse()

    def _take_reports(self, reports):
        """Write delivery reports down; what is known already, or not ours, changes nothing."""
        texts = self.env["sms.sms"].sudo()
        ours = [("dcrc_company_id", "=", self.company_id.id)]
        references = {report.reference for report in reports} - {""}
        theirs = {report.provider_reference for report in reports} - {""}
        by_reference = {text.uuid: text for text in texts.search([*ours, ("uuid", "in", list(references))])}
        by_theirs = {
            text.dcrc_provider_reference: text
            for text in texts.search([*ours, ("dcrc_provider_reference", "in", list(theirs))])
        }
        for report in reports:
            text = by_reference.get(report.reference) or by_theirs.get(report.provider_reference)
            if text:
                text._dcrc_take_report(report, self)

    @api.model
    def _take_odoo_reports(self, message_statuses):
        """Reports of Odoo's own provider, as its controller has checked them."""
        for entry in message_statuses:
            state = {"sent": None, "processing": None, "success": None, "delivered": "delivered"}.get(
                entry["sms_status"], "failed"
            )
            texts = (
                self.env["sms.sms"].sudo().search([("uuid", "in", entry["uuids"]), ("dcrc_company_id", "!=", False)])
            )
            for text in texts.filtered(lambda text, state=state: state):
                account = self._get_for(text.dcrc_company_id)
                if account.provider == "odoo":
                    text._dcrc_take_report(Report(text.uuid, "", state, entry["sms_status"]), account)

    def _take_incoming(self, messages):
        """Honour opt-out words: no more marketing texts, once."""
        words = re.split(r"[,，、\s]+", self.opt_out_words or "")
        for message in messages:
            number, _kind, error = normalise_phone(message.number)
            if not error and means_opt_out(message.text, words):
                self._opt_out(number, message.text.strip())

    def _opt_out(self, number, word):
        """Enter the wish of every customer of the dealer with that number."""
        phones = (
            self.env["dcrc.phone"].sudo().search([("number", "=", number), ("company_id", "=", self.company_id.id)])
        )
        wishes = self.env["dcrc.do.not.contact"].sudo()
        today = self.company_id._dcrc_today()
        have = wishes.search(
            [
                ("partner_id", "in", phones.partner_id.ids),
                ("channel", "in", ("sms", "all")),
                ("purpose", "in", ("marketing", "all")),
                ("vehicle_id", "=", False),
                ("date_end", "=", False),
            ]
        ).partner_id
        reason = self.env.ref("dcrc_dealer.reason_dnc_unsubscribed")
        wishes.create(
            [
                {
                    "partner_id": partner.id,
                    "channel": "sms",
                    "purpose": "marketing",
                    "reason_id": reason.id,
                    "date": today,
                    "note": self.env._("Answered a text with “%(word)s”.", word=word[:20]),
                }
                for partner in phones.partner_id - have
            ]
        )
