from odoo import api, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of texts (SMS-1)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "text_once": Check("SMS-1", self.env._("No text goes out twice"), {"sms.sms": self._select_twice()}),
            "text_sent": Check(
                "SMS-1", self.env._("A text that went out says when"), {"sms.sms": self._select_untimed()}
            ),
        }

    def _select_twice(self):
        """The same text about the same follow-up, or of the same campaign, to the same number."""
        return SQL(
            """SELECT MAX(t.id) AS id, t.dcrc_company_id AS company_id FROM sms_sms t
                WHERE t.dcrc_company_id IS NOT NULL AND t.state NOT IN ('canceled', 'error')
                  AND COALESCE(t.dcrc_followup_id, t.dcrc_campaign_id) IS NOT NULL
                GROUP BY t.dcrc_company_id, t.dcrc_followup_id, t.dcrc_campaign_id, t.number, t.body
               HAVING COUNT(*) > 1"""
        )

    def _select_untimed(self):
        return SQL(
            """SELECT t.id, t.dcrc_company_id AS company_id FROM sms_sms t
                WHERE t.dcrc_company_id IS NOT NULL AND t.state IN ('pending', 'sent', 'dcrc_recorded')
                  AND t.dcrc_sent_at IS NULL"""
        )
