from odoo import api, fields, models


class TextCampaign(models.Model):
    """Before a campaign starts: what it will cost, a try on one's own phone, the last look."""

    _inherit = "dcrc.text.campaign"

    estimate = fields.Char("Expected cost", compute="_compute_estimate")
    sending_note = fields.Char("Sending", compute="_compute_sending_note")

    @api.depends("send_count", "template_id", "company_id", "purpose")
    def _compute_estimate(self):
        for campaign in self:
            account = self.env["dcrc.text.account"]._get_for(campaign.company_id)
            _text, _length, parts = campaign._get_example()
            charged = parts * campaign.send_count
            campaign.estimate = bool(campaign.template_id) and self.env._(
                "about %(parts)s parts × %(price)s = %(cost).2f",
                parts=charged,
                price=f"{account.price:g}",
                cost=charged * account.price,
            )

    @api.depends("company_id")
    def _compute_sending_note(self):
        for campaign in self:
            account = self.env["dcrc.text.account"]._get_for(campaign.company_id)
            campaign.sending_note = account._get_status()

    def action_ask_start(self):
        """Button: the last look before the texts go out."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start the campaign"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("dcrc_dealer.text_campaign_view_start").id, "form")],
            "target": "new",
        }

    def action_send_test(self):
        """Button: the text as an example customer would read it, to one's own phone."""
        self.ensure_one()
        self.check_access("write")
        partner = self._get_example_customer()
        values = self._values(partner.sudo())
        return (
            self.env["dcrc.text.account"]
            ._get_for(self.company_id)
            ._send_test(
                self._get_example()[0],
                dcrc_template_id=self.template_id.id,
                dcrc_params=self.template_id.sudo()._dcrc_params(values),
            )
        )

    def _get_example_customer(self):
        """Some customer of the dealer, whose words stand in the preview."""
        return self.env["res.partner"].search(
            [("dcrc_customer", "=", True), ("company_id", "=", self.company_id.id)], limit=1
        )

    def _get_example(self):
        """``(text as handed over, length, parts)`` for an example customer."""
        account = self.env["dcrc.text.account"]._get_for(self.company_id)
        partner = self._get_example_customer()
        body = self.template_id.sudo()._dcrc_fill(self._values(partner.sudo()), self._lang(partner))
        return account._compose(body, self.purpose)
