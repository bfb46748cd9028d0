"""Forecast of the next service: how far off, against "six months after the last visit".

Each car's last service is held back; what was known before it is in the database, and Odoo's own
forecast says when it would be due. The same is done with the demo dealers' data.

`band_share` counts, of the cars whose band is longer than a day, those that were truly due inside it
(promised: four of five), and `band_days` how long it is: a band that says nothing is easily true. On
which day a car was due only made histories know; how many *came* inside is printed besides, for people
come when it suits them.
"""

import statistics
from collections import namedtuple
from datetime import datetime, time

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.dcrc_dealer.tools.forecast import add_months

from . import CARS
from ._fleet import Fleet, make_fleet
from ._histories import PLANS, TODAY, hold_back, make_histories
from ._measure import in_turn, row, seconds, vacuum

BAR = 0.6
Held = namedtuple("Held", "came last due", defaults=[None])  # days: the service held back, the visit before
MOST = 20_000  # more cars make the median no better
CHANGED = 500
TURNS = 5


def run(env_factory, size):
    """Errors on made histories and on the demo; time for what changed with ten times the cars."""
    with env_factory() as env:
        errors, band = _measure_made(env, min(CARS[size], MOST))
        env.cr.rollback()
    demo = _measure_demo(env_factory)
    days = statistics.median(ours for ours, _naive in errors)
    inside = 100 * statistics.mean(due for due, _days in band)
    return [
        _row("vs_naive", errors, size),
        _row("vs_naive_demo", demo, size),
        row("forecast", "median_days", days, 30, size, len(errors)),
        row("forecast", "band_share", inside, 70, size, len(band), "higher"),
        row("forecast", "band_days", statistics.median(days for _due, days in band), 60, size, len(band)),
        row("forecast", "changed_x10", _measure_changed(env_factory, CARS[size]), 1.3, size, CHANGED),
    ]


def _row(metric, errors, size):
    ours = statistics.median(mine for mine, _naive in errors)
    naive = statistics.median(naive for _mine, naive in errors)
    return row("forecast", metric, ours / naive, BAR, size, len(errors))


def _measure_made(env, count):
    """Return ``[(error of the forecast, error of the naive guess)]`` in days, and what `_bands` says."""
    company = env["res.company"].create({"name": "Bench F"})
    company._dcrc_open_centre()
    models = _create_models(env, company)
    histories = make_histories(count, TODAY)
    owner = env["res.partner"].create({"name": "客户", "dcrc_customer": True, "company_id": company.id})
    vals_list = [
        {
            "dcrc_kind": "customer",
            "model_id": models[number].id,
            "company_id": company.id,
            "dcrc_delivery_date": delivered,
            "dcrc_owner_id": owner.id,
        }
        for number, delivered, _visits in histories
    ]
    cars = env["fleet.vehicle"].create(vals_list)
    known, held = {}, {}
    for car, (_number, _delivered, visits) in zip(cars, histories, strict=True):
        known[car.id], service = hold_back(visits)
        held[car.id] = Held(service[0], known[car.id][-1][0], service[3])
    _insert_visits(env, company, known)
    cars._dcrc_forecast()
    return _errors(cars, held), _bands("made", cars, held)


def _create_models(env, company):
    """One car model a plan."""
    brand = env["fleet.vehicle.model.brand"].create({"name": "Bench F"})
    models = env["fleet.vehicle.model"]
    for number, steps in enumerate(PLANS):
        model = models.create({"name": f"Bench F{number}", "brand_id": brand.id})
        lines = [Command.create({"kind": s.kind, "km": s.km, "months": s.months}) for s in steps]
        env["dcrc.service.plan"].create(
            {"name": model.name, "company_id": company.id, "sequence": 1, "model_ids": model.ids, "step_ids": lines}
        )
        models |= model
    return models


def _insert_visits(env, company, held):
    """Write the visits ``{car id: [visit]}``."""
    env.flush_all()
    rows = [
        (car, f"F{car}-{n}", kind, datetime.combine(day, time(2)), km)
        for car, known in held.items()
        for n, (day, km, kind, _due) in enumerate(known)
    ]
    for start in range(0, len(rows), 5000):
        values = SQL(", ").join(SQL("(%s, %s, %s, %s, %s)", *one) for one in rows[start : start + 5000])
        env.cr.execute(
            SQL(
                """INSERT INTO dcrc_service_visit (company_id, vehicle_id, order_no, kind, date_in, mileage)
               SELECT %s, v.* FROM (VALUES %s) v""",
                company.id,
                values,
            )
        )
    env.invalidate_all()


