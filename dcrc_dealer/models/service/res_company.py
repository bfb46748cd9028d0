from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

MEANS_DAYS = 7  # the mean of many cars moves slowly
MEANS_CARS = 5  # fewer cars say nothing about a model


class ResCompany(models.Model):
    """What a dealer can set about bringing cars back."""

    _inherit = "res.company"

    dcrc_return_window_days = fields.Integer(
        "A reminder counts for (days)",
        default=30,
        help="A car that comes within so many days after a contact came because of it.",
    )
    dcrc_usage_means = fields.Json("Mean daily km", readonly=True, copy=False)

    _dcrc_return_window_positive = models.Constraint(
        "CHECK (dcrc_return_window_days > 0)", "A reminder counts for at least one day."
    )

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.service.plan"]

    def _dcrc_get_means(self):
        """Mean daily km of the dealer's cars and of each model, at most a week old.

        :return: ``{"dealer": km or None, "models": {model id: km}}``
        """
        self.ensure_one()
        means, today = self.dcrc_usage_means or {}, self._dcrc_today()
        fresh = fields.Date.to_date(means.get("date")) if means else None
        if not fresh or not today - timedelta(days=MEANS_DAYS) < fresh <= today:
            known, means = means.get("dealer"), self._dcrc_measure_means()
            if means["dealer"]:
                self.sudo().dcrc_usage_means = means
                if not known:
                    self._dcrc_touch_unknown()
                self.flush_recordset(["dcrc_usage_means"])  # the forecast drops the cache unflushed
        return {
            "dealer": means.get("dealer"),
            "models": {int(key): km for key, km in (means.get("models") or {}).items()},
        }

    def _dcrc_touch_unknown(self):
        """The first means of a dealer: cars that nobody could tell anything of are worked out again."""
        self.env["fleet.vehicle"]._dcrc_touch(
            SQL("v.company_id = %s AND v.dcrc_daily_km IS NULL AND v.dcrc_forecast_data IS NOT NULL", self.id)
        )

    def _dcrc_measure_means(self):
        """Median daily km over cars that tell it by their own readings."""
        rows = self.env.execute_query(
            SQL(
                """SELECT model_id, COUNT(*), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY dcrc_daily_km)
                 FROM fleet_vehicle
                WHERE company_id = %s AND dcrc_kind = 'customer' AND active AND dcrc_daily_km_own
                GROUP BY GROUPING SETS ((model_id), ())""",
                self.id,
            )
        )
        every = next((median for model, _count, median in rows if model is None), None)
        return {
            "date": fields.Date.to_string(self._dcrc_today()),
            "dealer": every,
            "models": {model: median for model, count, median in rows if model and count >= MEANS_CARS},
        }
