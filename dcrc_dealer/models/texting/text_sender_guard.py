from odoo import fields, models
from odoo.tools import SQL

from ..foundations.gate import Question

FAILURES = {
    "do_not_contact": "sms_optout",
    "number_refused": "sms_optout",
    "blacklisted": "sms_blacklist",
    "wrong_number": "sms_number_format",
    "no_mobile": "sms_number_format",
}


class TextSender(models.AbstractModel):
    """The gate is asked when a text is planned and again right before it goes."""

    _inherit = "dcrc.text.sender"

    def _cancel_unwanted(self, texts):
        """Cancel what the gate no longer allows (a wish, a complaint since planning); return it."""
        answers = self._ask_gate(texts)
        for text in texts.filtered(lambda text: text.id in answers):
            answer = answers[text.id]
            text.write(
                {
                    "state": "canceled",
                    "failure_type": FAILURES.get(answer.code, "unknown"),
                    "dcrc_error": answer.label,
                    "dcrc_send_after": False,
                }
            )
        return texts.filtered(lambda text: text.id in answers)

    def _ask_gate(self, texts):
        """``{text id: Answer}`` of those texts that must not go to their number today."""
        company = texts[:1].dcrc_company_id
        question = Question(
            company=company,
            partner=SQL("s.partner_id"),
            vehicle=SQL("(SELECT f.vehicle_id FROM dcrc_followup f WHERE f.id = s.dcrc_followup_id)"),
            channel=SQL("'sms'"),
            purpose=SQL("s.dcrc_purpose"),
            day=SQL("%s::date", company._dcrc_today()),
            number=SQL("s.number"),
        )
        source = SQL("(SELECT * FROM sms_sms WHERE id = ANY(%s)) s", texts.ids)
        return self.env["dcrc.gate"]._answer(source, SQL("s.id"), question)

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
