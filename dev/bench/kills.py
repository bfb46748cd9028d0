"""Kills with -9 in the middle of an import and of the night's planning: nothing lost, doubled or put off.

Fifty thousand rows are imported, their worker killed once while it reads and eleven times while it writes;
then the calls that follow from them are planned, killed seven times. A planning that nobody disturbed, rolled
back, tells what there has to be. Each ends with the self-check. (A campaign that is killed: `texts`.)
"""

import csv
import io
import time
from collections import Counter
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.dcrc_dealer.tools.vin import check_digit

from ._killed import PUT_OFF, Job, unsound
from ._lists import SALES
from ._measure import row, vacuum

ROWS = {"small": 50_000, "medium": 50_000, "large": 200_000}
SECOND = 5  # every fifth car goes to somebody who has one
READING, WRITING, PLANNING = 1, 11, 7
# what an import makes: (table, what there is one of)
FACTS = {
    "orders": ("dcrc_delivery", "order_no"),
    "cars": ("fleet_vehicle", "vin_sn"),
    "owners": ("dcrc_vehicle_owner", "vehicle_id"),
    "people": ("res_partner", "name"),
    "numbers": ("dcrc_phone", "number"),
}


def run(env_factory, size):
    """Rows of the import, then of the planning."""
    count = ROWS[size]
    with env_factory() as env:
        company = env["res.company"].create({"name": "断电4S店"})
        company._dcrc_open_centre()
        dealer = company.id
    found = _import(env_factory, dealer, count) | _plan(env_factory, dealer)
    return [
        row("kills", metric, value, PUT_OFF if metric.endswith("idle_seconds") else 0, size, count)
        for metric, value in found.items()
    ]


# -- import --------------------------------------------------------------------


def _import(env_factory, dealer, count):
    import_id = _give(env_factory, dealer, count)

    def state(env):
        return env["dcrc.dms.import"].browse(import_id).state

    started = time.monotonic()
    job = Job(env_factory, "dcrc_dealer.dms_import_cron", lambda env: state(env) in ("done", "failed"))
    hit = job.kill(READING, 1)
    hit += job.kill(WRITING, 4, ready=lambda env: state(env) != "reading")
    idle = job.finish()
    with env_factory() as env:
        record = env["dcrc.dms.import"].browse(import_id)
        verdicts = dict(env["dcrc.dms.row"]._read_group([("import_id", "=", import_id)], ["verdict"], ["__count"]))
        facts = {name: _count(env, dealer, *what) for name, what in FACTS.items()}
        told = f"{record.state}, {record.done_count} of {record.row_count}, {verdicts}, {facts}"
    print(f"kills: import, {hit} at work, {told}, {time.monotonic() - started:.0f} s")
    wanted = dict.fromkeys(FACTS, count) | dict.fromkeys(("people", "numbers"), count - count // SECOND)
    lost = sum(max(0, wanted[name] - different) for name, (different, _all) in facts.items())
    return {
        "import_kills_missed": READING + WRITING - hit,
        "import_lost": lost + count - verdicts.get("created", 0),
        "import_doubled": sum(total - different for different, total in facts.values()),
        "import_idle_seconds": idle,
        "import_unsound": unsound(env_factory, dealer),
    }


def _give(env_factory, dealer, count):
    """Queue the list, its calls not to be planned yet; return its id."""
    with env_factory(allowed_company_ids=[dealer]) as env:
        today = env["res.company"].browse(dealer)._dcrc_today()
        rules = env["dcrc.followup.rule"].search([("company_id", "=", dealer)])
        rules.active_from = today + timedelta(days=1)
        stream = io.StringIO()
        csv.writer(stream).writerows([SALES, *(_sale(n, today - timedelta(days=2)) for n in range(count))])
        content = stream.getvalue().encode("utf-8-sig")
        record = env["dcrc.dms.import"]._take_file("sales.csv", content, "sales", today, source="folder")
        if record.state == "preview":  # a list so short is read at once
            record._queue()
        return record.id


def _sale(number, day):
    vin = f"LS5A2ABE0TC{number:06d}"
    person = number - 1 if number % SECOND == SECOND - 1 else number
    return (
        f"XS{number:06d}",
        f"客户{person}",
        "女",
        f"139{person:08d}",
        f"金开大道{person}号",
        "CS75PLUS",
        "雪域白",
        vin[:8] + check_digit(vin) + vin[9:],
        f"渝B{number:05d}",
        day,
        "曹宇",
    )


def _count(env, dealer, table, column):
    """(different ones, rows) of what a dealer has."""
    name = SQL.identifier(column)
    query = SQL(
        "SELECT COUNT(DISTINCT %s), COUNT(*) FROM %s WHERE company_id = %s", name, SQL.identifier(table), dealer
    )
    return env.execute_query(query)[0]


# -- planning ------------------------------------------------------------------


def _plan(env_factory, dealer):
    with env_factory() as env:
        company = env["res.company"].browse(dealer)
        rules = env["dcrc.followup.rule"].search([("company_id", "=", dealer)])
        rules.active_from = company._dcrc_today() - timedelta(days=30)
        vacuum(env)
    wanted, taken = _undisturbed(env_factory, dealer)

    started = fields.Datetime.now()
    job = Job(env_factory, "dcrc_dealer.ir_cron_plan", lambda env: _is_planned(env, dealer, started))
    hit = job.kill(PLANNING, taken / PLANNING)
    idle = job.finish()
    with env_factory() as env:
        found = _calls(env, dealer)
    print(f"kills: planning, {hit} at work, {sum(found.values())} calls, {taken:.0f} s without a kill")
    return {
        "plan_kills_missed": PLANNING - hit,
        "plan_lost": sum((wanted - found).values()),
        "plan_doubled": sum((found - wanted).values()),
        "plan_idle_seconds": idle,
        "plan_unsound": unsound(env_factory, dealer),
    }


def _undisturbed(env_factory, dealer):
    """What a planning makes that nobody kills, and its seconds; nothing of it is kept."""
    with env_factory() as env:
        started = time.monotonic()
        env["dcrc.followup.planner"]._plan_company(env["res.company"].browse(dealer))
        found, taken = _calls(env, dealer), time.monotonic() - started
        env.cr.rollback()
    return found, taken


def _calls(env, dealer):
    """Counter of a dealer's follow-ups: what each is about, when, and how it stands."""
    query = SQL(
        """SELECT f.rule_id, f.source_model, f.source_id, f.occurrence, f.date_due, f.state, f.block_reason,
                  c.partner_id, c.state
             FROM dcrc_followup f LEFT JOIN dcrc_contact c ON c.id = f.contact_id WHERE f.company_id = %s""",
        dealer,
    )
    return Counter(env.execute_query(query))


def _is_planned(env, dealer, started):
    planned_at = env["res.company"].browse(dealer).dcrc_planned_at
    return bool(planned_at and planned_at > started)
