from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging customers joins their open contacts first.

    A customer has one open contact; Odoo's merge would silently delete the others.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _dcrc_unify(self, src_partners, dst_partner):
        result = super()._dcrc_unify(src_partners, dst_partner)
        contacts = (
            self.env["dcrc.contact"]
            .sudo()
            .search([("partner_id", "in", (src_partners | dst_partner).ids), ("state", "=", "open")])
            .sorted(lambda contact: (contact.partner_id != dst_partner, contact.id))
        )
        keep, others = contacts[:1], contacts[1:]
        if others:
            others.followup_ids.contact_id = keep
            others.call_ids.filtered(lambda c: c.state == "done").contact_id = keep
            keep.date_due = min(contacts.mapped("date_due"))
            keep.attempt_count = len(keep.call_ids.filtered(lambda c: c.state == "done" and c.direction == "out"))
            others.attempt_count = 0  # the calls are the remaining one's now
            others._close("cancelled")
        return result
