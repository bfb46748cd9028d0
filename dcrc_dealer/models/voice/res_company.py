from odoo import api, fields, models


class ResCompany(models.Model):
    """What a dealer gets of the customer's voice, and when it is passed on."""

    _inherit = "res.company"

    dcrc_digest_on = fields.Boolean(
        "Feedback to Departments",
        default=True,
        help="The day's problems and the week's figures go to the departments and the managers in writing.",
    )
    dcrc_digest_hour = fields.Float(
        "Problems of the Day at", default=16.5, help="On open days; whoever is not at work then gets them when he is."
    )
    dcrc_digest_week_hour = fields.Float(
        "The Week's Figures at", default=9.0, help="On the first open day of the week, about the week before."
    )
    dcrc_digest_link_days = fields.Integer(
        "Departments Answer within (days)", default=7, help="So long the link in the message is valid."
    )

    _dcrc_digest_sane = models.Constraint(
        "CHECK (dcrc_digest_hour >= 0 AND dcrc_digest_hour < 24 AND dcrc_digest_week_hour >= 0"
        " AND dcrc_digest_week_hour < 24 AND dcrc_digest_link_days > 0)",
        "Choose times of a day for the feedback to departments, and at least one day for its link.",
    )

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.problem"]