def _errors(cars, held):
    """Days between what was said and what happened; a car without a date would be a fault."""
    if not all(cars.mapped("dcrc_next_service_date")):
        raise AssertionError("some cars have no forecast")
    return [
        (
            abs((car.dcrc_next_service_date - held[car.id].came).days),
            abs((add_months(held[car.id].last, 6) - held[car.id].came).days),
        )
        for car in cars
    ]


def _bands(name, cars, held):
    """Return ``[(was due inside, days)]`` of the cars whose band is longer than a day; say how many came inside."""
    banded = [
        (car.dcrc_next_service_low, car.dcrc_next_service_high, held[car.id])
        for car in cars
        if car.dcrc_next_service_low and car.dcrc_next_service_low < car.dcrc_next_service_high
    ]
    came = 100 * statistics.mean(low <= facts.came <= high for low, high, facts in banded)
    print(f"forecast: {len(banded)} of {len(cars)} cars ({name}) have a band; {came:.0f} % of them came inside it")
    return [(low <= facts.due <= high if facts.due else None, (high - low).days) for low, high, facts in banded]


def _measure_demo(env_factory):
    """The demo dealers' cars, each without its last service and what came after."""
    from odoo.addons.dcrc_dealer.demo import build

    with env_factory() as env:
        build(env)
        env.flush_all()
        held = _hold_back_demo(env)
        cars = env["fleet.vehicle"].browse(list(held))
        cars._dcrc_forecast()
        found = _errors(cars, held)
        _bands("demo", cars, held)
        env.cr.rollback()
    return found


def _hold_back_demo(env):
    visits = env["dcrc.service.visit"].search([], order="vehicle_id, date_in, id")
    day = {visit: visit.company_id._dcrc_to_local(visit.date_in).date() for visit in visits}
    held, later = {}, visits.browse()
    for car, mine in visits.grouped("vehicle_id").items():
        services = mine.filtered(lambda visit: visit.kind in ("first", "periodic"))
        if len(services) > 1:
            last = services[-1]
            before = mine.filtered(lambda visit, last=last: visit.date_in < last.date_in)
            held[car.id] = Held(day[last], day[before[-1]])
            later |= mine - before
    env.cr.execute(SQL("DELETE FROM dcrc_mileage_reading WHERE visit_id = ANY(%s)", later.ids))
    env.cr.execute(SQL("UPDATE dcrc_service_visit SET kind = 'other', mileage = 0 WHERE id = ANY(%s)", later.ids))
    env.invalidate_all()
    return held


def _measure_changed(env_factory, cars):
    """Time to forecast some changed cars with ten times the fleet, over that before."""
    with env_factory() as env:
        make_fleet(env, "A", cars // 10, 1)
        make_fleet(env, "B", cars, 1)
        fleets = {"small": Fleet.find(env, "A"), "large": Fleet.find(env, "B")}
        firsts = {name: (fleet.company.id, fleet.vehicles) for name, fleet in fleets.items()}
        env.cr.execute("UPDATE fleet_vehicle SET dcrc_forecast_dirty = FALSE")
    with env_factory() as env:
        vacuum(env)
    taken = in_turn(
        TURNS, **{name: lambda first=first: _forecast_changed(env_factory, *first) for name, first in firsts.items()}
    )
    return taken["large"] / taken["small"]


def _forecast_changed(env_factory, company_id, first):
    with env_factory() as env:
        ids = list(range(first + 1, first + 1 + CHANGED))
        env["fleet.vehicle"]._dcrc_touch_records("id", ids)
        domain = [("company_id", "=", company_id), ("dcrc_forecast_dirty", "=", True), ("dcrc_kind", "=", "customer")]
        env["res.company"].browse(company_id)._dcrc_get_means()

        def work():
            found = env["fleet.vehicle"].search(domain)
            if len(found) != CHANGED:
                raise AssertionError(f"{CHANGED} cars changed, {len(found)} were found")
            found._dcrc_forecast()

        taken = seconds(work)
        env.cr.rollback()
    return taken
