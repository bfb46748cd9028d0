from odoo import api, models
from odoo.tools import SQL

from ..foundations.gate import Reason


class Gate(models.AbstractModel):
    """Numbers that Odoo's own list blocks, and marketing texts that keep their distance."""

    _inherit = "dcrc.gate"

    @api.model
    def _get_reasons(self, question):
        q = question
        number = q.number or self._select_number(q)
        is_text = SQL("%s = 'sms'", q.channel)
        gap = q.company.dcrc_contact_gap_days
        recent = SQL(
            """FROM sms_sms gs WHERE gs.number = %s AND gs.dcrc_purpose = 'marketing' AND gs.dcrc_company_id = %s
                AND gs.state IN ('process', 'pending', 'sent', 'dcrc_recorded', 'dcrc_unknown')
                AND gs.dcrc_sent_at > %s::date - %s""",
            number,
            q.company.id,
            q.day,
            gap,
        )
        return [
            *super()._get_reasons(q),
            Reason(
                "blacklisted",
                self.env._("On the list of blocked numbers"),
                SQL(
                    "%s AND EXISTS (SELECT 1 FROM phone_blacklist gb WHERE gb.number = %s AND gb.active)",
                    is_text,
                    number,
                ),
                excused=True,
            ),
            Reason(
                "recent",
                self.env._("Had a marketing text a short while ago"),
                SQL("%s AND %s = 'marketing' AND EXISTS (SELECT 1 %s)", is_text, q.purpose, recent),
                excused=True,
                silent=True,
                until=SQL("(SELECT (MAX(gs.dcrc_sent_at)::date + %s) %s)", gap, recent),
            ),
        ]
