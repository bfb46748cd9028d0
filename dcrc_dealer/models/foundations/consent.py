from odoo import api, fields, models
from odoo.exceptions import UserError


class Consent(models.Model):
    """What a customer agreed to, with the evidence (CUS-1; PIPL art. 14, 15, 23, 29)."""

    _name = "dcrc.consent"
    _description = "Consent of a customer"
    _order = "date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="partner_id.company_id", store=True, index=True, precompute=True, required=True
    )
    purpose = fields.Selection(
        [
            ("care", "Follow-ups and service calls"),
            ("marketing", "Marketing"),
            ("share", "Data to manufacturer or group"),
            ("recording", "Recording of calls"),
        ],
        required=True,
    )
    channel = fields.Selection(
        [("all", "All channels"), ("phone", "Phone"), ("sms", "SMS"), ("email", "E-mail")], required=True, default="all"
    )
    date = fields.Date("Agreed On", required=True, default=lambda self: self.env.company._dcrc_today())
    evidence = fields.Char(
        required=True, help="Where it can be seen: form and page, call, text message.", dcrc_personal="words"
    )
    withdrawn_on = fields.Date("Withdrawn on", readonly=True)
    user_id = fields.Many2one("res.users", "Noted by", readonly=True, default=lambda self: self.env.user)

    _dates_in_order = models.Constraint(
        "CHECK (withdrawn_on IS NULL OR withdrawn_on >= date)", "A consent cannot be withdrawn before it was given."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A consent stays on record: withdraw it instead."))

    def action_withdraw(self):
        """Withdraw; for calls, texts and mails the wish is respected from the same moment."""
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        today = self.env.company._dcrc_today()
        for consent in self.filtered(lambda c: not c.withdrawn_on):
            consent._dcrc_step({"withdrawn_on": max(today, consent.date)})
            if consent.purpose in ("care", "marketing"):
                self.env["dcrc.do.not.contact"].create(
                    {
                        "partner_id": consent.partner_id.id,
                        "channel": consent.channel,
                        "purpose": consent.purpose,
                        "reason_id": reason.id,
                        "date": today,
                    }
                )
