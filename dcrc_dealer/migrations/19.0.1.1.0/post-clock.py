"""Dealers get what cases have since 19.0.1.0.0: time limits and their ladders, and running numbers.

What is open already has all of its time from the update on: nobody is told overnight of what was never counted.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Templates stand, numbers are opened once, a clock runs once a record: a second run changes nothing."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        company._dcrc_open_numbers()
        env["dcrc.clock.rule"]._copy_templates_to(company)
    for model in env.values():
        if model._auto and hasattr(model, "_get_clocks"):
            for domain in model._get_clocks().values():
                model.search(domain)._sync_clocks()
