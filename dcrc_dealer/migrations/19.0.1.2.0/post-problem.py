"""Dealers get the list of problem codes; words of the past are counted from now on (FUP-11)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Templates stand and numbers are opened once: a second run changes nothing."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        company._dcrc_open_numbers()
        env["dcrc.problem"]._copy_templates_to(company)
