from odoo import api, fields, models

from ...tools.lunar import key_of


class ResPartner(models.Model):
    """Birthdays by either calendar (handbook REM-4)."""

    _inherit = "res.partner"

    dcrc_birth_lunar = fields.Boolean(
        "Celebrates by the lunar calendar",
        groups="dcrc_dealer.group_dcrc_reader",
        help="The birthday moves with the moon each year.",
    )
    dcrc_birth_key = fields.Integer(
        "Birthday without Year",
        compute="_compute_dcrc_birth_key",
        store=True,
        aggregator=None,
        groups="dcrc_dealer.group_dcrc_reader",
    )

    _dcrc_birth_idx = models.Index("(company_id, dcrc_birth_key) WHERE dcrc_customer AND dcrc_birth_key > 0")

    @api.depends("dcrc_birth_date", "dcrc_birth_lunar")
    def _compute_dcrc_birth_key(self):
        for partner in self:
            day = partner.dcrc_birth_date
            partner.dcrc_birth_key = (day and key_of(day, partner.dcrc_birth_lunar)) or False
