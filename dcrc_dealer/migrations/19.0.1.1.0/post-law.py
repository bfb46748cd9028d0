"""Dealers get the rule for cars about to be lost, which came after they opened their centre (RET-4)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Copying templates again adds only what a dealer lacks."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        env["dcrc.followup.rule"]._copy_templates_to(company)
