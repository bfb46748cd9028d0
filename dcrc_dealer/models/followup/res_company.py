from odoo import fields, models


class ResCompany(models.Model):
    """What a dealer can set about calling."""

    _inherit = "res.company"

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
    dcrc_planned_at = fields.Datetime("Follow-ups planned at", readonly=True, copy=False)

    _dcrc_call_figures_positive = models.Constraint(
        "CHECK (dcrc_claim_minutes > 0 AND dcrc_link_days > 0)",
        "Minutes and days in the settings of calls must be positive.",
    )

    def _dcrc_open_centre(self):
        result = super()._dcrc_open_centre()
        for company in self:
            for model in ("dcrc.call.slot", "dcrc.script", "dcrc.followup.rule"):
                self.env[model]._copy_templates_to(company)
        return result

    def _dcrc_first_service(self):
        """When the first service is due, in words (for scripts); the service room knows better."""
        return self.env._(
            "%(months)s months or %(km)s km, whichever comes first",
            months=self.dcrc_first_service_months,
            km=f"{self.dcrc_first_service_km:,}",
        )
