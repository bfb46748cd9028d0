"""One benchmark in a process of its own, in the venv: python -m dev.bench_run DB NAME SIZE FILE."""

import contextlib
import importlib
import json
import sys

import odoo
import odoo.api
import odoo.modules.registry
from odoo.tools import config


def env_factory_of(database):
    """Return the function that benchmarks get as `env_factory`."""
    registry = odoo.modules.registry.Registry(database)

    @contextlib.contextmanager
    def env_factory(login=None, **context):
        with registry.cursor() as cursor:
            context = {"tracking_disable": True, "lang": "en_US", **context}
            env = odoo.api.Environment(cursor, odoo.SUPERUSER_ID, context)
            if login:
                user = env["res.users"].search([("login", "=", login)])
                env = env(user=user.id)
            yield env

    return env_factory


def main(database, name, size, target):
    """Run the benchmark and write its rows as JSON."""
    config.parse_config(["-d", database, "--log-level=warn"])
    module = importlib.import_module(f"dev.bench.{name}")
    rows = module.run(env_factory_of(database), size)
    with open(target, "w", encoding="utf-8") as handle:
        json.dump(rows, handle)


if __name__ == "__main__":
    main(*sys.argv[1:])
