from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .followup import ACTIVE_STATES

# What one person decided alone: it leaves the base when somebody else has confirmed it.
BY_PERSON = ("by_hand", "rule_off", "car_archived", "customer_archived", "owner_changed", "do_not_contact")


class Followup(models.Model):
    """How follow-ups leave the base of the success rate, and who says so (FUP-10, COR-1, KPI)."""

    _inherit = "dcrc.followup"

    def action_cancel(self):
        """Button: a manager calls follow-ups off, and says why."""
        self._check_cancel()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Follow-up"),
            "res_model": "dcrc.followup.cancel",
            "view_mode": "form",
            "target": "new",
            "context": {"default_followup_ids": self.ids},
        }

    def action_confirm_exit(self):
        """Button: the second person agrees that these leave the base."""
        self._check_exit_role()
        self.check_access("read")
        waiting = self.filtered(lambda f: f._waits_for_second())
        if self.env.user in waiting.exit_found_by and self.env.uid != SUPERUSER_ID:
            raise UserError(
                self.env._("You called this off yourself: another manager or the general manager confirms.")
            )
        waiting.sudo().write({"base_state": "out", "exit_confirmed_by": self.env.uid, "exit_on": fields.Datetime.now()})

    def action_refuse_exit(self):
        """Button: these stay in the base; what can still be done goes back to the queue."""
        self._check_exit_role()
        self.check_access("read")
        self.filtered(lambda f: f._waits_for_second()).sudo()._take_back()

    def _waits_for_second(self):
        """Whether one person has ended this follow-up and another one is to confirm it."""
        self.ensure_one()
        return self.base_state == "pending" and self.exit_source == "person" and self.state not in ACTIVE_STATES

    def _check_cancel(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise UserError(self.env._("Only a manager calls a follow-up off."))
        self.check_access("read")
        if any(followup.state not in ACTIVE_STATES for followup in self):
            raise UserError(self.env._("What is closed already cannot be called off."))

    def _check_exit_role(self):
        roles = ("dcrc_dealer.group_dcrc_manager", "dcrc_dealer.group_dcrc_director")
        if not any(self.env.user.has_group(role) for role in roles):
            raise AccessError(self.env._("A manager or the general manager confirms what leaves the base."))

    def _call_off(self, reason, note):
        """Call follow-ups off for a `dcrc.reason`; they leave the base once somebody else confirms it."""
        self._check_cancel()
        if not (note or "").strip():
            raise UserError(self.env._("Say why in a few words: whoever confirms reads it."))
        followups = self.sudo()
        followups._cancel(reason.code or "by_hand")
        followups.write({"cancel_reason_id": reason.id, "cancel_note": note.strip(), **self._by_person()})

    def _by_person(self):
        return {"base_state": "pending", "exit_source": "person", "exit_found_by": self.env.uid}

    @api.model
    def _get_reason(self, code):
        """The `dcrc.reason` of a code (empty when there is none)."""
        return self.env["dcrc.reason"].sudo().search([("code", "=", code)], limit=1)

    def _prepare_exit(self, reason_code):
        """Values of follow-ups that end for a reason: who found it, and whether it is confirmed already.

        Extension point. What a list tells or the file shows needs nobody; one person's word waits
        for another's (`dcrc_exit_people` names both where a correction had them).
        """
        values = {"cancel_reason_id": self._get_reason(reason_code).id, "exit_on": fields.Datetime.now()}
        found_by, confirmed_by = self._dcrc_told("dcrc_exit_people") or (None, None)
        if found_by and confirmed_by and found_by != confirmed_by:
            people = {"exit_found_by": found_by, "exit_confirmed_by": confirmed_by}
            return {**values, "base_state": "out", "exit_source": "person", **people}
        by_list = self._dcrc_told("dcrc_source") == "dms"
        if reason_code in BY_PERSON and not by_list and self.env.uid != SUPERUSER_ID:
            return {**values, **self._by_person()}
        return {**values, "base_state": "out", "exit_source": "list" if by_list else "rule"}

    def _cancel(self, reason_code):
        """End follow-ups for one of the `dcrc.reason` codes; empty contacts close too."""
        contacts = self.contact_id
        self.write({"state": "cancelled", "done_on": fields.Datetime.now(), **self._prepare_exit(reason_code)})
        if reason_code == "owner_changed":
            # the new owner is reminded in turn; a paper is still about the old one
            self.filtered(lambda f: f.source_model == "fleet.vehicle")._make_room()
        contacts._close_if_empty()

    def _end_blocked(self, block_reason):
        """End follow-ups that an excused reason has held to their last day; a wish waits for a second person."""
        values = self._prepare_exit(block_reason)
        if not values["cancel_reason_id"]:
            values["cancel_note"] = dict(self.env["dcrc.gate"]._get_labels()).get(block_reason)
        for followup in self:
            wish = block_reason == "do_not_contact" and followup._get_wish()
            mine = {**self._by_person(), "exit_found_by": wish.create_uid.id} if wish else {}
            followup.write({"state": "cancelled", "done_on": fields.Datetime.now(), **values, **mine})

    def _get_wish(self):
        """The customer's wish that keeps this follow-up from being done (may be empty)."""
        self.ensure_one()
        return self.partner_id.dcrc_do_not_contact_ids.filtered(
            lambda wish: (
                wish.channel in ("all", self.channel)
                and wish.purpose in ("all", self.purpose)
                and (not wish.vehicle_id or wish.vehicle_id == self.vehicle_id)
            )
        )[:1]

    def _came_back(self):
        """Whether the car has come in since what this follow-up is about."""
        self.ensure_one()
        day = self.company_id._dcrc_day_bounds(fields.Date.add(self.anchor_date, days=1))[0]
        return any(visit.date_in > day for visit in self.vehicle_id.dcrc_visit_ids if not visit.void)

    def _make_room(self):
        """Give up the place of the one follow-up of a rule and source: another person is asked now."""
        for followup in self:
            if "~" not in followup.occurrence:
                followup.occurrence = f"{followup.occurrence}~{followup.id}"

    def _take_back(self, states=("cancelled",)):
        """Let ended follow-ups count again; in time they are done, else they were missed.

        :param states: what is in another state keeps it (who answered is not asked again).
        """
        for followup in self:
            late = followup.date_expiry < followup.company_id._dcrc_today()
            values = {"state": "missed" if late else "planned"} if followup.state in states else {}
            if values.get("state") == "planned":
                values.update(done_on=False, contact_id=False, block_reason=False)
            followup.write(
                {
                    **values,
                    "base_state": "in",
                    "cancel_reason_id": False,
                    "cancel_note": False,
                    **dict.fromkeys(("exit_source", "exit_found_by", "exit_confirmed_by", "exit_on"), False),
                }
            )
        self.env["dcrc.followup.planner"].sudo()._refresh(self.partner_id)

    @api.model
    def _follow_archive(self, domain, reason_code, active):
        """End what is open within `domain` as its car or customer is archived; go on when it is taken back."""
        if active:
            ended = [("state", "=", "cancelled"), ("cancel_reason_id.code", "=", reason_code)]
            self.sudo().search([*domain, *ended])._take_back()
        else:
            self.sudo().search([*domain, ("state", "in", ACTIVE_STATES)])._cancel(reason_code)

    def _hold(self, reason, base_state="in"):
        """Take follow-ups out of the queue with a block reason (contacts are left to the caller)."""
        values = {"state": "blocked", "block_reason": reason, "base_state": base_state}
        self.write({**values, "contact_id": False})

    @api.model
    def _pending_correction(self, partner, reasons, vehicle=None):
        """Follow-ups held for one of the block `reasons` until a correction of `partner` is settled."""
        domain = Domain("partner_id", "=", partner.id) & Domain("base_state", "=", "pending")
        domain &= Domain("state", "in", ("blocked", "missed")) & Domain("block_reason", "in", reasons)
        if vehicle:
            domain &= Domain("vehicle_id", "=", vehicle.id)
        return self.sudo().search(domain)

    def _dcrc_correction_closed(self, correction_confirmed, found_by, confirmed_by):
        """Take note that the correction which these follow-ups waited for is closed (FUP-5).

        :param correction_confirmed: True: what the call found (wrong number, sold car) was
            true; the follow-up leaves the base, unless a new number still lets it be done.
            False: the old data were right; it counts again.
        :param found_by: who found it (user).
        :param confirmed_by: who closed the correction; never the same person.
        """
        pending = self.sudo().filtered(lambda f: f.base_state == "pending" and f.state in ("blocked", "missed"))
        sold = pending.filtered(lambda f: f.block_reason == "sold")
        for followup in pending:
            today = followup.company_id._dcrc_today()
            back = not correction_confirmed or (followup not in sold and bool(followup.partner_id._dcrc_best_phone()))
            if back and followup.date_expiry >= today and followup.state == "blocked":
                followup.write({"state": "planned", "base_state": "in", "block_reason": False})
            elif back:
                done_on = followup.done_on or fields.Datetime.now()
                followup.write({"state": "missed", "base_state": "in", "done_on": done_on})
            else:
                people = (found_by.id, confirmed_by.id)
                followup.with_context(dcrc_exit_people=people)._cancel(followup.block_reason)
        self.env["dcrc.followup.planner"]._refresh(pending.partner_id)
