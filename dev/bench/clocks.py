"""50,000 open time limits that have all just become late: each climbs one step of its ladder.

The other side is the same by bare SQL, without a calendar, rules, or asking whether the records are open
still: one UPDATE and one INSERT.
"""

from odoo import fields
from odoo.tools import SQL

from ._measure import in_turn, row, seconds, vacuum

COUNT = {"small": 50_000, "medium": 50_000, "large": 200_000}


def run(env_factory, size):
    """Move them in turn by the worker's steps and by SQL."""
    count = COUNT[size]
    with env_factory() as env:
        company_id = _prepare(env, count)
    with env_factory() as env:
        vacuum(env)

    def ours():
        with env_factory() as env:
            company = _reset(env, company_id)
            taken = seconds(lambda: _move(env, company))
            _check(env, count)
        return taken

    def bare():
        with env_factory() as env:
            company = _reset(env, company_id)
            taken = seconds(lambda: _move_by_sql(env, company))
            _check(env, count)
        return taken

    medians = in_turn(3, ours=ours, bare=bare)
    print(f"clocks: {count} moved in {medians['ours']:.1f} s, by SQL in {medians['bare']:.1f} s")
    return [row("clocks", "vs_sql", medians["ours"] / medians["bare"], 3, size, count)]


def _prepare(env, count):
    company = env["res.company"].create({"name": "时限4S店"})
    company._dcrc_open_centre()
    rule = env["dcrc.clock.rule"].search([("company_id", "=", company.id), ("kind", "=", "handing")])
    rule.write({"unit": "work", "amount": 1, "warn_minutes": 0})
    user = env["res.users"].create(
        {
            "name": "经理",
            "login": "clock_manager",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(4, env.ref("dcrc_dealer.group_dcrc_manager").id)],
        }
    )
    partner = env["res.partner"].create({"name": "王芳", "dcrc_customer": True, "company_id": company.id})
    complaint = env["dcrc.complaint"].create(
        {"partner_id": partner.id, "company_id": company.id, "text": "异响", "source": "call", "user_id": user.id}
    )
    env.flush_all()
    _clone(env, "dcrc_complaint", count - 1, "name", SQL("'B' || n"))
    _clone(env, "dcrc_clock", count - 1, "res_id", SQL("%s + n", complaint.id))
    assert complaint.clock_ids
    return company.id


def _clone(env, table, count, own, value):
    """Copies of the newest row of a table, with a value of its `own` each (SQL; n = 1 …)."""
    env.cr.execute(
        SQL("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", table)
    )
    columns = [name for (name,) in env.cr.fetchall() if name not in ("id", own)]
    names = SQL(", ").join(map(SQL.identifier, columns))
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s, %s) SELECT %s, %s FROM generate_series(1, %s) n,"
            " (SELECT * FROM %s ORDER BY id DESC LIMIT 1) t",
            SQL.identifier(table),
            names,
            SQL.identifier(own),
            names,
            value,
            count,
            SQL.identifier(table),
        )
    )


def _reset(env, company_id):
    """All of them late since a minute ago, nobody told."""
    env.cr.execute(
        "DELETE FROM dcrc_clock_climb; UPDATE dcrc_clock SET step_id = NULL, state = 'running',"
        " next_on = %(late)s, due_on = %(late)s",
        {"late": fields.Datetime.subtract(fields.Datetime.now(), minutes=1)},
    )
    env.cr.commit()
    return env["res.company"].browse(company_id)


def _move(env, company):
    while env["dcrc.clock"]._climb_batch(company):
        pass
    env.cr.commit()


def _move_by_sql(env, company):
    people = tuple(company._dcrc_users_of("manager").ids)
    env.cr.execute(
        SQL(
            """WITH moved AS (
                   UPDATE dcrc_clock c SET step_id = s.id, next_on = NULL, write_date = now()
                     FROM dcrc_clock_step s
                    WHERE c.company_id = %s AND c.state = 'running' AND c.next_on <= now() at time zone 'UTC'
                      AND s.rule_id = c.rule_id
                RETURNING c.id, s.id AS step_id)
               INSERT INTO dcrc_clock_climb (clock_id, step_id, warning, user_id, company_id, reached_on,
                                             create_uid, create_date, write_uid, write_date)
               SELECT m.id, m.step_id, FALSE, u.id, %s, now(), 1, now(), 1, now()
                 FROM moved m, res_users u WHERE u.id IN %s ON CONFLICT DO NOTHING""",
            company.id,
            company.id,
            people,
        )
    )
    env.cr.commit()


def _check(env, count):
    env.cr.execute("SELECT count(DISTINCT clock_id) FROM dcrc_clock_climb")
    found = env.cr.fetchone()[0]
    if found != count:
        raise AssertionError(f"{found} of {count} moved")
