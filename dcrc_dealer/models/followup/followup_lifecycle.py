from datetime import timedelta

from odoo import fields, models


class Followup(models.Model):
    """How a follow-up ends: done, failed, cancelled, held for a correction."""

    _inherit = "dcrc.followup"

    def _prepare_phone_correction(self):
        """Values of the correction that finds a number for this customer (COR-1)."""
        self.ensure_one()
        phone = self.partner_id.dcrc_phone_ids[:1]
        if self.block_reason == "number_shared":
            return self._prepare_shared_correction(phone)
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "vehicle_id": self.vehicle_id.id,
            "phone_id": phone.id,
            "item": "phone",
            "wrong_value": phone.number,
            "source": "manual",
            "department_kind": self._get_department_kind(),
            "note": self.env._("Cannot be called: %(rule)s", rule=self.rule_id.name),
        }

    def _prepare_shared_correction(self, phone):
        """A number of many is asked about at the first who had it; it may be right for one of them."""
        first = (phone | phone._get_same_numbers()).sorted("id")[:1].partner_id
        return {
            "partner_id": first.id,
            "company_id": self.company_id.id,
            "item": "phone",
            "source": "manual",
            "department_kind": self._get_department_kind(),
            "note": self.env._("Many customers have this number: whose is it?"),
        }

    def _has_complaint(self):
        """Hook: does a complaint (or department task) about this follow-up exist already?

        The voice room answers; FUP-7 lets a call close only when it does.
        """
        self.ensure_one()
        return False

    def _finish_by_call(self, call, effective):
        """Close follow-ups with the outcome of `call`; `effective`: {followup id: bool}."""
        leaders = self._get_leaders()
        for followup in self:
            followup.write(
                {
                    "state": "done",
                    "outcome_id": call.outcome_id.id,
                    "effective": effective.get(followup.id, False),
                    "done_on": call.ended_at,
                    "user_id": call.user_id.id,
                    "link_state": "due" if call.outcome_id.sends_link and leaders[followup] == followup else False,
                }
            )

    def _fail(self, outcome):
        """Record that all attempts were in vain: text message, link, failure (FUP-4, FUP-8)."""
        now = fields.Datetime.now()
        leaders, texted = self._get_leaders(), set()
        for followup in self.sorted("id"):
            rule = followup.rule_id
            # one conversation that did not come about is one link, and one text of a kind
            text = rule.fallback_sms and rule.sms_template_id and rule.sms_template_id not in texted
            texted.add(rule.sms_template_id)
            followup.write(
                {
                    "state": "failed",
                    "outcome_id": outcome.id,
                    "done_on": now,
                    "link_state": "due" if rule.survey_id and leaders[followup] == followup else False,
                    "sms_state": "queued" if text else False,
                    "sms_after": now,
                }
            )

    def _get_text_template(self):
        """Extension point: the text message about this follow-up (may be empty)."""
        self.ensure_one()
        return self.rule_id.sms_template_id

    def _get_text_deadline(self):
        """Extension point: last day on which the text still makes sense, False: any."""
        self.ensure_one()
        return False

    def _get_link_deadline(self):
        """Until when the questionnaire link may be answered."""
        return fields.Datetime.now() + timedelta(days=self.company_id.dcrc_link_days)
