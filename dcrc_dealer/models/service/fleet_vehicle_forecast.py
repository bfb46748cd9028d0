from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...tools.forecast import add_months, next_service, reach_km, why_none
from ...tools.inspection import next_after, next_inspection
from ...tools.mileage import Reading, usage_of
from ..foundations.rows import given, update_rows

BATCH = 500
COLUMNS = (
    "dcrc_plan_id",
    "dcrc_next_step_id",
    "dcrc_next_service_date",
    "dcrc_next_service_low",
    "dcrc_next_service_high",
    "dcrc_next_service_km",
    "dcrc_next_service_kind",
    "dcrc_last_service_date",
    "dcrc_service_count",
    "dcrc_daily_km",
    "dcrc_daily_km_own",
    "dcrc_forecast_data",
    "dcrc_inspection_due",
    "dcrc_inspection_kind",
    "dcrc_inspection_from",
    "dcrc_warranty_due",
    "dcrc_three_pack_end",
    "dcrc_mileage",
    "dcrc_mileage_date",
)


class FleetVehicle(models.Model):
    """Working out the dates of cars, some hundred at a time, in a fixed number of queries."""

    _inherit = "fleet.vehicle"

    @api.model
    def _cron_dcrc_forecast(self):
        """Forecast the cars that changed since the last run; goes on where it stopped."""
        for company in self.env["res.company"]._dcrc_dealers():
            self._dcrc_touch_past(company)
        self._dcrc_work_off([("dcrc_forecast_dirty", "=", True), ("dcrc_kind", "=", "customer")], "_dcrc_forecast")

    @api.model
    def _dcrc_touch_past(self, company):
        """An inspection whose day has passed makes room for the next one, also where a person typed it."""
        self._dcrc_touch(SQL("v.company_id = %s AND v.dcrc_inspection_due < %s", company.id, company._dcrc_today()))

    def _dcrc_forecast(self):
        """Work out all dates of these cars (handbook REM-1, REM-3); set-based, any number."""
        cars = self.filtered(lambda car: car.dcrc_kind == "customer")
        self.env.flush_all()
        for company, group in cars.grouped("company_id").items():
            for ids in split_every(BATCH, group.ids):
                self._dcrc_forecast_batch(company, list(ids))

    def _dcrc_forecast_batch(self, company, ids):
        self.env["dcrc.mileage.reading"]._copy_from_visits(ids, company._dcrc_tz())
        world = self._dcrc_get_world(company)
        readings, services = self._dcrc_get_readings(ids), self._dcrc_get_services(ids, company)
        rows, verdicts = [], []
        for facts in self._dcrc_get_facts(ids):
            mine = readings.get(facts["id"], [])
            usage, row = self._dcrc_forecast_one(facts, mine, services.get(facts["id"]), world)
            rows.append(row)
            wrong = {reading.key: code for reading, code in usage.excluded}
            verdicts += [{"id": r.key, "excluded": wrong.get(r.key)} for r in mine]
        self._dcrc_write_forecasts(rows)
        self._dcrc_write_verdicts(verdicts)
        self.env.invalidate_all(flush=False)
        self._dcrc_after_forecast(company, ids)

    def _dcrc_after_forecast(self, company, ids):
        """Hook: the dates of these cars are new."""

    def _dcrc_get_world(self, company):
        """What holds for all cars of a dealer."""
        schedules = self.env["dcrc.inspection.schedule"].sudo().with_context(active_test=False)
        return {
            "today": company._dcrc_today(),
            "means": company._dcrc_get_means(),
            "plans": self.env["dcrc.service.plan"]._get_plans(company),
            "default_rules": schedules._get_default(company).id,
            "rules": {
                s.id: (s._get_spans(), s.window_months)
                for s in schedules.search([("company_id", "in", [False, company.id])])
            },
        }

    def _dcrc_get_facts(self, ids):
        """One dict a car, as the database has it."""
        return self.env.execute_query_dict(
            SQL(
                """SELECT v.id, v.model_id, v.dcrc_delivery_date AS delivered, v.dcrc_purchase_date AS bought,
                      v.dcrc_registered_on AS registered, v.dcrc_warranty_end, v.dcrc_warranty_km,
                      COALESCE(v.dcrc_inspection_schedule_id, m.dcrc_inspection_schedule_id) AS rules,
                      v.dcrc_inspection_by_hand AS by_hand,
                      v.dcrc_inspection_due,
                      COALESCE(m.dcrc_energy, CASE v.dcrc_plate_kind WHEN 'new_energy' THEN 'new_energy'
                               WHEN 'ordinary' THEN 'combustion' END) AS energy
                 FROM fleet_vehicle v LEFT JOIN fleet_vehicle_model m ON m.id = v.model_id
                WHERE v.id = ANY(%s)""",
                ids,
            )
        )

    def _dcrc_get_readings(self, ids):
        """``{car id: [Reading]}`` without those left out by hand."""
        rows = self.env.execute_query(
            SQL(
                """SELECT vehicle_id, date, km, id FROM dcrc_mileage_reading
                WHERE vehicle_id = ANY(%s) AND excluded IS DISTINCT FROM 'by_hand'""",
                ids,
            )
        )
        found = {}
        for car, day, km, key in rows:
            found.setdefault(car, []).append(Reading(day, km, key))
        return found

    def _dcrc_get_services(self, ids, company):
        """``{car id: (last day, count)}`` of first and periodic services."""
        rows = self.env.execute_query(
            SQL(
                "SELECT x.vehicle_id, MAX(x.day), COUNT(DISTINCT x.day) FROM (%s) x GROUP BY x.vehicle_id",
                SQL(" UNION ALL ").join(self._dcrc_service_parts(ids, company)),
            )
        )
        return {car: (day, count) for car, day, count in rows}

    def _dcrc_service_parts(self, ids, company):
        """SELECTs of (vehicle_id, day) of services done, here and as far as told elsewhere."""
        return [
            SQL(
                """SELECT s.vehicle_id, (s.date_in AT TIME ZONE 'UTC' AT TIME ZONE %s)::date AS day
                 FROM dcrc_service_visit s
                WHERE s.vehicle_id = ANY(%s) AND s.void IS NOT TRUE AND s.kind IN ('first', 'periodic')""",
                company._dcrc_tz(),
                ids,
            ),
            self.env["dcrc.followup"]._get_elsewhere(ids),
        ]

    def _dcrc_forecast_one(self, facts, readings, services, world):
        """Return (usage, row to write) of one car. Pure: touches no database."""
        last, done = services or (None, 0)
        delivered = facts["delivered"] or facts["bought"]
        means = world["means"]
        usage = usage_of(
            readings,
            start=delivered,
            today=world["today"],
            model_daily=means["models"].get(facts["model_id"]),
            dealer_daily=means["dealer"],
        )
        plan = _choose_plan(world["plans"], facts, delivered)
        counted = plan["steps"] if plan else [], usage, delivered, last, done
        due = next_service(*counted)
        reasons = usage.reasons + (due.reasons if due else [(why_none(*counted), {})])
        own = usage.reasons[-1][0] in ("rate_own", "rate_one")
        row = {
            "id": facts["id"],
            "dcrc_plan_id": plan and plan["id"],
            "dcrc_last_service_date": last,
            "dcrc_service_count": done,
            "dcrc_daily_km": usage.daily_km,
            "dcrc_daily_km_own": own,
            "dcrc_forecast_data": _as_data(reasons),
            **_service_columns(due),
            **_promise_columns(plan, facts, delivered, usage),
            **_inspection_columns(facts, delivered, world),
            **_mileage_columns(readings, usage),
        }
        return usage, row

    def _dcrc_write_forecasts(self, rows):
        update_rows(self, rows, COLUMNS, also={"dcrc_forecast_dirty": SQL("FALSE")})

    def _dcrc_write_verdicts(self, verdicts):
        readings = self.env["dcrc.mileage.reading"]
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_mileage_reading t SET excluded = r.excluded FROM %s
                WHERE t.id = r.id AND t.excluded IS DISTINCT FROM r.excluded""",
                given(readings, verdicts, ["id", "excluded"]),
            )
        )


def _choose_plan(plans, facts, delivered):
    """First plan that names the model, else the drive, else neither; by day of delivery."""

    def holds(plan):
        if delivered and (plan["from"] and delivered < plan["from"] or plan["to"] and delivered > plan["to"]):
            return False
        if plan["models"] and facts["model_id"] not in plan["models"]:
            return False
        return not plan["energy"] or plan["energy"] == facts["energy"]

    fitting = [plan for plan in plans if holds(plan)]
    return min(fitting, key=lambda p: (not p["models"], not p["energy"]), default=None)


def _service_columns(due):
    names = ("date", "low", "high", "km", "kind")
    return {
        **{f"dcrc_next_service_{name}": getattr(due, name) if due else None for name in names},
        "dcrc_next_step_id": due.step if due else None,
    }


def _promise_columns(plan, facts, delivered, usage):
    """Warranty and three guarantees, by date or km; what stands on the car goes before the plan."""
    months, km = plan["warranty"] if plan else (0, 0)
    end = facts["dcrc_warranty_end"] or (months and delivered and add_months(delivered, months)) or None
    by_km = facts["dcrc_warranty_km"] or km
    three_months, three_km = plan["three_pack"] if plan else (0, 0)
    three = three_months and delivered and add_months(delivered, three_months) or None
    return {"dcrc_warranty_due": _earlier(end, usage, by_km), "dcrc_three_pack_end": _earlier(three, usage, three_km)}


def _earlier(end, usage, km):
    reached = reach_km(usage, km) if km else None
    return min(filter(None, (end, reached)), default=None) if end else None


def _inspection_columns(facts, delivered, world):
    spans, window = world["rules"].get(facts["rules"] or world["default_rules"], ([], 3))
    registered = facts["registered"] or facts["bought"] or delivered
    typed, today = facts["by_hand"] and facts["dcrc_inspection_due"], world["today"]
    if typed and typed >= today:
        due = registered and next_inspection(registered, spans, today, window)
        return {
            "dcrc_inspection_due": typed,
            "dcrc_inspection_kind": due and due.kind or None,
            "dcrc_inspection_from": None,
        }
    if typed:
        due = next_after(typed, registered, spans, today, window)
    else:
        due = registered and next_inspection(registered, spans, today, window)
    return {
        "dcrc_inspection_due": due.date if due else facts["dcrc_inspection_due"],
        "dcrc_inspection_kind": due.kind if due else None,
        "dcrc_inspection_from": due.window_start if due else None,
    }


def _mileage_columns(readings, usage):
    """The newest reading that can be true stands on the car; of wrong ones, none."""
    wrong = {reading.key for reading, _code in usage.excluded}
    good = [reading for reading in readings if reading.key not in wrong]
    newest = max(good, key=lambda r: (r.date, r.km), default=None)
    return {"dcrc_mileage": newest and newest.km, "dcrc_mileage_date": newest and newest.date}


def _as_data(reasons):
    """Reasons as JSON: days as text, km rounded."""

    def plain(value):
        return (
            fields.Date.to_string(value)
            if hasattr(value, "year")
            else (round(value, 1) if isinstance(value, float) else value)
        )

    return [[code, {name: plain(value) for name, value in figures.items()}] for code, figures in reasons]
