"""What the engine would have said of a car on a day gone by: its own functions, given that day."""

from datetime import timedelta

from odoo.tools import SQL


class Past:
    """Forecasts of one dealer's cars as of any day; `load` reads what is known by now."""

    def __init__(self, env, company):
        self.env, self.company = env, company
        self.cars = env["fleet.vehicle"]
        self.today = company._dcrc_today()

    def load(self):
        """Read facts, readings and services of all cars of the dealer."""
        self.env.flush_all()
        domain = [("company_id", "=", self.company.id), ("dcrc_kind", "=", "customer")]
        self.ids = self.cars.search(domain, order="id").ids
        self.world = self.cars._dcrc_get_world(self.company)
        self.facts = {facts["id"]: facts for facts in self.cars._dcrc_get_facts(self.ids)}
        self.readings = self.cars._dcrc_get_readings(self.ids)
        self.services = self._get_services()
        self._said = {}

    def _get_services(self):
        """``{car id: [day]}`` of services done here, and elsewhere as far as told."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT x.vehicle_id, x.day FROM (%s) x ORDER BY 1, 2",
                SQL(" UNION ALL ").join(self.cars._dcrc_service_parts(self.ids, self.company)),
            )
        )
        found = {}
        for car, day in rows:
            found.setdefault(car, []).append(day)
        return found

    def get_turns(self, car):
        """Days on which something new was learnt of a car's km and services, in order."""
        days = {reading.date for reading in self.readings.get(car, [])} | set(self.services.get(car, []))
        return sorted(day for day in days if day <= self.today)

    def forecast(self, car, day):
        """The forecast's row (see `_dcrc_forecast_one`) of a car in the evening of `day`."""
        known = [day] + [turn for turn in self.get_turns(car) if turn <= day]
        key = car, max(known[1:], default=None)
        if key not in self._said:
            readings = [r for r in self.readings.get(car, []) if r.date <= day]
            done = [one for one in self.services.get(car, []) if one <= day]
            services = (done[-1], len(done)) if done else None
            world = {**self.world, "today": day}
            self._said[key] = self.cars._dcrc_forecast_one(self.facts[car], readings, services, world)[1]
        return self._said[key]

    def get_due(self, car, base, until):
        """The forecast that stood when a reminder of the service after `base` would have begun.

        :param base: day of the last service, None: the delivery.
        :param until: day of the next service; nothing later is known.
        :return: row of the forecast, or None when there was none.
        """
        start = base or self.facts[car]["delivered"] or until
        row = self.forecast(car, start)
        for turn in self.get_turns(car):
            due = row["dcrc_next_service_date"]
            if start < turn < until and (due is None or turn < due - timedelta(days=7)):
                row = self.forecast(car, turn)
        return row if row["dcrc_next_service_date"] else None
