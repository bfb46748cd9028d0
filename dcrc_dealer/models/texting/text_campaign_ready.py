from odoo import api, fields, models

ALL, GRADE_A = [("dcrc_customer", "=", True)], [("dcrc_grade", "=", "a")]


class TextCampaign(models.Model):
    """Ready audiences: what campaigns are usually for, as a choice to begin with."""

    _inherit = "dcrc.text.campaign"

    audience = fields.Selection(
        lambda self: [(key, label) for key, (label, _domain) in self._get_audiences().items()],
        "Ready choice",
        help="Sets the customers below; narrow them down as you like.",
    )

    @api.onchange("audience")
    def _onchange_audience(self):
        if self.audience:
            self.audience_domain = str(self._get_audiences()[self.audience][1])

    @api.model
    def _get_audiences(self):
        """Extension point: ``{key: (label, domain of customers)}``; domains may use relative days."""
        cars = "dcrc_vehicle_ids."
        return {
            "all": (self.env._("All customers"), ALL),
            "grade_a": (self.env._("Grade A"), GRADE_A),
            "new_car": (self.env._("New car within 90 days"), [(f"{cars}dcrc_delivery_date", ">=", "today -90d")]),
            "old_car": (self.env._("Car older than three years"), [(f"{cars}dcrc_delivery_date", "<", "today -36m")]),
            "away": (self.env._("Not here for a year"), [(f"{cars}dcrc_last_visit_date", "<", "today -12m")]),
        }
