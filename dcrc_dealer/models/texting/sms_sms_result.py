from dataclasses import replace
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.mask import mask_phone
from ...tools.texting import NEXT_DAY

MOST_TRIES = 8
LONGEST_WAIT = 6 * 3600


class SmsSms(models.Model):
    """What became of a text: the provider's answer, its report, or a person's word."""

    _inherit = "sms.sms"

    def action_dcrc_was_sent(self):
        """Button: a person found out that it has gone out."""
        self._dcrc_decide({"state": "pending", "dcrc_error": self.env._("%(user)s: was sent", user=self.env.user.name)})

    def action_dcrc_send_again(self):
        """Button: a person found out that it has not gone out."""
        self._dcrc_decide({})
        self.sudo()._dcrc_wait_again()

    def action_dcrc_cancel(self):
        """Button: a waiting text is not wanted any more."""
        self._dcrc_check_manager()
        self.sudo().action_set_canceled()

    def action_dcrc_retry(self):
        """Button: a refused text once more, after what was wrong has been mended."""
        self._dcrc_check_manager()
        return self.sudo().resend_failed()

    def _dcrc_check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("The manager decides about texts."))

    def _dcrc_decide(self, vals):
        self._dcrc_check_manager()
        texts = self.sudo()
        if any(text.state != "dcrc_unknown" or not text.dcrc_company_id for text in texts):
            raise UserError(self.env._("Only for texts whose result is unknown."))
        if vals:
            texts.write(vals)
            for text in texts:
                text.dcrc_sent_at = text.dcrc_sent_at or text.dcrc_claimed_at
                text._dcrc_charge(self.env["dcrc.text.account"]._get_for(text.dcrc_company_id))

    def _dcrc_take_answer(self, answer, account):
        """Write down what the provider answered to a text that was handed to it."""
        self.ensure_one()
        if self.dcrc_trial and account._is_silent(answer):
            # whether it waits or nobody knows would tell a closed port from one that is silent
            answer = replace(answer, state="unknown")
        handle = getattr(self, f"_dcrc_answer_{answer.state}")
        handle(answer, account)
        if answer.provider_reference:
            self.dcrc_provider_reference = answer.provider_reference

    def _dcrc_answer_accepted(self, answer, account):
        recorded = answer.code == "recorded"
        self.write(
            {
                "state": "dcrc_recorded" if recorded else "pending",
                "failure_type": False,
                "dcrc_send_after": False,
                "dcrc_sent_at": self.dcrc_claimed_at or fields.Datetime.now(),
                "dcrc_error": False,
            }
        )
        if not recorded:
            self._dcrc_charge(account)

    def _dcrc_answer_delivered(self, answer, account):
        self._dcrc_answer_accepted(answer, account)
        self.write({"state": "sent", "dcrc_delivered_at": fields.Datetime.now()})

    def _dcrc_answer_refused(self, answer, account):
        self.write(
            {"state": "error", "failure_type": "unknown", "dcrc_send_after": False, "dcrc_error": account._say(answer)}
        )

    def _dcrc_answer_failed(self, answer, account):
        self._dcrc_answer_refused(answer, account)
        self.dcrc_sent_at = self.dcrc_claimed_at

    def _dcrc_answer_later(self, answer, account):
        if answer.whole or answer.code == "not_received":
            self.write(
                {
                    "state": "dcrc_waiting",
                    "dcrc_claimed_at": False,
                    "dcrc_error": account._say(answer),
                    "dcrc_send_after": False,
                }
            )
            return
        next_day = answer.wait == NEXT_DAY  # a limit is no failure: it counts no try
        if not next_day and self.dcrc_tries + 1 >= MOST_TRIES:
            self._dcrc_answer_refused(answer, account)
            return
        self.write(
            {
                "state": "dcrc_waiting",
                "dcrc_claimed_at": False,
                "dcrc_error": account._say(answer),
                "dcrc_tries": self.dcrc_tries + (not next_day),
                "dcrc_send_after": account._next_day() if next_day else self._dcrc_next_try(answer.wait),
            }
        )

    def _dcrc_answer_unknown(self, answer, account):
        """Kept apart; asked for in a few minutes where the provider can tell."""
        self.write(
            {
                "state": "dcrc_unknown",
                "dcrc_error": account._say(answer),
                "dcrc_tries": 1,
                "dcrc_send_after": self._dcrc_next_try(120),
            }
        )

    def _dcrc_stay_unknown(self, ask_again):
        """Nobody could tell: ask again later where that helps, else a person has to."""
        tries = self.dcrc_tries + 1
        self.write(
            {
                "state": "dcrc_unknown",
                "dcrc_tries": tries,
                "dcrc_error": self.dcrc_error or self.env._("Interrupted while it was sent."),
                "dcrc_send_after": self._dcrc_next_try(120) if ask_again and tries <= MOST_TRIES else False,
            }
        )

    def _dcrc_next_try(self, wait):
        seconds = min(LONGEST_WAIT, max(wait, 60) * 2 ** min(self.dcrc_tries, 10))
        return fields.Datetime.now() + timedelta(seconds=seconds)

    def _dcrc_charge(self, account):
        self.dcrc_cost = self.dcrc_parts * account.price

    def _dcrc_take_report(self, report, account):
        """A delivery report; the first final word stands, except that delivered beats failed.

        A text of several parts has arrived when all of them have: one that failed is final.
        """
        if self.state in ("dcrc_waiting", "canceled", "dcrc_recorded"):
            return  # never handed over: not about this text
        report = self._dcrc_sum_up_parts(report)
        if not report or (self.state == "error" and report.state == "failed"):
            return
        if self.state == "sent" and (report.state == "delivered" or self.dcrc_parts <= 1):
            return
        self.dcrc_provider_reference = self.dcrc_provider_reference or report.provider_reference or False
        sent_at = self.dcrc_sent_at or self.dcrc_claimed_at
        if not self.dcrc_cost:
            self._dcrc_charge(account)
        if report.state == "delivered":
            self.write(
                {
                    "state": "sent",
                    "failure_type": False,
                    "dcrc_error": False,
                    "dcrc_sent_at": sent_at,
                    "dcrc_delivered_at": fields.Datetime.now(),
                }
            )
        else:
            said = f"{report.code} {report.text}".strip()
            self.write(
                {
                    "state": "error",
                    "failure_type": "unknown",
                    "dcrc_sent_at": sent_at,
                    "dcrc_error": said or self.env._("Not delivered."),
                }
            )

    def _dcrc_refuse(self, why):
        """These can't go as they are."""
        vals = {"state": "error", "failure_type": "unknown", "dcrc_error": why}
        self.write({**vals, "dcrc_claimed_at": fields.Datetime.now()})

    def _dcrc_has_long_value(self, most):
        """Whether a field is longer than the provider takes and can't be shortened."""
        return bool(most) and any(len(value) > most for _name, value in self.dcrc_params or [])

    def _dcrc_sum_up_parts(self, report):
        """Return what a report on one part says about the whole text; None: not yet anything."""
        if not report.part:
            failed = self.dcrc_parts > 1 and self.state == "error" and report.state == "delivered"
            return None if failed else report
        known = dict(self.dcrc_part_states or {})
        if known.get(str(report.part)) != "delivered":  # reports come twice, in any order
            known[str(report.part)] = report.state
        self.dcrc_part_states = known
        if "failed" in known.values():
            return replace(report, state="failed")
        return report if len(known) >= max(report.parts or self.dcrc_parts, 1) else None

    def _compute_display_name(self):
        ours = self.filtered("dcrc_company_id")
        for text in ours:
            text.display_name = f"{text.partner_id.name or ''} {mask_phone(text.number)}".strip()
        return super(SmsSms, self - ours)._compute_display_name()
