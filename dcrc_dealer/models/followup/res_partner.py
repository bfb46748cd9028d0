from odoo import models


class ResPartner(models.Model):
    """A customer given to another specialist takes the open contact along (CUS-5)."""

    _inherit = "res.partner"

    def write(self, vals):
        moved = self.browse()
        if "dcrc_specialist_id" in vals:
            moved = self.filtered(lambda p: p.dcrc_specialist_id.id != vals["dcrc_specialist_id"])
            before = {partner.id: partner.dcrc_specialist_id for partner in moved}
        result = super().write(vals)
        if moved:
            contacts = self.env["dcrc.contact"].sudo().search([("partner_id", "in", moved.ids), ("state", "=", "open")])
            contacts.filtered(lambda c: not c.user_id or c.user_id == before[c.partner_id.id]).user_id = vals[
                "dcrc_specialist_id"
            ]
        return result

    def _dcrc_archived(self, active):
        """What was open with an archived customer ends with that reason; taken back, it goes on (FUP-12)."""
        result = super()._dcrc_archived(active)
        self.env["dcrc.followup"]._follow_archive([("partner_id", "in", self.ids)], "customer_archived", active)
        return result
