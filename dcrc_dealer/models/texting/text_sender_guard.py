from odoo import models
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
        answers, today = self._ask_gate(texts), texts[:1].dcrc_company_id._dcrc_today()
        late = texts.filtered(lambda text: text.dcrc_last_day and text.dcrc_last_day < today)
        for text in late | texts.filtered(lambda text: text.id in answers):
            answer = answers.get(text.id)
            text.write(
                {
                    "state": "canceled",
                    "failure_type": FAILURES.get(answer.code, "unknown") if answer else "unknown",
                    "dcrc_error": answer.label if answer else self.env._("Its day is over."),
                    "dcrc_send_after": False,
                }
            )
        return late | texts.filtered(lambda text: text.id in answers)

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
        """Providers that know templates only: what has none, or a field too long for it, can't go, in words."""
        if not account._needs_template():
            return texts.browse()
        waiting = texts.filtered(lambda text: text.state == "dcrc_waiting")
        without = waiting.filtered(lambda text: not text.dcrc_provider_code)
        without._dcrc_refuse(self.env._("The provider sends approved templates only: enter the id of this one."))
        most = account._adapter().longest_value
        long = (waiting - without).filtered(lambda text: text._dcrc_has_long_value(most))
        long._dcrc_refuse(self.env._("The provider takes fields of up to %(count)s characters only.", count=most))
        return without | long
