from odoo import api, fields, models


class ResCompany(models.Model):
    """What a dealer can set about calling."""

    _inherit = "res.company"

    dcrc_keep_calls_months = fields.Integer(
        "Notes on calls (months)", default=36, help="What was typed; that it was called, and the answers, stay."
    )

    dcrc_claim_minutes = fields.Integer(
        "Customer held for (minutes)", default=20, help="So long nobody else gets a customer whose call screen is open."
    )
    dcrc_first_service_months = fields.Integer("First service after (months)", default=3)
    dcrc_first_service_km = fields.Integer("First service at (km)", default=5000)
    dcrc_link_days = fields.Integer(
        "Questionnaire link valid for (days)",
        default=30,
        help="Customers who refused or could not be reached get a link by e-mail and text message.",
    )
    dcrc_late_in_base = fields.Boolean(
        "Lists that came too late count",
        default=True,
        help="A paper whose list came after the last day for its call counts as due and not done. Either way it is"
        " told apart from what the center missed.",
    )
    dcrc_success_target = fields.Float(
        "Target of success (%)", default=96.0, digits=(5, 1), help="Effective ÷ due follow-ups of sales and service."
    )
    dcrc_call_seconds = fields.Integer(
        "An opinion takes (seconds)", default=30, help="Shorter calls with an opinion are listed as doubtful."
    )
    dcrc_same_answers = fields.Integer(
        "Alike from (customers)",
        default=10,
        help="Of a month: a caller so many of whose customers all answered alike is listed as doubtful.",
    )
    dcrc_missed_told_on = fields.Date("Managers told of what was missed", readonly=True, copy=False)
    dcrc_planned_at = fields.Datetime("Follow-ups planned at", readonly=True, copy=False)

    _dcrc_call_figures_positive = models.Constraint(
        "CHECK (dcrc_claim_minutes > 0 AND dcrc_link_days > 0 AND dcrc_rate_minimum > 0)",
        "Minutes and days in the settings of calls must be positive.",
    )

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.call.slot", "dcrc.script", "dcrc.followup.rule"]

    def _dcrc_room_switched(self, room, on):
        """The rules of a room that is off are as if they were archived, and go on where they stopped."""
        result = super()._dcrc_room_switched(room, on)
        domain = [("company_id", "in", self.ids), ("trigger", "in", self._dcrc_rooms()[room].triggers)]
        rules = self.env["dcrc.followup.rule"].sudo().search(domain)
        if on:
            rules._take_back("rule_off")
        else:
            rules._cancel_open("rule_off")
        return result

    def _dcrc_first_service(self):
        """When the first service is due, in words (for scripts); the service room knows better."""
        return self.env._(
            "%(months)s months or %(km)s km",
            months=self.dcrc_first_service_months,
            km=f"{self.dcrc_first_service_km:,}",
        )
