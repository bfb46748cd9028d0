from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    _inherit = "dcrc.timeline"
    _depends = {
        "dcrc.complaint": ["date", "partner_id", "vehicle_id", "company_id", "text", "name", "user_id"],
        "dcrc.correction": [
            "date",
            "partner_id",
            "vehicle_id",
            "company_id",
            "name",
            "wrong_value",
            "new_value",
            "note",
            "user_id",
        ],
    }

    kind = fields.Selection(selection_add=[("complaint", "Complaint"), ("correction", "Correction")])

    def _timeline_parts(self):
        return [*super()._timeline_parts(), self._timeline_complaints(), self._timeline_corrections()]

    def _timeline_complaints(self):
        return SQL(
            """SELECT c.id, c.date, 'complaint', c.partner_id, c.vehicle_id, c.company_id,
                      LEFT(c.text, 200), c.name, 'dcrc.complaint', c.id, c.user_id
                 FROM dcrc_complaint c"""
        )

    def _timeline_corrections(self):
        return SQL(
            """SELECT c.id, c.date, 'correction', c.partner_id, c.vehicle_id, c.company_id,
                      COALESCE(NULLIF(CONCAT_WS(' → ', c.wrong_value, c.new_value), ''), c.note, c.name),
                      c.name, 'dcrc.correction', c.id, c.user_id
                 FROM dcrc_correction c"""
        )
