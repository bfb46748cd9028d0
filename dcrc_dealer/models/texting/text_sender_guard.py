from odoo import api, fields, models
from odoo.tools import SQL


class TextSender(models.AbstractModel):
    """Who must not get a text: asked when a campaign is planned and again right before sending."""

    _inherit = "dcrc.text.sender"

    @api.model
    def _refusals(self, partner, number, purpose, followup, today):
        """``[(reason, SQL condition)]``, the first that holds is the reason; rooms add theirs.

        :param partner, number, purpose, followup: SQL expressions; today: the dealer's day.
        """
        return [
            (
                "no_number",
                SQL(
                    """%(number)s IS NULL OR EXISTS (
                       SELECT 1 FROM dcrc_phone n WHERE n.partner_id = %(partner)s AND n.number = %(number)s
                          AND n.state IN ('wrong', 'empty', 'transferred'))""",
                    partner=partner,
                    number=number,
                ),
            ),
            (
                "opted_out",
                SQL(
                    """EXISTS (
                       SELECT 1 FROM dcrc_do_not_contact d
                        WHERE d.partner_id = %(partner)s AND d.active AND d.channel IN ('all', 'sms')
                          AND d.purpose IN ('all', %(purpose)s) AND d.date <= %(today)s
                          AND (d.date_end IS NULL OR d.date_end >= %(today)s)
                          AND (d.vehicle_id IS NULL OR d.vehicle_id = (
                               SELECT f.vehicle_id FROM dcrc_followup f WHERE f.id = %(followup)s)))""",
                    partner=partner,
                    purpose=purpose,
                    followup=followup,
                    today=today,
                ),
            ),
            ("blacklisted", SQL("EXISTS (SELECT 1 FROM phone_blacklist b WHERE b.number = %s AND b.active)", number)),
        ]

    @api.model
    def _refusal_case(self, *args):
        cases = [SQL("WHEN %s THEN %s", condition, why) for why, condition in self._refusals(*args)]
        return SQL("(CASE %s END)::varchar", SQL(" ").join(cases))

    def _cancel_unwanted(self, texts):
        """Cancel texts whose customer changed their mind since planning; return them."""
        self.env.flush_all()
        today = texts[0].dcrc_company_id._dcrc_today()
        case = self._refusal_case(
            SQL("s.partner_id"), SQL("s.number"), SQL("s.dcrc_purpose"), SQL("s.dcrc_followup_id"), today
        )
        query = SQL("SELECT s.id, %s FROM sms_sms s WHERE s.id IN %s", case, tuple(texts.ids))
        reasons = {text_id: reason for text_id, reason in self.env.execute_query(query) if reason}
        words = self.env["dcrc.text.campaign"]._get_reasons()
        failures = {"opted_out": "sms_optout", "blacklisted": "sms_blacklist", "no_number": "sms_number_format"}
        for text in texts.filtered(lambda text: text.id in reasons):
            reason = reasons[text.id]
            text.write(
                {
                    "state": "canceled",
                    "failure_type": failures.get(reason, "unknown"),
                    "dcrc_error": words.get(reason, reason),
                    "dcrc_send_after": False,
                }
            )
        return texts.filtered(lambda text: text.id in reasons)

    def _refuse_unapproved(self, account, texts):
        """Providers that know templates only: what has none can't go, in words."""
        if not account._needs_template():
            return texts.browse()
        without = texts.filtered(lambda text: text.state == "dcrc_waiting" and not text.dcrc_provider_code)
        without.write(
            {
                "state": "error",
                "failure_type": "unknown",
                "dcrc_claimed_at": fields.Datetime.now(),
                "dcrc_error": self.env._("The provider sends approved templates only: enter the id of this one."),
            }
        )
        return without
