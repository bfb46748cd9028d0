"""Nightly planning: depends on what is due, not on how many cars the file has.

All shipped rules are active, and something is due by nearly each: visits, services, insurance, warranty,
inspection, licence, birthdays, win-back cases (`_due`). Every car has all these dates.
"""

from odoo.tools import SQL

from . import CARS
from ._due import bring_due
from ._fleet import Fleet
from ._measure import in_turn, row, seconds, vacuum

DUE = 500
TURNS = 15
SKIPPED = {"id", "create_uid", "create_date", "write_uid", "write_date"}


def run(env_factory, size):
    """Two dealers, one with ten times the cars, with the same calls due."""
    cars = CARS[size]
    with env_factory() as env:  # last night
        fleets = {"small": Fleet.find(env, "A"), "large": Fleet.find(env, "B")}
        companies = {name: fleet.company.id for name, fleet in fleets.items()}
        for fleet in fleets.values():
            found = env["dcrc.followup.planner"]._plan_company(fleet.company)
            if found.get("planned"):
                raise AssertionError(f"nothing is due yet, the planner found {found}")
        env.cr.execute("UPDATE dcrc_followup_rule SET planned_at = planned_at - interval '1 day'")
        for fleet in fleets.values():  # this morning's lists
            print(f"plan: {fleet.letter} has due {bring_due(fleet, DUE)}")
    with env_factory() as env:
        vacuum(env)
    taken = in_turn(
        TURNS,
        small=lambda: _plan(env_factory, companies["small"]),
        large=lambda: _plan(env_factory, companies["large"]),
        bare=lambda: _create(env_factory, companies["large"]),
    )
    return [
        row("plan", "fleet_x10", taken["large"] / taken["small"], 1.3, size, cars),
        row("plan", "vs_create", taken["large"] / taken["bare"], 1.5, size, DUE),
    ]


def _plan(env_factory, company_id):
    """Seconds of a night at one dealer; nothing of it is kept."""
    with env_factory() as env:
        company = env["res.company"].browse(company_id)
        found = {}
        taken = seconds(lambda: found.update(env["dcrc.followup.planner"]._plan_company(company)))
        if found.get("planned") != DUE or found.get("opened") != DUE:
            raise AssertionError(f"{DUE} calls are due, the planner found {found}")
        env.cr.rollback()
    return taken


def _create(env_factory, company_id):
    """Seconds of a bare ORM create of what the planner makes; nothing of it is kept."""
    with env_factory() as env:
        company = env["res.company"].browse(company_id)
        env["dcrc.followup.planner"]._plan_company(company)
        followups = env["dcrc.followup"].search([("company_id", "=", company_id), ("state", "in", ["planned", "open"])])
        names = [n for n, f in followups._fields.items() if f.store and f.column_type and n not in SKIPPED]
        vals_list = [
            {name: followup._fields[name].convert_to_write(followup[name], followup) for name in names}
            for followup in followups
        ]
        env.cr.rollback()

    def create():
        env["dcrc.followup"].create([{**vals, "contact_id": False, "state": "planned"} for vals in vals_list])
        env.flush_all()

    with env_factory() as env:
        taken = seconds(create)
        env.cr.execute(
            SQL("SELECT COUNT(*) FROM dcrc_followup WHERE company_id = %s AND state = 'planned'", company_id)
        )
        if env.cr.fetchone()[0] < len(vals_list):
            raise AssertionError("the bare create made less than the planner")
        env.cr.rollback()
    return taken
