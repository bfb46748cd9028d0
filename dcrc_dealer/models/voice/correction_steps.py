"""What follows from opening and settling a correction."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools.phone import normalise_phone

# What a proposal consists of: whose item, which one, and what it should say.
PROPOSAL = ("partner_id", "item", "phone_id", "vehicle_id", "new_value", "new_partner_id")


class Correction(models.Model):
    """The file, the numbers to dial and the follow-ups that wait."""

    _inherit = "dcrc.correction"

    def write(self, vals):
        """Note whose proposal it is by now: who changes it has proposed anew (CUS-7)."""
        names = [name for name in PROPOSAL if name in vals and "proposer_ids" not in vals]
        before = {correction: [correction.sudo()[name] for name in names] for correction in self} if names else {}
        result = super().write(vals)
        for correction, values in before.items():
            if values != [correction.sudo()[name] for name in names]:
                correction._note_proposer()
        return result

    def _note_proposer(self):
        """The user has a part in the present proposal, and so confirms it no more."""
        vals = {"proposer_ids": [Command.link(self.env.uid)]}
        for correction in self.sudo():
            again = correction.state == "proposed"
            step = {"proposed_by": self.env.uid, "proposed_on": fields.Datetime.now()} if again else {}
            correction.write({**vals, **step})

    def _finish(self, state):
        self.sudo().write(self._prepare_move(state))
        self._tell_followups()

    def _tell_followups(self):
        """Let the follow-ups that wait for these corrections go on or leave the base (FUP-5)."""
        for correction in self.filtered(lambda c: c.item in ("phone", "owner")):
            finder = correction._get_finder()
            correction._get_waiting()._dcrc_correction_closed(correction._was_wrong(), finder, self.env.user)

    def _get_waiting(self):
        """The follow-ups that this correction alone holds; a second one, still open, holds them on (COR-1)."""
        self.ensure_one()
        followups = self.env["dcrc.followup"]
        others = self.search_count(
            [
                ("id", "!=", self.id),
                ("partner_id", "=", self.partner_id.id),
                ("item", "=", self.item),
                ("state", "in", ("open", "proposed")),
                *(
                    [("vehicle_id", "in", (self.vehicle_id.id, False))]
                    if self.item == "owner" and self.vehicle_id
                    else []
                ),
            ],
            limit=1,
        )
        if others or self.item not in ("phone", "owner"):
            return followups
        if self.item == "owner":
            return followups._pending_correction(self.partner_id, ("sold",), self.vehicle_id)
        return followups._pending_correction(self.partner_id, ("wrong_number", "no_phone"))

    def _get_finder(self):
        """Who found it: the caller, else who wrote it down."""
        return self.sudo().call_id.user_id or self.user_id

    def _was_wrong(self):
        """Whether the old value was wrong indeed, not only doubted."""
        self.ensure_one()
        if self.item == "phone":
            return normalise_phone(self.new_value)[0] != normalise_phone(self.wrong_value)[0]
        return self.new_partner_id != self.partner_id

    def _flag_repeats(self):
        """COR-2: flag what concerns a customer whose file was wrong before."""
        counts = defaultdict(int)
        domain = Domain("partner_id", "in", self.partner_id.ids) & Domain("id", "not in", self.ids)
        for partner, count in self._read_group(domain, ["partner_id"], ["__count"]):
            counts[partner.id] = count
        for correction in self.sudo():
            correction.repeat = counts[correction.partner_id.id] > 0
            counts[correction.partner_id.id] += 1

    def _stop_dialling(self):
        """COR-1: a number under correction is not dialled; what a call found stays."""
        for correction in self.sudo().filtered(lambda c: c.item == "phone" and c.phone_id):
            if correction.phone_id.state in ("unverified", "ok"):
                correction.phone_id._mark("wrong")

    def _apply_phone(self):
        """The right number gets its own line, so that the wrong one stays on record."""
        number = normalise_phone(self.new_value)[0]
        partner = self.partner_id
        known = partner.dcrc_phone_ids.filtered(lambda p: p.number == number)
        checked = {"state": "ok", "last_check": self.company_id._dcrc_today()}
        if known:
            line = Command.update(known.id, checked)
        else:
            first = min(partner.dcrc_phone_ids.mapped("sequence") or [10]) - 1
            role = self.phone_id.role or "mobile"
            line = Command.create({**checked, "number": number, "role": role, "sequence": first})
        # Through the customer: the file then knows that no older list may bring another number.
        self._write_file(partner, {"dcrc_phone_ids": [line]})

    def _apply_name(self):
        self._write_file(self.partner_id, {"name": self._needed_value()})

    def _apply_plate(self):
        self._check_car_known()
        self._write_file(self.vehicle_id, {"license_plate": self._needed_value()})

    def _apply_owner(self):
        self._check_car_known()
        if not self.new_partner_id:
            raise UserError(self.env._("Choose the new owner (or create the customer) first."))
        self._set_owner(self.new_partner_id)

    def _set_owner(self, partner):
        """Hand the car over; an empty partner: sold, nobody knows to whom."""
        vehicle = self.vehicle_id
        vehicle.check_access("write")
        if vehicle.dcrc_owner_id == self.partner_id or partner:
            vehicle._dcrc_set_owner(partner, self.company_id._dcrc_today(), "call")

    def _apply_other(self):
        """Nothing to write: the answer says what was mended."""

    def _check_car_known(self):
        if not self.vehicle_id:
            raise UserError(self.env._("Say which car it is about first."))

    def _needed_value(self):
        value = (self.new_value or "").strip()
        if not value:
            raise UserError(self.env._("Write the right value first."))
        return value

    def _write_file(self, record, vals):
        """Write confirmed values: two people have seen them, the manager need not again."""
        record.check_access("write")
        record.sudo().with_context(dcrc_direct_write=True).write(vals)
