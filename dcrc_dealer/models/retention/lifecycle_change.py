from odoo import fields, models

from .lifecycle_rule import STAGES


class LifecycleChange(models.Model):
    """When a car entered a stage; append-only, so that plans can be judged against what was."""

    _name = "dcrc.lifecycle.change"
    _description = "Change of life-cycle stage"
    _order = "date desc, id desc"
    _check_company_auto = True

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True)
    date = fields.Date(required=True, readonly=True)
    old_stage = fields.Selection(STAGES, "Stage before", readonly=True)
    stage = fields.Selection(STAGES, "New Stage", required=True, readonly=True)
    score = fields.Integer("Risk", readonly=True, aggregator="avg")
    region = fields.Selection([("local", "Local"), ("other", "Other region")], readonly=True)
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty")], readonly=True)

    _stage_idx = models.Index("(company_id, stage, date)")
