"""What the center has confirmed is to be keyed into the DMS, too (COR-1, CUS-10)."""

from odoo import models

# item: the record and field that the DMS has
KEYED = {
    "phone": ("partner_id", "dcrc_phone_ids"),
    "name": ("partner_id", "name"),
    "plate": ("vehicle_id", "license_plate"),
    "owner": ("vehicle_id", "dcrc_owner_id"),
}


class Correction(models.Model):
    """A confirmed value opens its line in the list of what is to be keyed back; a list that has it closes the line."""

    _inherit = "dcrc.correction"

    def _finish(self, state):
        result = super()._finish(state)
        if state == "verified":
            self._key_back()
        return result

    def _key_back(self):
        differences = self.env["dcrc.dms.difference"].sudo()
        for correction in self.sudo().filtered(lambda c: c.item in KEYED and (c.new_value or c.new_partner_id)):
            link, name = KEYED[correction.item]
            record = correction[link]
            vals = {
                "company_id": correction.company_id.id,
                "res_model": record._name,
                "res_id": record.id,
                "field_name": name,
                "partner_id": correction.partner_id.id,
                "vehicle_id": correction.vehicle_id.id,
                "centre_value": correction.new_partner_id.name or correction.new_value,
                "list_value": correction.wrong_value,
                "date": correction.company_id._dcrc_today(),
            }
            key = [(field, "=", vals[field]) for field in ("res_model", "res_id", "field_name")]
            known = differences.search([*key, ("state", "=", "open")])
            known.write({"centre_value": vals["centre_value"]}) if known else differences.create(vals)
