"""Dealers get the limits and clocks of the statutory warranty; the next night judges the repair orders they have."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Templates stand and numbers are opened once: a second run changes nothing."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        company._dcrc_open_numbers()
        env["dcrc.clock.rule"]._copy_templates_to(company)
        env["dcrc.warranty.limit"]._copy_templates_to(company)
