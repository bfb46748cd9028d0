from odoo import fields, models

ADDRESSES = {"maker_region": "dcrc_region_email", "maker_headquarters": "dcrc_headquarters_email"}


class ClockStep(models.Model):
    """The rungs above the house: whom of the manufacturer's to write to, from the dealer's settings (CMP-5)."""

    _inherit = "dcrc.clock.step"

    target = fields.Selection(
        selection_add=[
            ("maker_region", "Manufacturer's regional manager (e-mail)"),
            ("maker_headquarters", "Manufacturer's headquarters (e-mail)"),
        ],
        ondelete={"maker_region": "cascade", "maker_headquarters": "cascade"},
    )

    def _get_people_note(self):
        name = ADDRESSES.get(self.target)
        if not name:
            return super()._get_people_note()
        address = self.rule_id.company_id[name]
        return address or self.env._("nobody: no address in the dealer's settings"), not address
