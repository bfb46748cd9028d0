from odoo import fields, models
from odoo.fields import Domain


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _dcrc_unify(self, src_partners, dst_partner):
        # After the phones: two lines of one number may have a correction each.
        result = super()._dcrc_unify(src_partners, dst_partner)
        self._dcrc_unify_corrections(src_partners, dst_partner)
        return result

    def _dcrc_unify_corrections(self, src_partners, dst_partner):
        """One open correction an item: the other is closed and says where it went on."""
        Correction = self.env["dcrc.correction"].sudo()
        domain = Domain("partner_id", "in", (src_partners | dst_partner).ids)
        found = Correction.search(domain & Correction._domains()["open"])
        by_key = {}
        for correction in found.sorted(lambda c: (c.partner_id != dst_partner, c.id)):
            key = Correction._open_key({**correction._key_vals(), "partner_id": dst_partner.id})
            keep = by_key.setdefault(key, correction)
            if keep != correction:
                keep.new_value = keep.new_value or correction.new_value
                correction.message_post(
                    body=self.env._("Contacts were merged: goes on as %(number)s.", number=keep.name)
                )
                # Not `_finish`: the follow-ups wait on for the one that goes on.
                correction.write({"state": "closed_unresolved", "closed_on": fields.Datetime.now()})
