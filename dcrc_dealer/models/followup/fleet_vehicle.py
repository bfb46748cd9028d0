from odoo import models


class FleetVehicle(models.Model):
    """A car that changes hands ends the old owner's follow-ups about it (CUS-2)."""

    _inherit = "fleet.vehicle"

    def _dcrc_archived(self, active):
        """What was open about an archived car ends with that reason; taken back, it goes on (FUP-12)."""
        result = super()._dcrc_archived(active)
        self.env["dcrc.followup"]._follow_archive([("vehicle_id", "in", self.ids)], "car_archived", active)
        return result

    def _dcrc_not_back_after_all(self):
        """What had ended because these cars came in goes on: the visit is void, or another car's (FUP-12)."""
        if not self:
            return
        followups = self.env["dcrc.followup"].sudo()
        ended = followups.search(
            [("vehicle_id", "in", self.ids), ("state", "=", "cancelled"), ("cancel_reason_id.code", "=", "came_back")]
        )
        still_away = ended.filtered(lambda f: f.date_expiry >= f.company_id._dcrc_today() and not f._came_back())
        still_away._take_back()

    def _dcrc_owner_changed(self, changes):
        result = super()._dcrc_owner_changed(changes)
        pairs = {(car.id, old.id) for car, old, _new in changes if old}
        if pairs:
            followups = (
                self.env["dcrc.followup"]
                .sudo()
                .search(
                    [
                        ("vehicle_id", "in", [car for car, _old in pairs]),
                        ("partner_id", "in", [old for _car, old in pairs]),
                        ("state", "in", ("planned", "blocked", "open")),
                    ]
                )
            )
            followups.filtered(lambda f: (f.vehicle_id.id, f.partner_id.id) in pairs)._cancel("owner_changed")
        return result
