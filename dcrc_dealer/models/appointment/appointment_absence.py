from odoo import api, fields, models


class AppointmentAbsence(models.Model):
    """A time in which an adviser is away or a bay is out of use."""

    _name = "dcrc.appointment.absence"
    _description = "Adviser away or bay out of use"
    _order = "start desc, id desc"
    _check_company_auto = True

    resource_id = fields.Many2one(
        "dcrc.appointment.resource", "Adviser or bay", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="resource_id.company_id", store=True, index=True, precompute=True)
    start = fields.Datetime("From", required=True)
    stop = fields.Datetime("Until", required=True)
    name = fields.Char("Reason")

    _in_order = models.Constraint("CHECK (start < stop)", "It ends after it begins.")
    _time_idx = models.Index("(company_id, stop)")

    @api.constrains("start", "stop", "resource_id")
    def _check_booked(self):
        """Who is booked already has to be moved first."""
        self.resource_id.sudo()._lock_limit()
        for absence in self:
            self.env["dcrc.appointment.seat"]._check_capacity(absence.resource_id, 0, absence.start, absence.stop)
