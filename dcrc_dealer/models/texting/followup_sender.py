from odoo import api, models


class FollowupSender(models.AbstractModel):
    _inherit = "dcrc.followup.sender"

    @api.model
    def _render_text(self, followup, template):
        """A template is filled in, never run, unless it is one of Odoo's own kind; none goes with a gap."""
        if "{{" in (template.body or ""):
            return super()._render_text(followup, template)
        lang = followup.partner_id.lang
        values = followup.with_context(lang=lang)._get_placeholders()
        gaps = template._dcrc_gaps(values, lang)
        if gaps:
            followup.message_note = self.env._("Nothing is known for {%(name)s}", name="}, {".join(gaps))
            return False
        return template._dcrc_fill(values, lang)

    @api.model
    def _queue_text(self, followup, template, number, body):
        """Texts of follow-ups go through the dealer's account, like all others."""
        self.env["sms.sms"]._dcrc_queue(
            followup.company_id,
            [
                {
                    "partner_id": followup.partner_id.id,
                    "number": number,
                    "body": body,
                    "dcrc_purpose": followup.purpose,
                    "dcrc_followup_id": followup.id,
                    "dcrc_template_id": template.id,
                    "dcrc_last_day": followup._get_text_deadline(),
                    "dcrc_params": template._dcrc_params(followup._get_placeholders()),
                }
            ],
        )
