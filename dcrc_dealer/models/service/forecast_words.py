from odoo import fields, models
from odoo.tools import format_date


class ForecastWords(models.AbstractModel):
    """Says in words how a car's due date was found; the engine gives codes and figures."""

    _name = "dcrc.forecast.words"
    _description = "Forecast Explanation"

    def _tell(self, data):
        """Return the sentences, one a line, of ``[[code, figures], …]``."""
        lines = [self._sentence(code, self._in_words(figures)) for code, figures in data]
        return "\n".join(filter(None, lines)) or False

    def _in_words(self, figures):
        words = {}
        for name, value in figures.items():
            if name == "date":
                value = format_date(self.env, fields.Date.to_date(value))
            elif isinstance(value, float | int):
                value = f"{value:,.0f}" if name != "daily" else f"{value:,.1f}"
            words[name] = value
        return words

    def _sentence(self, code, x):
        if code == "excluded":
            return self._left_out(x)
        return self._about_rate(code, x) or self._about_day(code, x)

    def _left_out(self, x):
        why = dict(self.env["dcrc.mileage.reading"]._fields["excluded"]._description_selection(self.env))
        return self.env._(
            "%(date)s, %(km)s km is left out: %(why)s.", date=x["date"], km=x["km"], why=why.get(x["why"], "")
        )

    def _about_rate(self, code, x):
        if code == "replaced":
            return self.env._("Meter replaced or turned back before %(date)s (%(km)s km).", date=x["date"], km=x["km"])
        if code == "jumped":
            return self.env._(
                "The meter jumped to %(km)s km before %(date)s, far above the car's own pace: please ask.",
                date=x["date"],
                km=x["km"],
            )
        if code == "rate_own":
            return self.env._(
                "%(daily)s km a day by its own readings: %(km)s km in %(days)s days.",
                daily=x["daily"],
                km=x["km"],
                days=x["days"],
            )
        if code == "rate_one":
            return self.env._(
                "%(daily)s km a day by a single stretch: %(km)s km in %(days)s days.",
                daily=x["daily"],
                km=x["km"],
                days=x["days"],
            )
        if code == "rate_model":
            return self.env._("No reading yet: %(daily)s km a day, as other cars of this model.", daily=x["daily"])
        if code == "rate_dealer":
            return self.env._("No reading yet: %(daily)s km a day, as the dealer's other cars.", daily=x["daily"])
        if code == "rate_unknown":
            return self.env._("No reading yet, and no other cars to compare with.")
        return self._about_others(code, x)

    def _about_others(self, code, x):
        if code == "with_model":
            return self.env._(
                "Other cars of this model drive %(daily)s km a day; that counts too while little is known of this one.",
                daily=x["daily"],
            )
        if code == "with_dealer":
            return self.env._(
                "The dealer's other cars drive %(daily)s km a day; that counts too while little is known of this one.",
                daily=x["daily"],
            )
        return ""

    def _about_day(self, code, x):
        if code == "since_delivery":
            return self.env._("Counted from delivery on %(date)s.", date=x["date"])
        if code == "since_service":
            return self.env._("Counted from the last service on %(date)s.", date=x["date"])
        if code == "by_km":
            return self.env._("%(km)s km more: about %(date)s.", km=x["km"], date=x["date"])
        if code == "by_months":
            return self.env._("%(months)s months: %(date)s.", months=x["months"], date=x["date"])
        if code == "decided_km":
            return self.env._("The km come first: %(date)s.", date=x["date"])
        if code == "decided_months":
            return self.env._("The months come first: %(date)s.", date=x["date"])
        if code == "maybe_km":
            return self.env._("Driven more than expected, the km come first: from %(date)s on.", date=x["date"])
        if code == "at_latest":
            return self.env._("By the months on %(date)s at the latest; the km may come first.", date=x["date"])
        return self._about_nothing(code)

    def _about_nothing(self, code):
        """Why there is no date at all."""
        return {
            "no_plan": self.env._("No date: no service plan holds for this car."),
            "no_base": self.env._("No date: neither a delivery nor a service is known."),
            "no_rate": self.env._("No date: the plan counts km only, and nothing tells how much the car is driven."),
            "no_use": self.env._("No date: the plan counts km only, and the car is hardly driven."),
        }.get(code, "")

    def _tell_band(self, car):
        """When the car is likely to be due, in short: a band, or the one day and what names it."""
        low, day, high = car.dcrc_next_service_low, car.dcrc_next_service_date, car.dcrc_next_service_high
        if not day:
            return False
        if not low:
            return self.env._("%(day)s at the latest", day=format_date(self.env, high or day))
        if low < high:
            return self.env._("%(low)s to %(high)s", low=format_date(self.env, low), high=format_date(self.env, high))
        codes = {code for code, _figures in car.dcrc_forecast_data or []}
        if "decided_km" in codes or "by_months" not in codes:
            return self.env._("%(day)s, by the km", day=format_date(self.env, day))
        return self.env._("%(day)s, by the months", day=format_date(self.env, day))
