from odoo import fields, models


class ComplaintEntry(models.Model):
    """What somebody did for a complaint: time spent, or another person, place or time (三换). A log that only grows."""

    _name = "dcrc.complaint.entry"
    _description = "Work on a complaint"
    _order = "date desc, id desc"
    _check_company_auto = True

    complaint_id = fields.Many2one("dcrc.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(
        [("work", "Worked on It"), ("person", "Another Person"), ("place", "Another Place"), ("time", "Another Time")],
        required=True,
        default="work",
        help="Another person, another place, another time: what calms a talk that is stuck.",
    )
    user_id = fields.Many2one("res.users", "Who", required=True, default=lambda self: self.env.user)
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    minutes = fields.Integer(aggregator="sum")
    note = fields.Char(dcrc_personal="words")

    _minutes_sane = models.Constraint(
        "CHECK (minutes >= 0 AND minutes <= 1440)", "Minutes of one entry lie between 0 and a day."
    )
