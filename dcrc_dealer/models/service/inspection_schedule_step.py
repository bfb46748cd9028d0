from odoo import fields, models


class InspectionScheduleStep(models.Model):
    """A stretch of a car's life and how often it is inspected then."""

    _name = "dcrc.inspection.schedule.step"
    _description = "Inspection Interval"
    _order = "schedule_id, first, id"

    schedule_id = fields.Many2one("dcrc.inspection.schedule", "Rules", required=True, index=True, ondelete="cascade")
    first = fields.Integer("First at (months)", required=True, help="Months since first registration.")
    last = fields.Integer("Last at (months)", help="Empty or 0: for ever.")
    every = fields.Integer("Every (months)", required=True, default=12)
    kind = fields.Selection(
        [("mark", "Mark only, on line"), ("test", "Test at the station")],
        "Type",
        required=True,
        default="test",
        help="Where two lines name the same month, the test counts.",
    )

    _months_sane = models.Constraint(
        "CHECK (first > 0 AND every > 0 AND (COALESCE(last, 0) = 0 OR last >= first))",
        "Inspections begin after the first month, come every month or less often,"
        " and the last cannot lie before the first.",
    )
