import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.texting import Answer, Message
from ..foundations.worker import Worker

_logger = logging.getLogger(__name__)
STALE_MINUTES = "dcrc_dealer.text_stale_minutes"
ASK_SECONDS = 60  # of one run spent on asking what became of texts


class TextSender(models.AbstractModel):
    """Works the queue of texts off (SMS-1).

    A text is claimed and committed before the provider hears of it, so that a worker that dies
    leaves it in `process`: nobody sends it again before the provider or a person has said that
    it did not go out.
    """

    _name = "dcrc.text.sender"
    _description = "Sender of texts"

    @api.model
    def _cron_send(self):
        """Send what waits, account by account, as long as there is time."""
        accounts = self.env["dcrc.text.account"].sudo().search([("active", "=", True)])
        worker = Worker(self.env)
        if not worker.run(accounts, lambda account: self._work(account, worker)):
            self._wake()

    @api.model
    def _wake(self):
        """Let the scheduled action run as soon as this transaction is done."""
        cron = self.env.ref("dcrc_dealer.ir_cron_text_queue", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    def _work(self, account, worker):
        """Send all that an account may send now, as long as there is time."""
        campaigns = self.env["dcrc.text.campaign"]
        worker.drain(campaigns._prepare_running, account.company_id)
        self._recover(account, worker)
        while worker.left:
            claimed = worker.attempt(self._claim, account)
            if not claimed:
                break
            _cancelled, texts = claimed
            if texts:
                answers = self._hand_over(account, texts)
                worker.attempt(self._record, account, texts, answers)
        worker.attempt(campaigns._finish_running, account.company_id)

    # -- claiming ----------------------------------------------------------------------------

    def _claim(self, account):
        """Mark a batch as ours; return (cancelled, to send), or None when nothing may go now."""
        adapter = account._adapter()
        # One at a time, so that two workers together keep to the cap.
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", 0x7E87, account.id))
        room = min(self._room(account), adapter.batch)
        texts = self._lock_waiting(account, room) if room > 0 else None
        if not texts:
            return None
        cancelled = self._cancel_unwanted(texts) | self._refuse_unapproved(account, texts)
        rest = texts - cancelled
        rest.write({"state": "process", "dcrc_claimed_at": fields.Datetime.now(), "dcrc_error": False})
        return cancelled, rest

    def _room(self, account):
        """How many texts the account may send now."""
        now = fields.Datetime.now()
        if account.paused_until and account.paused_until > now or account._next_opening():
            return 0
        return max(0, account.daily_cap - account._count_today()) if account.daily_cap else 10**9

    def _lock_waiting(self, account, limit):
        """Lock waiting texts that no other worker has: service before marketing, oldest first.

        On days that the house is closed marketing waits.
        """
        self.env["sms.sms"].flush_model()
        self.env["dcrc.text.campaign"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """SELECT s.id FROM sms_sms s
                    WHERE s.dcrc_company_id = %s AND s.state = 'dcrc_waiting'
                      AND (s.dcrc_send_after IS NULL OR s.dcrc_send_after <= %s)
                      AND (s.dcrc_purpose IS DISTINCT FROM 'marketing' OR NOT %s)
                      AND (s.dcrc_campaign_id IS NULL OR EXISTS (
                           SELECT 1 FROM dcrc_text_campaign c
                            WHERE c.id = s.dcrc_campaign_id AND c.state = 'running'))
                 ORDER BY s.dcrc_purpose = 'marketing', s.id
                    LIMIT %s FOR UPDATE OF s SKIP LOCKED""",
                account.company_id.id,
                fields.Datetime.now(),
                account._is_closed_today(),
                limit,
            )
        )
        return self.env["sms.sms"].sudo().browse(row[0] for row in rows)

    # -- talking to the provider -------------------------------------------------------------

    def _hand_over(self, account, texts):
        """Give texts to the provider; return {reference: Answer}. Nothing is written here."""
        messages = [self._message(account, text) for text in texts]
        try:
            return account._adapter().send(messages)
        except Exception:
            # An adapter never raises; should one do so, nobody knows what went out.
            _logger.exception("texts of account %s", account.id)
            return {}

    def _message(self, account, text):
        return Message(
            reference=text.uuid,
            number=text.number,
            body=text.body,
            signature=account.signature or "",
            template=text.dcrc_provider_code or "",
            params=tuple((name, value) for name, value in text.dcrc_params or []),
        )

    def _record(self, account, texts, answers):
        """Write the answers down; a report that came in meanwhile stands."""
        unknown = Answer("unknown", code="no_result")
        for text in texts:
            if text.state == "process":
                text._dcrc_take_answer(answers.get(text.uuid, unknown), account)
        trouble = next((answer for answer in answers.values() if answer.whole), None)
        if trouble:
            account._pause(trouble)
        elif account.failures:
            account.write({"failures": 0, "paused_until": False, "pause_reason": False})

    # -- what nobody knows -------------------------------------------------------------------

    def _recover(self, account, worker):
        """Find out what became of texts whose worker died or whose answer never came."""
        if account.paused_until and account.paused_until > fields.Datetime.now():
            return
        deadline = time.monotonic() + ASK_SECONDS
        for text_ids in self._lost(account):
            if not worker.left or time.monotonic() > deadline:
                return
            worker.attempt(self._clear_up, account, text_ids)

    def _lost(self, account, size=20):
        """Ids of texts to be asked for, in batches."""
        now = fields.Datetime.now()
        minutes = int(self.env["ir.config_parameter"].sudo().get_param(STALE_MINUTES, 15))
        stale = [("state", "=", "process"), ("dcrc_claimed_at", "<=", now - timedelta(minutes=minutes))]
        unknown = [("state", "=", "dcrc_unknown"), ("dcrc_send_after", "<=", now)]
        company = ("dcrc_company_id", "=", account.company_id.id)
        texts = self.env["sms.sms"].sudo().search([company, "|", "&", *stale, "&", *unknown], limit=1000)
        return [texts.ids[start : start + size] for start in range(0, len(texts), size)]

    def _clear_up(self, account, text_ids):
        texts = self.env["sms.sms"].sudo().browse(text_ids).try_lock_for_update()
        adapter = account._adapter()
        for text in texts.filtered(lambda text: text.state in ("process", "dcrc_unknown")):
            answer = adapter.can_ask and adapter.ask(text.uuid, text.number, self._day(account, text))
            if answer and answer.state != "unknown":
                text._dcrc_take_answer(answer, account)
            else:
                text._dcrc_stay_unknown(adapter.can_ask)

    def _day(self, account, text):
        return account.company_id._dcrc_to_local(text.dcrc_claimed_at or text.create_date).date()
