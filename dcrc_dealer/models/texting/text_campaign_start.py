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

    @api.depends("company_id", "state", "prepared", "purpose")
    def _compute_sending_note(self):
        for campaign in self:
            account = self.env["dcrc.text.account"]._get_for(campaign.company_id)
            campaign.sending_note = campaign._get_waiting_note() or account._get_status(campaign.purpose)

    def _get_waiting_note(self):
        """What a campaign waits for beside its account, and until when (empty: for nothing)."""
        if self.state == "stopped":
            return self.env._("Paused by hand: it goes on when somebody resumes it.")
        if self.state != "running":
            return ""
        if not self.prepared:
            return self.env._("Its texts are being made: a minute or two.")
        now = fields.Datetime.now()
        waiting = self.text_ids.sudo().filtered(lambda t: t.state == "dcrc_waiting")
        moments = waiting.mapped("dcrc_send_after")
        if not waiting or not all(moment and moment > now for moment in moments):
            return ""
        first = waiting.sorted("dcrc_send_after")[0]
        account = self.env["dcrc.text.account"]._get_for(self.company_id)
        return self.env._(
            "%(count)s texts wait until %(time)s: %(reason)s.",
            count=len(waiting),
            time=account._say_when(first.dcrc_send_after),
            reason=first.dcrc_error or "",
        )

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
