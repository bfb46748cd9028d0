from odoo import api, models


class FollowupSender(models.AbstractModel):
    _inherit = "dcrc.followup.sender"

    @api.model
    def _render_text(self, followup, template):
        """A dealer's own template is filled in, never run."""
        if not template.dcrc_company_id:
            return super()._render_text(followup, template)
        lang = followup.partner_id.lang
        return template._dcrc_fill(followup.with_context(lang=lang)._get_placeholders(), lang)

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
                    "dcrc_params": template._dcrc_params(followup._get_placeholders()),
                }
            ],
        )
