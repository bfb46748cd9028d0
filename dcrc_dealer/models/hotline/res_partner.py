from odoo import fields, models

READER = "dcrc_dealer.group_dcrc_reader"


class ResPartner(models.Model):
    _inherit = "res.partner"

    dcrc_hotline_ids = fields.One2many("dcrc.hotline", "partner_id", "Hotline Records", groups=READER)
    dcrc_hotline_count = fields.Integer("Hotline Record Count", compute="_compute_dcrc_hotline_count", groups=READER)

    def _compute_dcrc_hotline_count(self):
        groups = self.env["dcrc.hotline"]._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"])
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.dcrc_hotline_count = counts.get(partner._origin.id, 0)

    def action_dcrc_hotline(self):
        """Open the customer's calls to the hotline."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.hotline_action")
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {"default_partner_id": self.id}}
