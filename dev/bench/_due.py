"""What is due today at a dealer of `_fleet`, for every kind of reason: visits, deadlines, birthdays, cases."""

from datetime import timedelta

from odoo.tools import SQL

# reason -> (of a hundred follow-ups, {column of the car: days from today, or a value})
REASONS = {
    "first_service": (
        8,
        {"dcrc_next_service_date": 10, "dcrc_next_service_kind": "first", "dcrc_last_service_date": None},
    ),
    "periodic_service": (12, {"dcrc_next_service_date": 5}),
    "past_due": (6, {"dcrc_next_service_date": -32}),
    "insurance": (8, {"dcrc_insurance_end": 50, "dcrc_insured_here": False}),
    "warranty_end": (6, {"dcrc_warranty_due": 20}),
    "inspection": (6, {"dcrc_inspection_due": 80}),
    "licence": (6, {"dcrc_licence_due": 60}),
}
BIRTHDAYS, CASES = 4, 4  # of a hundred; visits are the rest


def bring_due(fleet, count):
    """Have `count` follow-ups due today, one a customer, written by last night's lists and forecast.

    :return: ``{trigger: how many}``
    """
    places = iter(range(1, count + 1))
    share = {name: count * part // 100 for name, (part, _values) in REASONS.items()}
    share |= {"birthday": count * BIRTHDAYS // 100, "retention_case": count * CASES // 100}
    share = {"visit": count - sum(share.values()), **share}
    cars = {name: [next(places) * (fleet.cars // count) for _n in range(many)] for name, many in share.items()}
    fleet.bring_in(share["visit"], among=count)
    for name, (_part, values) in REASONS.items():
        _date(fleet, "fleet_vehicle", [fleet.vehicles + n for n in cars[name]], values)
    today = fleet.today
    _date(
        fleet,
        "res_partner",
        [fleet.people + n for n in cars["birthday"]],
        {"dcrc_birth_date": -365 * 40, "dcrc_birth_key": str(today.month * 100 + today.day)},
    )
    fleet.env["dcrc.retention.case"].create([{"vehicle_id": fleet.vehicles + n} for n in cars["retention_case"]])
    fleet.env.flush_all()
    fleet.env.invalidate_all(flush=False)
    return share


def _date(fleet, table, ids, values):
    """Set columns of some rows, and that they were written now."""

    def told(value):
        return fleet.today + timedelta(days=value) if type(value) is int else value

    fleet.env.cr.execute(
        SQL(
            "UPDATE %s SET %s, write_date = %s WHERE id = ANY(%s)",
            SQL.identifier(table),
            SQL(", ").join(SQL("%s = %s", SQL.identifier(name), told(value)) for name, value in values.items()),
            fleet.env.cr.now(),
            ids,
        )
    )
