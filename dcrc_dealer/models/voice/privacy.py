from odoo import api, models
from odoo.fields import Domain

LINES = ("dcrc.complaint.round", "dcrc.complaint.proposal", "dcrc.complaint.entry")


class Privacy(models.AbstractModel):
    _inherit = "dcrc.privacy"

    @api.model
    def _sources(self, partners):
        """What hangs on a person's complaints is that person's, too."""
        mine = Domain("complaint_id.partner_id", "in", partners.ids)
        return {**super()._sources(partners), **dict.fromkeys(LINES, mine)}

    def _empty(self, rows):
        """A signature is personal, and no column."""
        if rows._name == "dcrc.complaint.round":
            rows.write({"signature": False, "scan": False, "scan_name": False})
        return super()._empty(rows)
