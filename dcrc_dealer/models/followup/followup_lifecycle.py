from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .followup import ACTIVE_STATES


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

    def _cancel(self, reason_code):
        """Call follow-ups off for one of the `dcrc.reason` codes; empty contacts close too."""
        reason = self.env["dcrc.reason"].sudo().search([("code", "=", reason_code)], limit=1)
        contacts = self.contact_id
        self.write(
            {"state": "cancelled", "cancel_reason_id": reason.id, "base_state": "out", "done_on": fields.Datetime.now()}
        )
        contacts._close_if_empty()

    def _hold(self, reason, base_state="in"):
        """Take follow-ups out of the queue with a block reason (contacts are left to the caller)."""
        values = {"state": "blocked", "block_reason": reason, "base_state": base_state}
        self.write({**values, "contact_id": False})

    @api.model
    def _pending_correction(self, partner, vehicle=None):
        """Follow-ups whose place in the base depends on a correction of `partner`."""
        domain = Domain("partner_id", "=", partner.id) & Domain("base_state", "=", "pending")
        if vehicle:
            domain &= Domain("vehicle_id", "=", vehicle.id)
        return self.sudo().search(domain)

    def _dcrc_correction_closed(self, correction_confirmed):
        """Take note that the correction which these follow-ups waited for is closed (FUP-5).

        :param correction_confirmed: True: what the call found (wrong number, sold car) was
            true; the follow-up leaves the base, unless a new number still lets it be done.
            False: the old data were right; it counts again.
        """
        pending = self.sudo().filtered(lambda f: f.base_state == "pending")
        sold = pending.filtered(lambda f: f.block_reason == "sold")
        for followup in pending:
            today = followup.company_id._dcrc_today()
            back = not correction_confirmed or (followup not in sold and bool(followup.partner_id._dcrc_best_phone()))
            if back and followup.date_expiry >= today and followup.state in ACTIVE_STATES:
                followup.write({"state": "planned", "base_state": "in", "block_reason": False})
            elif back and followup.state in ACTIVE_STATES:
                followup.write({"state": "missed", "base_state": "in", "done_on": fields.Datetime.now()})
            else:
                followup.base_state = "out" if correction_confirmed else "in"
        self.env["dcrc.followup.planner"]._refresh(pending.partner_id)

    def _finish_by_call(self, call, effective):
        """Close follow-ups with the outcome of `call`; `effective`: {followup id: bool}."""
        for followup in self:
            followup.write(
                {
                    "state": "done",
                    "outcome_id": call.outcome_id.id,
                    "effective": effective.get(followup.id, False),
                    "done_on": call.ended_at,
                    "user_id": call.user_id.id,
                    "link_state": "due" if call.outcome_id.sends_link else False,
                }
            )

    def _fail(self, outcome):
        """Record that all attempts were in vain: text message, link, failure (FUP-4, FUP-8)."""
        now = fields.Datetime.now()
        for rule, followups in self.grouped("rule_id").items():
            followups.write(
                {
                    "state": "failed",
                    "outcome_id": outcome.id,
                    "done_on": now,
                    "link_state": "due" if rule.survey_id else False,
                    "sms_state": "queued" if rule.fallback_sms and rule.sms_template_id else False,
                    "sms_after": now,
                }
            )

    def _get_link_deadline(self):
        """Until when the questionnaire link may be answered."""
        return fields.Datetime.now() + timedelta(days=self.company_id.dcrc_link_days)
