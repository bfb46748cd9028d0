from odoo import api, models


class Phone(models.Model):
    """A number found wrong takes the customer out of the queue at once, a new one brings him back."""

    _inherit = "dcrc.phone"

    @api.model_create_multi
    def create(self, vals_list):
        phones = super().create(vals_list)
        phones._refresh_followups()
        return phones

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._refresh_followups()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self._refresh_partners(partners.exists())
        return result

    def _refresh_followups(self):
        self._refresh_partners(self.partner_id)

    def _refresh_partners(self, partners):
        # after a DMS list the planner looks at everybody anyway
        if self._dcrc_told("dcrc_no_refresh") or self._dcrc_told("dcrc_source") == "dms":
            return
        waiting = (
            self.env["dcrc.followup"]
            .sudo()
            ._read_group(
                [("partner_id", "in", partners.ids), ("state", "in", ("planned", "blocked", "open"))], ["partner_id"]
            )
        )
        if waiting:
            found = partners.browse([partner.id for (partner,) in waiting])
            self.env["dcrc.followup.planner"].sudo()._refresh(found)
