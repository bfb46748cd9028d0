"""A campaign to thousands through a gateway on this machine: killed in the middle, resumed, nobody twice.

Every tenth number is refused. The worker is a process of its own and is killed with -9 while it sends;
another one goes on. The gateway's own log is the witness.
"""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import odoo.release  # noqa: F401
from odoo.tools import config

from ._measure import row

RECIPIENTS = {"small": 5_000, "medium": 5_000, "large": 20_000}
WORKER = """
import sys, odoo.api, odoo.modules.registry
from odoo.tools import config
config.parse_config(["-d", sys.argv[1], "--log-level=error"])
with odoo.modules.registry.Registry(sys.argv[1]).cursor() as cr:
    env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
    env["dcrc.text.sender"]._cron_send()
"""


def run(env_factory, size):
    """Start the campaign, kill its worker after a third, resume, account for everybody."""
    count = RECIPIENTS[size]
    with _gateway_class()() as gateway:
        gateway.refuse_every, gateway.delay = 10, 0.02
        campaign_id = _prepare(env_factory, gateway.url, count)
        started = time.monotonic()
        worker = _start_worker()
        while len(gateway.log) < count // 3 and worker.poll() is None:
            time.sleep(0.005)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        at_kill, lost = len(gateway.log), _count(env_factory, campaign_id).get("process", 0)
        with env_factory() as env:  # a dead worker's texts are asked for after minutes: don't wait here
            env["ir.config_parameter"].set_param("dcrc_dealer.text_stale_minutes", 0)
            env.cr.commit()
        if _start_worker().wait():
            raise AssertionError("the second worker failed")
        taken = time.monotonic() - started
        states, numbers = _count(env_factory, campaign_id), gateway.numbers()
    twice = sum(1 for times in Counter(numbers).values() if times > 1)
    left = count - states.get("pending", 0) - states.get("error", 0)
    print(f"texts: killed after {at_kill}, {lost} in hand; then {states}; log {len(numbers)}, {taken:.0f} s")
    return [
        row("texts", "twice_in_the_gateways_log", twice, 0, size, count),
        row("texts", "not_accounted_for", left, 0, size, count),
        row("texts", "missing_in_the_gateways_log", states.get("pending", 0) - len(set(numbers)), 0, size, count),
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
        env.cr.commit()
        return campaign.id


def _start_worker():
    return subprocess.Popen([sys.executable, "-c", WORKER, config["db_name"][0]], env=os.environ)


def _count(env_factory, campaign_id):
    with env_factory() as env:
        groups = env["sms.sms"]._read_group([("dcrc_campaign_id", "=", campaign_id)], ["state"], ["__count"])
        return dict(groups)
