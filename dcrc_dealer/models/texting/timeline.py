from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """Texts on the customer's timeline."""

    _inherit = "dcrc.timeline"
    _depends = {
        "sms.sms": [
            "partner_id",
            "dcrc_company_id",
            "body",
            "dcrc_sent_at",
            "dcrc_error",
            "dcrc_campaign_id",
            "dcrc_followup_id",
        ]
    }

    kind = fields.Selection(selection_add=[("text", "SMS")])

    def _timeline_parts(self):
        return [*super()._timeline_parts(), self._timeline_texts()]

    def _timeline_texts(self):
        """An entry opens what the text came from."""
        return SQL(
            """SELECT s.id, s.dcrc_sent_at, 'text', s.partner_id, NULL::integer,
                      s.dcrc_company_id, s.body, s.dcrc_error,
                      CASE WHEN s.dcrc_campaign_id IS NOT NULL THEN 'dcrc.text.campaign'
                           WHEN s.dcrc_followup_id IS NOT NULL THEN 'dcrc.followup'
                           ELSE 'res.partner' END,
                      COALESCE(s.dcrc_campaign_id, s.dcrc_followup_id, s.partner_id), NULL::integer
                 FROM sms_sms s
                WHERE s.dcrc_company_id IS NOT NULL AND s.partner_id IS NOT NULL
                  AND s.dcrc_sent_at IS NOT NULL"""
        )
