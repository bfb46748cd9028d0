from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """Calls to the hotline on the customer's timeline."""

    _inherit = "dcrc.timeline"
    _depends = {"dcrc.hotline": ["date", "partner_id", "vehicle_id", "company_id", "text", "name", "user_id"]}

    kind = fields.Selection(selection_add=[("hotline_call", "Hotline")])

    def _timeline_parts(self):
        return [*super()._timeline_parts(), self._timeline_hotline()]

    def _timeline_hotline(self):
        return SQL(
            """SELECT h.id, h.date, 'hotline_call', h.partner_id, h.vehicle_id, h.company_id,
                      COALESCE(NULLIF(LEFT(h.text, 200), ''), h.name), h.name, 'dcrc.hotline', h.id, h.user_id
                 FROM dcrc_hotline h WHERE h.partner_id IS NOT NULL"""
        )
