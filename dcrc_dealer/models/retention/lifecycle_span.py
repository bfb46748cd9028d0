from odoo import fields, models
from odoo.tools import SQL

from .lifecycle_rule import STAGES


class LifecycleSpan(models.Model):
    """From when until when a car was in a stage, of the ledger of changes: how many were lost on a day (RET-2)."""

    _name = "dcrc.lifecycle.span"
    _description = "Stage of a car for a time"
    _auto = False
    _order = "date_from desc, id desc"
    _depends = {"dcrc.lifecycle.change": ["vehicle_id", "company_id", "date", "stage", "old_stage"]}

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    old_stage = fields.Selection(STAGES, "Stage before", readonly=True)
    region = fields.Selection([("local", "Local"), ("other", "Other region")], readonly=True)
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty")], readonly=True)
    date_from = fields.Date("Since", readonly=True)
    date_to = fields.Date("Until", readonly=True, help="Empty: still.")

    @property
    def _table_query(self):
        return SQL(
            """SELECT c.id, c.vehicle_id, c.company_id, c.stage, c.old_stage, c.region, c.warranty,
                      c.date AS date_from,
                      LEAD(c.date) OVER (PARTITION BY c.company_id, c.vehicle_id ORDER BY c.date, c.id) AS date_to
                 FROM dcrc_lifecycle_change c"""
        )
