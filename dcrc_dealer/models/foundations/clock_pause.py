from odoo import fields, models


class ClockPause(models.Model):
    """While one of its pauses is open a clock stands still."""

    _name = "dcrc.clock.pause"
    _description = "Pause of a time limit"
    _order = "id"
    _check_company_auto = True

    clock_id = fields.Many2one("dcrc.clock", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="clock_id.company_id", store=True, required=True, index=True, precompute=True)
    reason = fields.Char(required=True)
    started_on = fields.Datetime("From", required=True)
    ended_on = fields.Datetime("Until")

    _open_once = models.UniqueIndex(
        "(clock_id, reason) WHERE ended_on IS NULL", "This clock is paused for this reason already."
    )
