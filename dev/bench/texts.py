"""A campaign to thousands through a gateway on this machine: killed six times, resumed, nobody twice.

Every tenth number is refused. The worker is a process of its own and is killed with -9 while it sends;
another one goes on. The gateway's own log is the witness, and the self-check has the last word.
"""

import importlib.util
import time
from collections import Counter
from pathlib import Path

from ._killed import PUT_OFF, Job, unsound
from ._measure import row

RECIPIENTS = {"small": 5_000, "medium": 5_000, "large": 20_000}
KILLS = 6


def run(env_factory, size):
    """Start the campaign, kill its worker in each part of it, account for everybody."""
    count = RECIPIENTS[size]
    with _gateway_class()() as gateway:
        gateway.refuse_every, gateway.delay = 10, 0.02
        dealer, campaign_id = _prepare(env_factory, gateway.url, count)

        def told(env):
            states = _count(env, campaign_id)
            return states.get("pending", 0) + states.get("error", 0)

        started = time.monotonic()
        job = Job(env_factory, "dcrc_dealer.ir_cron_text_queue", lambda env: told(env) == count)
        hit = 0
        for part in range(1, KILLS + 1):
            sent = part * count // (KILLS + 2)
            hit += job.kill(1, 0.5, ready=lambda _env, sent=sent: len(gateway.log) >= sent)
        idle, taken = job.finish(), time.monotonic() - started
        numbers = gateway.numbers()
    with env_factory() as env:
        states = _count(env, campaign_id)
    twice = sum(1 for times in Counter(numbers).values() if times > 1)
    left = count - states.get("pending", 0) - states.get("error", 0)
    print(f"texts: {hit} kills at work; then {states}; log {len(numbers)}, {taken:.0f} s")
    return [
        row("texts", "kills_missed", KILLS - hit, 0, size, count),
        row("texts", "twice_in_the_gateways_log", twice, 0, size, count),
        row("texts", "not_accounted_for", left, 0, size, count),
        row("texts", "missing_in_the_gateways_log", states.get("pending", 0) - len(set(numbers)), 0, size, count),
        row("texts", "unsound", unsound(env_factory, dealer), 0, size, count),
        row("texts", "idle_seconds", idle, PUT_OFF, size, count),
        row("texts", "ms_per_text", 1000 * taken / count, 30, size, count),
    ]


def _gateway_class():
    """The tests' gateway, without loading the tests."""
    path = Path(__file__).parents[2] / "dcrc_dealer" / "tests" / "text_gateway.py"
    spec = importlib.util.spec_from_file_location("text_gateway", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _prepare.secret = module.SECRET
    return module.Gateway


def _prepare(env_factory, url, count):
    """A dealer with customers, its account, a campaign that has begun."""
    with env_factory() as env:
        company = env["res.company"].create({"name": "群发4S店"})
        company._dcrc_open_centre()
        env["ir.config_parameter"].set_param("dcrc_dealer.gateway_hosts", "127.0.0.1:*")
        # a dead worker's texts are asked for after minutes: don't wait here
        env["ir.config_parameter"].set_param("dcrc_dealer.text_stale_minutes", 0)
        env["dcrc.text.account"]._get_for(company).write(
            {
                "provider": "http",
                "endpoint": url,
                "secret": _prepare.secret,
                "hour_from": 0,
                "hour_to": 24,
                "daily_cap": 0,
            }
        )
        env["res.partner"].create(
            [
                {
                    "name": f"客户{number}",
                    "dcrc_customer": True,
                    "dcrc_gender": "male",
                    "company_id": company.id,
                    "dcrc_phone_ids": [(0, 0, {"number": f"138{number:08d}"})],
                }
                for number in range(1, count + 1)
            ]
        )
        template = env["sms.template"].create(
            {
                "name": "群发",
                "body": "{customer}，冬季免费检测。",
                "dcrc_company_id": company.id,
                "model_id": env["ir.model"]._get_id("res.partner"),
            }
        )
        campaign = env["dcrc.text.campaign"].create(
            {"name": "群发", "company_id": company.id, "template_id": template.id}
        )
        campaign.action_start()
        return company.id, campaign.id


def _count(env, campaign_id):
    """{state: texts} of the campaign."""
    return dict(env["sms.sms"]._read_group([("dcrc_campaign_id", "=", campaign_id)], ["state"], ["__count"]))
