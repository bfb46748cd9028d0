from odoo import fields, models

from .appointment import EXPECTED


class Console(models.AbstractModel):
    """Appointments on Today and during a call (APT-3, APT-5)."""

    _inherit = "dcrc.console"

    def _get_tiles(self, domains):
        """How many of tomorrow's appointments nobody has confirmed yet."""
        if not self.env.company._dcrc_has_room("appointment"):
            return super()._get_tiles(domains)
        to_confirm = self.env["dcrc.appointment"]._get_domains()["to_confirm"]
        label = self.env._("Appointments to confirm")
        tile = ("appointments", label, "dcrc.appointment", to_confirm, "normal")
        return [*super()._get_tiles(domains), tile]

    def _prepare_call(self, contact, call):
        payload = super()._prepare_call(contact, call)
        if "appointment" not in payload["rooms"]:
            return payload
        return {**payload, "appointments": self._prepare_coming(contact.partner_id)}

    def _prepare_coming(self, partner):
        """The customer's appointments to come."""
        coming = self.env["dcrc.appointment"].search(
            [("partner_id", "=", partner.id), ("state", "in", EXPECTED), ("start", ">=", fields.Datetime.now())],
            order="start",
            limit=3,
        )
        return [{"id": a.id, "label": a._get_agreed_words()} for a in coming]

    def _prepare_followup(self, followup, departments, leader):
        payload = super()._prepare_followup(followup, departments, leader)
        offer = followup._get_open_offer()
        if offer:
            payload["decision"] = self._prepare_decision(offer)
        return payload

    def _prepare_decision(self, offer):
        """A kept place is taken, passed on or given up before the call ends."""
        return {
            "title": self.env._("Kept for this customer: %(time)s", time=offer._get_place_words()),
            "choices": [
                {"value": "take", "label": self.env._("Takes it")},
                {"value": "wait", "label": self.env._("Not this one, waits on")},
                {"value": "leave", "label": self.env._("Needs none any more")},
            ],
        }
