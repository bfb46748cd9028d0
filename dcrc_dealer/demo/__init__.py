"""Two dealers in Chongqing with a year of plausible history, for `./dcrc demo` and tests.

The add-on itself never imports this package.
"""

import logging

from . import (
    appointments,
    cars,
    cases,
    corrections,
    files,
    history,
    hotline,
    lifecycle,
    lists,
    queue,
    story,
    texts,
    users,
    voice,
    wishes,
)

_logger = logging.getLogger(__name__)
SEED = 20260901
MARK = "dcrc_dealer.demo_built"


def build(env, customers=400, seed=SEED):
    """Fill the database; return ``[Person(role, login, password, dealer)]``.

    ``customers``: how many per dealer. A second call changes nothing and returns [].
    Everything is relative to today; the same day and seed give the same dealers.
    """
    env = env(user=1, context={"lang": "zh_CN", "tracking_disable": True, "mail_create_nolog": True})
    if env["ir.config_parameter"].get_param(MARK):
        _logger.info("the demo dealers are already there")
        return []
    dealers = users.ensure_dealers(env)
    people, rows = users.create_people(env, dealers)
    users.name_brand(env, dealers, cars.ensure_models(env)[0].brand_id)
    for company, plant in zip(dealers, "AB", strict=True):
        _build_dealer(env, company, people[company], customers, seed, plant)
    env["dcrc.measure.mark"]._refresh_all(env["res.company"]._dcrc_dealers())
    env["ir.config_parameter"].set_param(MARK, env.cr.now().isoformat())
    return rows


def _build_dealer(env, company, people, customers, seed, plant):
    specialists = people["specialist"]
    now = company._dcrc_now().replace(tzinfo=None, microsecond=0)
    plot = story.Story(seed, now, customers, plant)
    writer = files.Files(env, company, plot, specialists)
    writer.fill()
    past = history.History(writer.env, company, plot)
    past.live()
    life = lifecycle.Lifecycle(past.reminders.past)
    life.judge()
    life.note()
    cases.Cases(past, life, plot).fill()
    said = voice.Voice(past, plot)
    said.fill()
    mended = corrections.Corrections(past, plot)
    mended.fill()
    writer.sell_cars()
    hotline.Hotline(writer.env, company, plot, specialists).fill()
    wishes.write_wishes(writer.env, company, plot, max(2, customers // 40))
    lists.Lists(writer, specialists[0]).give()
    past.forecast()
    texts.build_texts(writer.env, company)
    appointments.build_appointments(writer.env, company)
    past.plan()
    past.fill(("appointment_no_show", "birthday"))
    mended.correct_numbers()
    queue.open_all_day(writer.env, company)
    queue.Today(past, said, specialists).prepare()
    _judge(writer.env, company)


def _judge(env, company):
    """Tonight's forecast and judging have nothing left to do."""
    mine = [("dcrc_kind", "=", "customer"), ("company_id", "=", company.id)]
    cars = env["fleet.vehicle"].search(mine)
    cars.filtered("dcrc_forecast_dirty")._dcrc_forecast()
    cars._dcrc_judge()
    cars._dcrc_judge_warranty()
