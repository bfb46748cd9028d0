from odoo import api, fields, models
from odoo.fields import Domain

from ..foundations.worker import Worker

BATCH = 50


class FollowupSender(models.AbstractModel):
    """Hands text messages and questionnaire links over to Odoo's own queues (FUP-4, FUP-8).

    Nothing here talks to a provider: `sms.sms` and `mail.mail` records are made, and
    Odoo's queues send them after the transaction. Nothing is made in rest hours, for
    people who do not want it, or twice.
    """

    _name = "dcrc.followup.sender"
    _description = "Sender of follow-ups' messages"

    @api.model
    def _cron_send_texts(self):
        """Send waiting text messages of dealers whose customers are awake."""
        self._run(self._send_texts)

    @api.model
    def _cron_send_links(self):
        """Weekly: questionnaire links to those who refused or could not be reached."""
        resting = self._run(self._send_links)
        windows = [self.env["dcrc.contact"]._next_window(company, open_days=False) for company in resting]
        if any(windows):
            self.env.ref("dcrc_dealer.ir_cron_send_links")._trigger(list(filter(None, windows)))

    def _run(self, send):
        """Let `send` work through all dealers in batches; return those whose customers rest now."""
        worker = Worker(self.env)
        everyone = self.env["res.company"]._dcrc_dealers()
        companies = everyone.filtered(self.env["dcrc.contact"]._is_awake)
        worker.run(companies, lambda company: worker.drain(send, company, BATCH))
        return everyone - companies

    @api.model
    def _send_texts(self, company, limit=BATCH):
        """Hand over up to `limit` waiting texts of `company`; return how many were looked at."""
        if not self.env["dcrc.contact"]._is_awake(company):
            return 0
        domain = Domain("company_id", "=", company.id) & Domain("sms_state", "=", "queued")
        domain &= Domain("sms_after", "<=", fields.Datetime.now())
        followups = self._lock_batch(domain, limit)
        for followup in followups:
            template = followup._get_text_template()
            late = followup._get_text_deadline() and followup._get_text_deadline() < company._dcrc_today()
            if late:
                followup.message_note = self.env._("Its day is over.")
            sent = bool(template) and not late and self._text(followup, template)
            followup.sms_state = "sent" if sent else "skipped"
            self._close_by_message(followup, "sms", sent)
        return len(followups)

    @api.model
    def _send_links(self, company, limit=BATCH):
        """Send up to `limit` questionnaire links of `company`; return how many were looked at.

        Outside calling hours nothing goes out: the next run has the rest.
        """
        if not self.env["dcrc.contact"]._is_awake(company):
            return 0
        domain = Domain("company_id", "=", company.id) & Domain("link_state", "=", "due")
        followups = self._lock_batch(domain, limit)
        mail = self.env.ref("dcrc_dealer.mail_template_followup_link")
        text = self.env.ref("dcrc_dealer.sms_template_followup_link")
        for followup in followups:
            sheet = self.env["survey.user_input"]._dcrc_open(followup)
            if not sheet or sheet.state == "done":
                followup.link_state = "skipped"
                self._close_by_message(followup, "email", False)
                continue
            sheet.deadline = followup._get_link_deadline()
            mailed = self._mail(followup, mail)
            texted = followup.channel != "email" and self._text(followup, text)
            followup.link_state = "sent" if mailed or texted else "skipped"
            followup.link_sent_on = fields.Datetime.now()
            self._close_by_message(followup, "email", mailed)
        return len(followups)

    def _close_by_message(self, followup, channel, sent):
        """A follow-up that needs no call is done with its message (answers may still come)."""
        if followup.channel == channel and followup.state == "open":
            followup.write({"state": "done" if sent else "cancelled", "done_on": fields.Datetime.now()})

    def _lock_batch(self, domain, limit):
        """Rows that no other worker has; two workers never send the same message."""
        found = self.env["dcrc.followup"].sudo().search(domain, order="id", limit=limit)
        return found.try_lock_for_update().filtered_domain(domain)

    def _text(self, followup, template):
        """Queue a text message; False when there is no number or the customer does not want it."""
        about = {"purpose": followup.purpose, "vehicle": followup.vehicle_id, "since": followup.anchor_date}
        gate = self.env["dcrc.gate"]
        if not self._is_allowed(followup, "sms"):
            return False
        number = gate._find_number(followup.partner_id, "sms", **about)
        body = self._render_text(followup, template)
        if not body:
            return False
        self._queue_text(followup, template, number, body)
        return True

    @api.model
    def _render_text(self, followup, template):
        """A template's words about a follow-up; False where they would have a gap."""
        lang = template._render_lang(followup.ids)[followup.id] or followup.partner_id.lang
        return template.with_context(lang=lang)._render_field("body", followup.ids)[followup.id]

    @api.model
    def _queue_text(self, followup, template, number, body):
        """Queue a text message; the texting room sends it through the dealer's provider."""
        partner = followup.partner_id
        self.env["sms.sms"].sudo().create({"number": number, "body": body, "partner_id": partner.id})

    def _mail(self, followup, template):
        """Queue an e-mail; False without an address or when the customer does not want it."""
        if not self._is_allowed(followup, "email"):
            return False
        template.sudo().send_mail(followup.id, force_send=False)
        return True

    def _is_allowed(self, followup, channel):
        """Does the gate let a message about this follow-up pass? If not, the follow-up says why."""
        answer = self.env["dcrc.gate"]._ask(
            followup.partner_id,
            channel,
            followup.purpose,
            vehicle=followup.vehicle_id,
            since=followup.anchor_date,
            joins=True,
        )
        followup.message_note = answer.label if answer else False
        return not answer
