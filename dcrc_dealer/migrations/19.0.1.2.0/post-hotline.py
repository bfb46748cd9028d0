"""Dealers get what the hotline needs: its script and its rule for calls back."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """A template is copied once: a second run changes nothing."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        env["dcrc.script"]._copy_templates_to(company)
        env["dcrc.followup.rule"]._copy_templates_to(company)
